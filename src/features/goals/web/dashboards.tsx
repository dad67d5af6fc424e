import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import dataCss from '../../../ui/data.module.css';
import { Answered } from '../../../ui/page';
import { can } from '../policy';
import { goalsCalls, goalsClient, type Metrics } from './calls';
import { BoardForm } from './board-form';
import { t } from './text';
import type { Me } from './use-me';

/** Figures are asked for again this often, and whenever the page is looked at anew. */
export const LIVE_MS = 60_000;

/** Saved sets of metrics, each with an address of its own for everybody in the workspace. */
export const Dashboards = ({ workspace, me, metrics, asOf }: { workspace: string; me: Me; metrics: Metrics['metrics']; /** The past day that the page shows: they open on it. */ asOf: string | null }) => {
  const boards = useQuery(goalsCalls.dashboards.queryOptions({ input: { workspace } }));
  const [making, setMaking] = useState(false);
  const navigate = useNavigate();
  const edits = can(me, 'dashboards:edit');
  return (
    <section className={dataCss.section} aria-labelledby="dashboards">
      <h2 id="dashboards" className="lead">{t('boards.title')}</h2>
      <Answered query={boards} rows={2}>
        {(rows) => (
          <>
            {rows.length === 0 && <p className="meta" style={{ margin: 0 }}>{t('boards.none')}</p>}
            {rows.length > 0 && (
              <ul className={dataCss.notes}>
                {rows.map((row) => <li key={row.id}><Link to={`/w/${workspace}/goals/dashboards/${row.id}` as never} search={(asOf ? { asOf } : {}) as never} data-user-text>{row.name}</Link> <span className="meta">{t('boards.of', { count: row.metrics.length, unit: t(`period.${row.unit}`).toLowerCase() })}{row.mail ? ` · ${t(`boards.mail.${row.mail}`)}` : ''}</span></li>)}
              </ul>
            )}
            {edits && !making && <div><Button variant="default" onClick={() => setMaking(true)}>{t('boards.make')}</Button></div>}
            {making && <BoardForm title={t('boards.make')} metrics={metrics.map(({ id }) => id)} save={(content) => goalsClient.addDashboard({ workspace, ...content })} saved={(made) => navigate({ to: `/w/${workspace}/goals/dashboards/${made.id}` as never })} close={() => setMaking(false)} />}
          </>
        )}
      </Answered>
    </section>
  );
};
