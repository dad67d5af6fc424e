import { createFileRoute } from '@tanstack/react-router';
import { Overview } from '../results/overview';

export const Route = createFileRoute('/w/$workspace/understand/waves/$wave/results/')({ component: Overview });
