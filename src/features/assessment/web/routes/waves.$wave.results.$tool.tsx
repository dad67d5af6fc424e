import { createFileRoute } from '@tanstack/react-router';
import { ToolPage } from '../results/tool-page';

export const Route = createFileRoute('/w/$workspace/understand/waves/$wave/results/$tool')({ component: Tool });

const text = (value: unknown) => (value === undefined || value === null ? undefined : String(value));

function Tool() {
  const { tool } = Route.useParams();
  const search = Route.useSearch() as Record<string, unknown>;
  return <ToolPage tool={tool} section={text(search.section)} statement={text(search.statement)} />;
}
