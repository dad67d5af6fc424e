import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { sentenceOf, useWaveNames } from '../../../features/workspace/web/audit-list';
import { workspaceCalls, workspaceClient } from '../../../features/workspace/web/public';
import { When } from '../../../ui/when';
import { t } from '../text';
import css from './home.module.css';

const AT_MOST = 5;

/** When the visit before this one was; a visit lasts as long as the browser's tab. */
const visitBefore = async (workspace: string): Promise<string | null> => {
  const key = `visit:${workspace}`;
  const kept = sessionStorage.getItem(key);
  if (kept !== null) return kept || null;
  const { before } = await workspaceClient.visit({ workspace });
  sessionStorage.setItem(key, before ?? '');
  return before;
};

/** What others did since the last visit, five lines at most; for those who may read the audit trail. */
export const Changes = ({ workspace, myName }: { workspace: string; myName: string }) => {
  const visit = useQuery({ queryKey: ['visit', workspace], queryFn: () => visitBefore(workspace), staleTime: Infinity });
  const trail = useQuery(workspaceCalls.audit.queryOptions({ input: { workspace, limit: 50 } }));
  const waves = useWaveNames(workspace);
  if (!trail.data || visit.isPending) return null;
  const since = visit.data ?? null;
  const events = trail.data.filter((event) => event.actor !== myName && (since === null || event.at > since)).slice(0, AT_MOST);
  return (
    <section className={css.changes} aria-labelledby="changes">
      <h2 id="changes">{since ? t('home.changes.since') : t('home.changes')}</h2>
      {events.length === 0 ? <span className="meta">{t('home.changes.none')}</span> : (
        <ul>{events.map((event) => <li key={event.id}><span className="meta"><When at={event.at} show="both" /></span><span><strong data-user-text>{event.actor}</strong> {sentenceOf(event, waves)}</span></li>)}</ul>
      )}
      <Link to="/w/$workspace/settings/audit" params={{ workspace }} className="meta">{t('home.changes.all')}</Link>
    </section>
  );
};
