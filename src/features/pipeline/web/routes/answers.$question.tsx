import { createFileRoute, notFound } from '@tanstack/react-router';
import { pageOf } from '../answers/pages';

export const Route = createFileRoute('/w/$workspace/pipeline/answers/$question')({
  component: Question,
});

function Question() {
  const { workspace, question } = Route.useParams();
  const Page = pageOf(question);
  // Asked here, not before loading: that part of a route is in the frame of every page, and would bring all answers along.
  if (!Page) throw notFound();
  return <Page key={question} workspace={workspace} />;
}
