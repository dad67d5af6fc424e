import { createFileRoute, Outlet, useLocation } from '@tanstack/react-router';
import type { View } from '../results/source';
import { WaveResultsFrame } from '../results/wave-results';

export const Route = createFileRoute('/w/$workspace/understand/waves/$wave/results')({ component: Results });

const viewAt = (pathname: string): View => {
  const rest = pathname.split('/results')[1]?.replace(/^\/|\/$/g, '') ?? '';
  if (rest === '') return { kind: 'overview' };
  if (rest === 'groups' || rest === 'comments' || rest === 'change') return { kind: rest };
  return { kind: 'tool', tool: decodeURIComponent(rest) };
};

function Results() {
  const { workspace, wave } = Route.useParams();
  const { pathname } = useLocation();
  return <WaveResultsFrame workspace={workspace} wave={wave} view={viewAt(pathname)}><Outlet /></WaveResultsFrame>;
}
