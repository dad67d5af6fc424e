import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { useState } from 'react';
import { FunctionLabel } from '../../../../ui/function-mark';
import { Answered, EmptyState, Page } from '../../../../ui/page';
import { dayText } from '../../../../ui/when';
import { countQuarter, quarterBefore, quarterOfDay } from '../../domain/quarter';
import { BalanceBars } from '../balance-bars';
import { improvementCalls, type Action, type Problem, type Programme } from '../calls';
import { CheckInList } from '../check-ins';
import css from '../improvement.module.css';
import { Movement } from '../objective';
import { objectiveSentence, t } from '../text';

export const Route = createFileRoute('/w/$workspace/improve/quarter')({ component: QuarterPage });

const BACK = 6;
const COUNTS = ['due', 'done', 'overdue', 'carried', 'added'] as const;
const day = (at: string | null): string | null => at?.slice(0, 10) ?? null;
const dated = ({ state, dueOn, doneAt, carried, addedAt }: Action) => ({ state, dueOn, doneOn: day(doneAt), carried: carried.map(({ on }) => on), addedOn: addedAt.slice(0, 10) });

function QuarterPage() {
  const { workspace } = Route.useParams();
  const [chosen, setChosen] = useState<string | null>(null);
  const programme = useQuery(improvementCalls.read.queryOptions({ input: { workspace } }));
  const view = programme.data;
  const now = quarterOfDay(view?.today ?? new Date().toISOString().slice(0, 10));
  const quarter = chosen ?? now;
  const actions = (view?.problems ?? []).flatMap((problem) => problem.actions);
  const counts = countQuarter(actions.map(dated), quarter, view?.today ?? '');
  return (
    <Page
      title={view ? t('quarter.title', { quarter, done: counts.done, due: counts.due }) : t('quarter.tab')} tab={t('quarter.tab')}
      actions={<><Select aria-label={t('quarter.choose')} w={128} allowDeselect={false} value={quarter} data={Array.from({ length: BACK }, (_, back) => quarterBefore(now, back))} onChange={setChosen} /><Button variant="default" onClick={() => window.print()}>{t('print')}</Button></>}
    >
      <Answered query={programme} rows={6}>
        {(found) => found.problems.length === 0 ? <EmptyState title={t('quarter.empty')}>{t('empty.reader')}</EmptyState> : (
          <>
            <dl className={css.counts}>{COUNTS.map((each) => <div key={each}><dt>{t(`quarter.${each}`)}</dt><dd>{counts[each]}</dd></div>)}</dl>
            <LeadershipPart view={found} />
            <section className={css.section}><h2>{t('quarter.problems')}</h2>{found.problems.filter((problem) => inQuarter(problem, quarter)).map((problem) => <ProblemBrief key={problem.id} problem={problem} />)}</section>
            <Spoken view={found} quarter={quarter} />
          </>
        )}
      </Answered>
    </Page>
  );
}

/** Begun by its end and not ended before it. */
const inQuarter = ({ startedAt, endedAt, state }: Problem, quarter: string): boolean =>
  startedAt !== null && state !== 'dropped' && quarterOfDay(startedAt.slice(0, 10)) <= quarter && (endedAt === null || state === 'solved' || quarterOfDay(endedAt.slice(0, 10)) >= quarter);

const LeadershipPart = ({ view }: { view: Programme }) => {
  const own = view.problems.filter(({ state }) => state === 'running').flatMap((problem) => problem.actions).filter(({ by, state }) => by === 'leadership' && state === 'open');
  const parts = view.problems.filter(({ state, leadershipPart }) => state === 'running' && leadershipPart !== '');
  return (
    <section className={css.section}>
      <h2><FunctionLabel fn="leadership">{t('quarter.leadership')}</FunctionLabel></h2>
      {parts.map((problem) => <p key={problem.id} data-user-text>{problem.leadershipPart}</p>)}
      {own.length === 0 ? <p className="meta">{t('quarter.leadership.none')}</p> : <ul className={css.rows}>{own.map((action) => <li key={action.id}><span data-user-text>{action.text} · {action.ownerName}</span><span className="meta">{action.dueOn ? dayText(`${action.dueOn}T12:00:00`) : ''} {t(`due.${action.due}`)}</span></li>)}</ul>}
    </section>
  );
};

const ProblemBrief = ({ problem }: { problem: Problem }) => (
  <div className={css.section} style={{ borderTop: '1px solid var(--hairline)', paddingTop: 12 }}>
    <h3 data-user-text>{problem.title} <span className="meta">{t(`state.${problem.state}`)}</span></h3>
    {problem.objective && <><p>{objectiveSentence(problem.objective)}</p><Movement objective={problem.objective} /></>}
    {problem.watch && <p>{t(`watch.${problem.watch}`)}</p>}
    {problem.state === 'running' && <BalanceBars balance={problem.balance} />}
  </div>
);

const Spoken = ({ view, quarter }: { view: Programme; quarter: string }) => {
  const said = view.problems.flatMap((problem) => problem.checkIns).filter(({ at }) => quarterOfDay(at.slice(0, 10)) === quarter);
  return <section className={css.section}><h2>{t('quarter.checks')}</h2>{said.length === 0 ? <p className="meta">{t('quarter.checks.none')}</p> : <CheckInList checkIns={said} />}</section>;
};
