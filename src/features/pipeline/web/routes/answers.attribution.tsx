import { createFileRoute } from '@tanstack/react-router';
import { AttributionPage } from '../answers/pages';

export const Route = createFileRoute('/w/$workspace/pipeline/answers/attribution')({ component: Attribution });

function Attribution() {
  return <AttributionPage workspace={Route.useParams().workspace} />;
}
