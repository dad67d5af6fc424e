import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { Answered } from '../../../../ui/page';
import { workspaceCalls } from '../calls';

export const Route = createFileRoute('/w/$workspace/settings/outbox')({ component: Outbox });

function Outbox() {
  const { workspace } = Route.useParams();
  const rows = useQuery(workspaceCalls.outbox.queryOptions({ input: { workspace } }));
  return <Answered query={rows}>{(data) => <span className="meta">{data.length}</span>}</Answered>;
}
