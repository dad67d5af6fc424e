import { createFileRoute } from '@tanstack/react-router';
import { GroupsPage } from '../results/groups-page';

export const Route = createFileRoute('/w/$workspace/understand/waves/$wave/results/groups')({ component: GroupsPage });
