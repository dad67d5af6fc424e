import { useSearch } from '@tanstack/react-router';
import { ChangePage } from './change-page';
import { CommentsPage } from './comments-page';
import { ResultsFrame } from './frame';
import { GroupsPage } from './groups-page';
import { Overview } from './overview';
import { viewFrom, type ResultsSource, type View } from './source';
import { ToolPage } from './tool-page';

/** The page of one view. */
export const ViewPage = ({ view }: { view: View }) => {
  switch (view.kind) {
    case 'overview':
      return <Overview />;
    case 'tool':
      return <ToolPage tool={view.tool} section={view.section} statement={view.statement} />;
    case 'groups':
      return <GroupsPage />;
    case 'comments':
      return <CommentsPage />;
    case 'change':
      return <ChangePage />;
  }
};

/** Results without a workspace around them: the sample and shared summaries. */
export const PublicResults = ({ source }: { source: ResultsSource }) => {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const view = viewFrom(search);
  return <ResultsFrame source={source} view={view}><ViewPage view={view} /></ResultsFrame>;
};
