import { createFileRoute, notFound } from '@tanstack/react-router';
import { pageOf } from '../answers/pages';

export const Route = createFileRoute('/w/$workspace/pipeline/answers/$question')({
  component: Question,
  beforeLoad: ({ params }) => {
    if (!pageOf(params.question)) throw notFound();
  },
});

function Question() {
  const { workspace, question } = Route.useParams();
  const Page = pageOf(question);
  return Page ? <Page key={question} workspace={workspace} /> : null;
}
