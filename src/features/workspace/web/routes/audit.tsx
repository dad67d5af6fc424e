import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { Answered } from '../../../../ui/page';
import { workspaceCalls } from '../calls';

export const Route = createFileRoute('/w/$workspace/settings/audit')({ component: Audit });

function Audit() {
  const { workspace } = Route.useParams();
  const rows = useQuery(workspaceCalls.audit.queryOptions({ input: { workspace } }));
  return <Answered query={rows}>{(data) => <span className="meta">{data.length}</span>}</Answered>;
}
