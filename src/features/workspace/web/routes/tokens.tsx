import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { Answered } from '../../../../ui/page';
import { workspaceCalls } from '../calls';

export const Route = createFileRoute('/w/$workspace/settings/tokens')({ component: Tokens });

function Tokens() {
  const { workspace } = Route.useParams();
  const rows = useQuery(workspaceCalls.tokens.queryOptions({ input: { workspace } }));
  return <Answered query={rows}>{(data) => <span className="meta">{data.length}</span>}</Answered>;
}
