import { createFileRoute } from '@tanstack/react-router';
import { ListPage } from '../waves/list-page';

export const Route = createFileRoute('/w/$workspace/understand/')({ component: Understand });

function Understand() {
  const { workspace } = Route.useParams();
  return <ListPage workspace={workspace} />;
}
