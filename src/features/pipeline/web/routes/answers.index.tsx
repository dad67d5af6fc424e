import { createFileRoute } from '@tanstack/react-router';
import { AnswersOverview } from '../answers/overview';

export const Route = createFileRoute('/w/$workspace/pipeline/answers/')({ component: Answers });

function Answers() {
  return <AnswersOverview workspace={Route.useParams().workspace} />;
}
