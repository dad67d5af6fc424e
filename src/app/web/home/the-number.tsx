import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { goalsCalls, NumberFacts, NumberLine, numberSentence } from '../../../features/goals/web/public';
import { Answered } from '../../../ui/page';
import { t } from '../text';
import css from './home.module.css';

/** To date, expected and target of the period under way, on one line. */
export const TheNumber = ({ workspace }: { workspace: string }) => {
  const number = useQuery(goalsCalls.number.queryOptions({ input: { workspace } }));
  return (
    <section className={`panel ${css.panel}`} aria-labelledby="the-number">
      <h2 id="the-number">{t('home.number')}</h2>
      <Answered query={number} rows={2}>
        {({ numbers: [first], waiting }) => (
          <>
            {first ? <><p className={css.finding}>{numberSentence(first)}</p><NumberLine number={first} /><NumberFacts number={first} /></> : <><p className={css.finding}>{t('home.number.none')}</p><Outline /></>}
            {waiting.length > 0 && <p>{t('home.number.waits', { count: waiting.length })}</p>}
          </>
        )}
      </Answered>
      <div className={css.foot}><Link to="/w/$workspace/goals" params={{ workspace }}>{t('home.number.open')}</Link></div>
    </section>
  );
};

/** The shape of the line, with no figure in it. */
const Outline = () => (
  <svg width="100%" height="36" aria-hidden="true">
    <rect x="0.5" y="10" width="99%" height="16" rx="3" fill="none" stroke="var(--mark)" strokeDasharray="2 2" />
    <line x1="94%" x2="94%" y1="2" y2="34" stroke="var(--mark)" strokeDasharray="2 2" />
  </svg>
);
