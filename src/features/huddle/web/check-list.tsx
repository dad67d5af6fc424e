import { useQuery } from '@tanstack/react-query';
import { Answered } from '../../../ui/page';
import { dayText } from '../../../ui/when';
import { teamCount } from '../domain/teams';
import { huddleCalls } from './calls';
import css from './huddle.module.css';
import type { Session } from './live/use-live';
import { t } from './text';

/** What a Huddle rests on, before it begins: results, people enough, and what will be shown. */
export const CheckList = ({ session, workspace, huddle }: { session: Session; workspace: string; huddle: string }) => {
  const check = useQuery(huddleCalls.check.queryOptions({ input: { workspace, id: huddle } }));
  const of = (fn: 'sales' | 'marketing') => session.view.seats.filter((seat) => seat.role === 'participant' && seat.function === fn).length;
  return (
    <section className={css.part} aria-labelledby="check">
      <h2 id="check" className="lead">{t('check.title')}</h2>
      <ul className={`${css.counts} ${css.checks}`}>
        <li><span>{t('check.people')}</span><strong>{t('check.peopleOf', { sales: of('sales'), marketing: of('marketing') })}</strong><span className="meta">{t('check.teams', { single: teamCount(of('sales')) + teamCount(of('marketing')), mixed: teamCount(session.view.seats.filter(({ role }) => role === 'participant').length) })}</span></li>
        <Answered query={check} rows={1}>
          {({ survey, tools }) => (
            <>
              <li><span>{t('check.survey')}</span><strong data-user-text>{survey ? survey.name : t('check.noSurvey')}</strong><span className="meta">{survey ? [t('check.closed', { day: dayText(survey.closedAt) }), survey.published ? '' : t('check.unpublished')].filter(Boolean).join(' · ') : t('check.noSurvey.text')}</span></li>
              {tools.map(({ tool, shown }) => <li key={tool}><span>{t('shown.short', { tool })}</span><strong>{shown.length === 0 ? t('check.hidden') : shown.map((each) => t(`fn.${each}`)).join(', ')}</strong><span className="meta">{shown.includes('sales') && shown.includes('marketing') ? t('check.both') : t('check.notBoth')}</span></li>)}
            </>
          )}
        </Answered>
      </ul>
    </section>
  );
};
