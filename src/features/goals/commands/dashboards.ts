import { and, asc, eq, isNull } from 'drizzle-orm';
import { wallClock } from '../../../lib/zoned-time';
import { refuse } from '../../../platform/http/refusal';
import { allow, type Scope } from '../../../platform/rpc/with-workspace';
import { metrics } from '../../pipeline/public';
import { tendWorkspace, workspaceFacts } from '../../workspace/public';
import { mailDay, type MailRhythm } from '../domain/mail-days';
import type { PeriodUnit } from '../domain/periods';
import type { MetricSplit } from '../domain/splits';
import { can } from '../policy';
import { dashboard, dashboardMail } from '../schema';

type Content = { name: string; metrics: string[]; unit: PeriodUnit; split: MetricSplit };
type Row = typeof dashboard.$inferSelect;

const checked = ({ metrics: wanted }: Pick<Content, 'metrics'>): void => {
  const known = new Set<string>(metrics.METRICS.map(({ id }) => id));
  const strange = wanted.find((id) => !known.has(id));
  if (strange !== undefined) throw refuse.invalid(`There is no metric called “${strange}”.`, 'Choose metrics from the list. Nothing was saved.', [{ path: 'metrics', message: 'not a metric' }]);
};

const view = (row: Row, mail: MailRhythm | null) => ({
  id: row.id, name: row.name, metrics: row.metrics, unit: row.unit, split: row.split, madeBy: row.createdByName, changedAt: row.changedAt.toISOString(), version: row.version, mail,
});

/** Every dashboard here, with the rhythm in which the reader gets it by mail. */
export const listDashboards = async (scope: Scope) => {
  const rows = await scope.tx.select().from(dashboard).where(isNull(dashboard.removedAt)).orderBy(asc(dashboard.name), asc(dashboard.id));
  const mine = new Map((await scope.tx.select().from(dashboardMail).where(eq(dashboardMail.userId, scope.me.userId))).map((row) => [row.dashboardId, row.every]));
  return rows.map((row) => view(row, mine.get(row.id) ?? null));
};

export const addDashboard = async (scope: Scope, content: Content) => {
  allow(can(scope.me, 'dashboards:edit'), 'save dashboards');
  checked(content);
  const { workspaceId, now, me } = scope;
  const [row] = await scope.tx.insert(dashboard).values({ workspaceId, id: scope.newId(), ...content, createdBy: me.userId, createdByName: me.label, createdAt: now, changedAt: now }).returning();
  if (!row) throw new Error('a dashboard was not kept');
  await scope.audit({ action: 'goals.dashboard_saved', subjectKind: 'dashboard', subjectId: row.id, details: { name: row.name } });
  return view(row, null);
};

/** @throws 404, 409 when somebody changed it meanwhile */
export const changeDashboard = async (scope: Scope, id: string, version: number, change: Partial<Content> & { removed?: boolean | undefined }) => {
  allow(can(scope.me, 'dashboards:edit'), 'change dashboards');
  if (change.metrics) checked({ metrics: change.metrics });
  const [found] = await scope.tx.select().from(dashboard).where(eq(dashboard.id, id)).for('update');
  if (!found) throw refuse.notFound('dashboard');
  if (found.version !== version) throw refuse.changedMeanwhile('dashboard');
  const { removed, ...content } = change;
  const [row] = await scope.tx.update(dashboard).set({ ...content, ...(removed === undefined ? {} : { removedAt: removed ? scope.now : null }), changedAt: scope.now, version: version + 1 }).where(eq(dashboard.id, id)).returning();
  await scope.audit({ action: removed ? 'goals.dashboard_removed' : 'goals.dashboard_changed', subjectKind: 'dashboard', subjectId: id, details: { name: found.name } });
  return view(row ?? found, null);
};

/** Asks for the dashboard by mail, or for no more of it. The first mail is that of the next Monday or month. */
export const subscribe = async (scope: Scope, id: string, every: MailRhythm | null, account: { userId: string; email: string } | null) => {
  allow(can(scope.me, 'figures:read') && (account !== null || every === null), 'order mails with an API token; sign in to do so');
  const { tx, workspaceId, now } = scope;
  const [found] = await tx.select({ id: dashboard.id }).from(dashboard).where(and(eq(dashboard.id, id), isNull(dashboard.removedAt)));
  if (!found) throw refuse.notFound('dashboard');
  if (!account) return { every: null };
  await tx.delete(dashboardMail).where(and(eq(dashboardMail.dashboardId, id), eq(dashboardMail.userId, account.userId)));
  if (!every) return { every };
  const { timeZone } = await workspaceFacts(tx);
  await tx.insert(dashboardMail).values({ workspaceId, dashboardId: id, userId: account.userId, email: account.email, every, lastFor: mailDay(every, wallClock(now, timeZone)) });
  await tendWorkspace(tx, 'dashboards', workspaceId);
  return { every };
};
