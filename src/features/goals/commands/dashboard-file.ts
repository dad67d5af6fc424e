import { and, eq, isNull } from 'drizzle-orm';
import { refuse } from '../../../platform/http/refusal';
import { workspaceFacts } from '../../workspace/public';
import { dashboard } from '../schema';
import type { At } from './figures';
import { readMetrics } from './read-metrics';

/** Letters, digits and dashes, which every file system takes. */
const fileName = (name: string): string => name.normalize('NFKD').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/gu, '').slice(0, 60) || 'dashboard';

/** A saved dashboard of one period as PDF, now or as of a past day. @throws 404 */
export const dashboardFile = async (scope: At, id: string, later: number): Promise<File> => {
  const [row] = await scope.tx.select().from(dashboard).where(and(eq(dashboard.id, id), isNull(dashboard.removedAt)));
  if (!row) throw refuse.notFound('dashboard');
  const answer = await readMetrics(scope, { unit: row.unit, later, split: row.split });
  const { name, timeZone } = await workspaceFacts(scope.tx);
  const { dashboardPdf } = await import('../dashboard-pdf');
  const bytes = await dashboardPdf({ name: row.name, workspaceName: name, timeZone, split: row.split, answer: { ...answer, metrics: answer.metrics.filter((metric) => row.metrics.includes(metric.id)) } });
  return new File([new Uint8Array(bytes)], `${fileName(row.name)}-${answer.period.startsOn}${answer.asOf ? `-as-of-${answer.asOf}` : ''}.pdf`, { type: 'application/pdf' });
};
