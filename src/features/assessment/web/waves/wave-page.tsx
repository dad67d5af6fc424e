import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Answered, EmptyState, Page, Pending } from '../../../../ui/page';
import { can } from '../../policy';
import { assessmentCalls } from '../calls';
import { ClosedPage } from './closed-page';
import { LivePage } from './live-page';
import { t } from './text';
import { useNow, useWorkspace } from './use-me';
import { shownState, type Wave } from './wave-state';

const LIVE_MS = 20_000;

/** Half of this page's weight, and only for those who set a survey up. */
const SetupPage = lazy(() => import('./setup-page').then((part) => ({ default: part.SetupPage })));

/** One survey, as far as it has come: set-up, live, closed. */
export const WavePage = ({ workspace, wave: id }: { workspace: string; wave: string }) => {
  const wave = useQuery(assessmentCalls.wave.queryOptions({ input: { workspace, wave: id }, refetchInterval: (query) => (query.state.data?.state === 'open' || query.state.data?.state === 'closing' ? LIVE_MS : false) }));
  // A page must not sit without a heading while it loads or fails.
  if (wave.data === undefined) return <Page title={t('wave.title')}><Answered query={wave}>{() => null}</Answered></Page>;
  return <Known key={wave.data.id} workspace={workspace} wave={wave.data} />;
};

const Known = ({ workspace, wave }: { workspace: string; wave: Wave }) => {
  const here = useWorkspace(workspace);
  const now = useNow();
  if (!here) return null;
  const state = shownState(wave, now);
  const manages = can(here.me, 'wave:manage');
  if (state === 'closed') return <ClosedPage workspace={workspace} wave={wave} me={here.me} />;
  if (state !== 'draft') return <LivePage workspace={workspace} wave={wave} state={state} now={now} me={here.me} timeZone={here.timeZone} mail={here.mail} />;
  if (manages) return <Suspense fallback={<Page title={wave.name}><Pending /></Page>}><SetupPage workspace={workspace} wave={wave} timeZone={here.timeZone} /></Suspense>;
  return <Page title={wave.name}><EmptyState title={t('wave.beingSetUp')}>{t('wave.beingSetUp.text')}</EmptyState></Page>;
};
