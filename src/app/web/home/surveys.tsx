import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { assessmentCalls } from '../../../features/assessment/web/calls';
import { FunctionLabel } from '../../../ui/function-mark';
import { Answered } from '../../../ui/page';
import { When } from '../../../ui/when';
import { t } from '../text';
import css from './home.module.css';
import type { HomeWave } from './next-step';

type Props = { workspace: string; waves: readonly HomeWave[]; seeProgress: boolean };

/** The survey under way and how far it is; else when the last one was and when the next is due. */
export const Surveys = ({ workspace, waves, seeProgress }: Props) => {
  const open = waves.find((wave) => wave.state === 'open' || wave.state === 'closing');
  const closed = waves.find((wave) => wave.state === 'closed');
  const draft = waves.find((wave) => wave.state === 'draft');
  return (
    <section className={`panel ${css.panel}`} aria-labelledby="surveys">
      <h2 id="surveys">{t('home.surveys')}</h2>
      {open ? (
        <>
          <p className={css.finding}>{t(open.state === 'open' ? 'home.surveys.open' : 'home.surveys.closing', { wave: open.name })}</p>
          {seeProgress && open.state === 'open' && <Progress workspace={workspace} wave={open.id} />}
          {open.closesAt && <p className="meta">{t('home.surveys.closes')} <When at={open.closesAt} show="both" /></p>}
        </>
      ) : (
        <>
          <p className={css.finding}>{closed ? t('home.surveys.last', { wave: closed.name }) : draft ? t('home.surveys.draft', { wave: draft.name }) : t('home.surveys.none')}</p>
          {closed?.nextProposedFor && <p>{t('home.surveys.next')} <When at={closed.nextProposedFor} /></p>}
          {!closed && <p>{t('home.surveys.text')}</p>}
        </>
      )}
      <div className={css.foot}><Link to="/w/$workspace/understand" params={{ workspace }}>{t('home.surveys.all')}</Link></div>
    </section>
  );
};

const Progress = ({ workspace, wave }: { workspace: string; wave: string }) => {
  const progress = useQuery(assessmentCalls.progress.queryOptions({ input: { workspace, wave }, refetchInterval: 60_000 }));
  return (
  <Answered query={progress} rows={2}>
    {({ functions }) => (
      <dl className={css.facts}>
        {functions.map((row) => (
          <div key={row.function}>
            <dt><FunctionLabel fn={row.function} /></dt>
            <dd>
              <span className={css.bar} aria-hidden="true"><span style={{ width: `${row.invited === 0 ? 0 : (100 * row.atLeast) / row.invited}%`, background: `var(--${row.function})` }} /></span>
              <span className="meta">{row.atLeast > 0 ? t('home.surveys.atLeast', { atLeast: row.atLeast, invited: row.invited }) : t('home.surveys.under', { minimum: row.minimum, invited: row.invited })}</span>
            </dd>
          </div>
        ))}
      </dl>
    )}
  </Answered>
  );
};
