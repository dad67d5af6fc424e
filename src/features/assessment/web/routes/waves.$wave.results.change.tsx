import { createFileRoute } from '@tanstack/react-router';
import { ChangePage } from '../results/change-page';

export const Route = createFileRoute('/w/$workspace/understand/waves/$wave/results/change')({ component: ChangePage });
