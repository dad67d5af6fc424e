import { Button, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createFileRoute, Link } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Answered, Page, Pending } from '../../../../ui/page';
import { sayFault } from '../../../../ui/notify';
import { huddleClient } from '../calls';
import { useLive } from '../live/use-live';
import { Run } from '../run';
import { AwayBanner, Refused, Saved } from '../saved';
import { t } from '../text';

const Rehearse = lazy(() => import('../rehearse').then((part) => ({ default: part.Rehearse })));
const PlanView = lazy(() => import('../plan-view').then((part) => ({ default: part.PlanView })));

export const Route = createFileRoute('/w/$workspace/huddles/$huddle')({ component: Huddle });

function Huddle() {
  const { workspace, huddle } = Route.useParams();
  // The pass is the same each time; it changes only when the Huddle has ended.
  const pass = useQuery({ queryKey: ['huddle-pass', huddle], queryFn: () => huddleClient.enter({ workspace, id: huddle, as: 'facilitator' }), staleTime: Infinity, retry: 1 });
  return <Answered query={pass} bare>{({ pass: mine }) => <Lead key={mine} workspace={workspace} huddle={huddle} pass={mine} again={() => void pass.refetch()} />}</Answered>;
}

const Lead = ({ workspace, huddle, pass, again }: { workspace: string; huddle: string; pass: string; again: () => void }) => {
  const session = useLive(pass);
  const { head } = session.view;
  const [chosen, setChosen] = useState<'plan' | 'run' | null>(null);
  // All passes end with a Huddle; whoever leads goes on with a new one by themselves.
  const ended = session.status === 'shut' && head?.phase === 'finished';
  useEffect(() => { if (ended) again(); }, [ended]);
  if (session.status === 'shut') return <Page title={t('shut.title')}><p>{t('shut.lead')}</p><Button style={{ alignSelf: 'flex-start' }} onClick={again}>{t('join.again')}</Button></Page>;
  if (!head) return <Page title={t('title')}><AwayBanner session={session} /><Pending /></Page>;
  const view = chosen ?? (head.phase === 'planned' ? 'plan' : 'run');
  const openWall = () => {
    const wall = window.open('about:blank', '_blank');
    huddleClient.enter({ workspace, id: huddle, as: 'screen' }).then(({ pass: screen }) => { if (wall) wall.location.href = `${location.origin}/h#${screen}`; }, sayFault);
  };
  return (
    <Page
      title={head.name} source={<>{t(`phase.${head.phase}`)} · {t(`anonymity.${head.anonymity}.short`)} · <Saved session={session} /></>}
      actions={<><SegmentedControl aria-label={t('lead.view')} value={view} data={[{ value: 'plan', label: t('lead.plan') }, { value: 'run', label: t('lead.run') }]} onChange={(value) => setChosen(value as 'plan' | 'run')} /><Button variant="default" onClick={openWall}>{t('lead.wall')}</Button>{view === 'plan' && <Button component="a" variant="default" href={`/api/workspaces/${workspace}/huddles/${huddle}/paper.pdf`}>{t('lead.paper')}</Button>}{view === 'plan' && head.phase !== 'finished' && <Button component={Link} variant="default" to={`/w/${workspace}/huddles/${huddle}/type-in` as never}>{t('lead.typeIn')}</Button>}<Button component={Link} variant="default" to={`/w/${workspace}/huddles/${huddle}/record` as never}>{t('lead.record')}</Button></>}
    >
      <AwayBanner session={session} />
      <Refused session={session} />
      {head.rehearsal && head.phase !== 'finished' && <Suspense fallback={null}><Rehearse session={session} workspace={workspace} huddle={huddle} /></Suspense>}
      {view === 'run' ? <Run session={session} workspace={workspace} huddle={huddle} /> : <Suspense fallback={<Pending />}><PlanView session={session} head={head} workspace={workspace} huddle={huddle} /></Suspense>}
    </Page>
  );
};
