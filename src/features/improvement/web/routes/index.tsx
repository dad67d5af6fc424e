import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { Answered, EmptyState, Page, Pending } from '../../../../ui/page';
import { dayText } from '../../../../ui/when';
import { Actions } from '../actions';
import { BalanceSection } from '../balance';
import { improvementCalls, useChange, type Part, type Programme } from '../calls';
import { CheckIns } from '../check-ins';
import css from '../improvement.module.css';
import { useHashTarget } from '../hash-target';
import { InLine, useProblemForms } from '../in-line';
import { ObjectiveSection } from '../objective';
import { areaName, t } from '../text';
import { Track } from '../track';

export const Route = createFileRoute('/w/$workspace/improve/')({ component: ProgrammePage });

/** Their many words come once the page stands. */
const Lenses = lazy(() => import('../lenses').then((part) => ({ default: part.Lenses })));
const Solutions = lazy(() => import('../solutions').then((part) => ({ default: part.Solutions })));

const running = ({ problems }: Programme) => problems.find(({ state }) => state === 'running');

function ProgrammePage() {
  const { workspace } = Route.useParams();
  const programme = useQuery(improvementCalls.read.queryOptions({ input: { workspace } }));
  const forms = useProblemForms(workspace);
  const view = programme.data;
  useHashTarget(view !== undefined);
  const now = view && running(view);
  return (
    <Page
      title={now ? t('title.running', { title: now.title }) : t(view ? 'title.none' : 'tab')} tab={t('tab')}
      source={view && (view.survey ? t('source', { survey: view.survey.name, closed: dayText(view.survey.closedAt) }) : t('source.none'))}
      actions={view?.mayWrite && view.problems.length > 0 && <Button variant="default" onClick={() => forms.open('words')}>{t('problem.add')}</Button>}
    >
      <Answered query={programme} rows={8}>
        {(found) => (
          <>
            {found.problems.length === 0 && <EmptyState title={t('empty.title')} action={found.mayWrite && <Button onClick={() => forms.open('words')}>{t('problem.add')}</Button>}>{t(found.mayWrite ? 'empty.text' : 'empty.reader')}</EmptyState>}
            {found.problems.length > 0 && !running(found) && <p>{t('none.running', { count: found.problems.filter(({ state }) => state === 'waiting').length })}</p>}
            {now && <Running workspace={workspace} view={found} problem={now} />}
            <InLine workspace={workspace} view={found} />
          </>
        )}
      </Answered>
      {forms.modal}
    </Page>
  );
}

const Running = ({ workspace, view, problem }: Part) => {
  const forms = useProblemForms(workspace);
  const move = useChange('setState', workspace, t('problem.moved'));
  const part = { workspace, view, problem };
  return (
    <div className={css.grid}>
      <div className={css.side}>
        <p id={`problem-${problem.id}`} className={css.sentence} data-user-text>{problem.title}</p>
        <p className="meta" style={{ margin: 0 }}>{[areaName(problem.area), problem.fromHuddle && t('problem.fromHuddle'), t('problem.by', { name: problem.createdByName })].filter(Boolean).join(' · ')}</p>
        <Track workspace={workspace} problem={problem} />
        {view.mayWrite && (
          <div className={`${css.acts} no-print`}>
            <Button variant="default" onClick={() => forms.open('solved', problem)}>{t('problem.solve')}</Button>
            <Button variant="default" onClick={() => forms.open('words', problem)}>{t('problem.edit')}</Button>
            <Button variant="default" loading={move.isPending} onClick={() => move.mutate({ id: problem.id, version: problem.version, to: 'waiting' })}>{t('problem.back')}</Button>
          </div>
        )}
      </div>
      <div className={css.main}>
        <ObjectiveSection {...part} />
        <Suspense fallback={<Pending rows={6} />}><Lenses {...part} /></Suspense>
        <Suspense fallback={<Pending rows={3} />}><Solutions {...part} /></Suspense>
        <Actions {...part} />
        <BalanceSection {...part} />
        <CheckIns {...part} />
      </div>
      {forms.modal}
    </div>
  );
};
