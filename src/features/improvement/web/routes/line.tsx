import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { download } from '../../../../ui/download';
import { sayFault } from '../../../../ui/notify';
import { Answered, EmptyState, Page } from '../../../../ui/page';
import { improvementCalls, improvementClient, type Problem } from '../calls';
import css from '../improvement.module.css';
import { Movement } from '../objective';
import { chosenNames } from '../catalogue-text';
import { measureName, objectiveSentence, readingOf, t, toldText } from '../text';
import { actionsText, After, causeText } from '../track';
import { TrackAxes } from '../track-axis';

export const Route = createFileRoute('/w/$workspace/improve/line')({ component: TheLine });

function TheLine() {
  const { workspace } = Route.useParams();
  const programme = useQuery(improvementCalls.read.queryOptions({ input: { workspace } }));
  return (
    <Page title={t('theLine.title')} tab={t('theLine.tab')} source={t('theLine.text')} actions={<><BoardFile workspace={workspace} format="pdf" /><BoardFile workspace={workspace} format="pptx" /></>}>
      <Answered query={programme} rows={6}>
        {({ problems }) => {
          const begun = problems.filter(({ startedAt, state }) => startedAt !== null && state !== 'dropped');
          return begun.length === 0 ? <EmptyState title={t('theLine.none')}>{t('theLine.empty')}</EmptyState> : <>{begun.map((problem) => <Line key={problem.id} problem={problem} />)}<p className="meta">{t('theLine.method')}</p></>;
        }}
      </Answered>
    </Page>
  );
}

/** One page or slide: relationship, our word, the number, one ask. */
const BoardFile = ({ workspace, format }: { workspace: string; format: 'pdf' | 'pptx' }) => {
  const take = useMutation({ mutationFn: () => improvementClient.board({ workspace, format }), onSuccess: download, onError: sayFault });
  return <Button variant="default" loading={take.isPending} onClick={() => take.mutate()}>{t(`theLine.${format}`)}</Button>;
};

/** Gap (said) → cause → action → operating measure (recorded) → next wave (said again). */
const Line = ({ problem }: { problem: Problem }) => {
  const { said, recorded, objective } = problem;
  return (
    <section className={css.section}>
      <h2 data-user-text>{problem.title} <span className="meta">{t(`state.${problem.state}`)}</span></h2>
      {objective && <p>{objectiveSentence(objective)}</p>}
      <div className={css.line}>
        <div data-empty={!said || 'none' in said.then}><h3>{t('track.said')}</h3>{said ? <><span>{measureName(said.measure)}</span><strong>{toldText(said.then, said.measure)}</strong><span className="meta" data-user-text>{readingOf(said.then)?.label}</span></> : <span className="meta">{t('track.none.said')}</span>}</div>
        <div data-empty={problem.cause === null}><h3>{t('track.cause')}</h3>{causeText(problem) ?? <span className="meta">{t('track.none.cause')}</span>}</div>
        <div data-empty={problem.actions.length === 0}><h3>{t('track.actions')}</h3><span>{actionsText(problem)}</span><span className="meta">{chosenNames(problem)}</span></div>
        <div data-empty={!recorded?.now}><h3>{t('track.recorded')}</h3><After track={recorded} none={t('track.none.recorded')} waits={t('track.nextQuarter')} /></div>
        <div data-empty={!said?.now}><h3>{t('track.saidAgain')}</h3><After track={said} none={t('track.none.said')} waits={t('track.next')} again /></div>
      </div>
      <TrackAxes problem={problem} />
      {objective && <Movement objective={objective} />}
    </section>
  );
};
