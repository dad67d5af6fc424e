import { createFileRoute } from '@tanstack/react-router';
import { WavePage } from '../waves/wave-page';

export const Route = createFileRoute('/w/$workspace/understand/waves/$wave/')({ component: OneWave });

function OneWave() {
  const { workspace, wave } = Route.useParams();
  return <WavePage key={wave} workspace={workspace} wave={wave} />;
}
