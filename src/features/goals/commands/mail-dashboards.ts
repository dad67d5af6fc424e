import { and, eq, isNull, ne } from 'drizzle-orm';
import { wallClock } from '../../../lib/zoned-time';
import type { WorkspaceTx } from '../../../platform/db/database';
import type { Services } from '../../../platform/rpc/context';
import { postMails, workspaceFacts } from '../../workspace/public';
import { mailDay } from '../domain/mail-days';
import { periodOf } from '../domain/periods';
import { named, periodSaid, say, valueSaid } from '../say';
import { dashboard, dashboardMail } from '../schema';
import { atNow } from './figures';
import { readMetrics } from './read-metrics';

type Row = typeof dashboard.$inferSelect;

/** The figures as lines of text. On the first day of a period it is the one that has just ended. */
const letter = async (at: { tx: WorkspaceTx; workspaceId: string; now: Date }, row: Row, day: string, workspace: string, link: string): Promise<{ subject: string; body: string }> => {
  const later = periodOf(row.unit, day).startsOn === day ? -1 : 0;
  const { metrics, period, currency } = await readMetrics(atNow(at), { unit: row.unit, later, split: row.split });
  const lines = metrics.filter(({ id }) => row.metrics.includes(id)).map((metric) => {
    const line = say('mail.line', { metric: named('metric', metric.id), value: valueSaid(metric, currency), n: metric.n });
    return metric.young ? `${line} ${say('metric.young', metric.young)}` : line;
  });
  const when = periodSaid(period);
  return { subject: say('mail.subject', { name: row.name, period: when, workspace }), body: [say('mail.head', { name: row.name, period: when }), lines.join('\n'), say('mail.where', { link }), say('mail.why')].join('\n\n') };
};

/**
 * Puts the mails that are due into the outbox. Each is taken by an update that only one transaction can make, so that two servers, or a job
 * run twice, write it once. Who has left the workspace gets none.
 * @returns how many were written
 */
export const mailDashboards = (services: Services, workspaceId: string): Promise<number> =>
  services.db.inWorkspace(workspaceId, async (tx) => {
    const now = services.now();
    const { name, timeZone } = await workspaceFacts(tx);
    const rows = await tx.select({ mail: dashboardMail, board: dashboard }).from(dashboardMail).innerJoin(dashboard, eq(dashboard.id, dashboardMail.dashboardId)).where(isNull(dashboard.removedAt));
    let written = 0;
    for (const { mail, board } of rows) {
      const day = mailDay(mail.every, wallClock(now, timeZone));
      if (day <= mail.lastFor) continue;
      const [taken] = await tx.update(dashboardMail).set({ lastFor: day }).where(and(eq(dashboardMail.dashboardId, board.id), eq(dashboardMail.userId, mail.userId), ne(dashboardMail.lastFor, day))).returning({ id: dashboardMail.userId });
      if (!taken || !(await services.standingOf(tx, { kind: 'account', userId: mail.userId, name: '', email: mail.email }))) continue;
      const link = `${services.config.baseUrl}/w/${workspaceId}/goals/dashboards/${board.id}`;
      await postMails(tx, [{ id: services.newId(), workspaceId, kind: 'dashboard', recipient: mail.email, ...(await letter({ tx, workspaceId, now }, board, day, name, link)), link, waveId: null, invitationId: null, createdAt: now }]);
      written += 1;
    }
    return written;
  });
