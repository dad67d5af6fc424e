import { createFileRoute } from '@tanstack/react-router';
import { CommentsPage } from '../results/comments-page';

export const Route = createFileRoute('/w/$workspace/understand/waves/$wave/results/comments')({ component: CommentsPage });
