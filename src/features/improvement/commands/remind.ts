import { and, inArray, isNull, ne, or } from 'drizzle-orm';
import { formatIcu, type Values } from '../../../lib/icu';
import { wallClock } from '../../../lib/zoned-time';
import type { Services } from '../../../platform/rpc/context';
import { membersHere, postMails, workspaceFacts } from '../../workspace/public';
import { dueOf, remindsToday } from '../domain/plan';
import messages from '../messages/mail.en.json';
import { problems, type ActionRow } from '../repo';
import { improvementAction } from '../schema';

const say = (key: keyof typeof messages, values: Values = {}): string => formatIcu(messages[key], 'en', values);
const DAY_TEXT = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const dayText = (day: string | null): string => (day ? DAY_TEXT.format(new Date(`${day}T00:00:00Z`)) : '');

/** Nobody is written to before this hour of the workspace's day. */
const FROM_HOUR = 7;

/**
 * Puts one mail a person into the outbox for the own actions that are about to fall due or are overdue. Each action is taken by an update that only
 * one transaction can make, so that two servers, or a job run twice, write it once.
 * @returns how many mails were written
 */
export const remindOwners = (services: Services, workspaceId: string): Promise<number> =>
  services.db.inWorkspace(workspaceId, async (tx) => {
    const now = services.now();
    const { name, timeZone } = await workspaceFacts(tx);
    const clock = wallClock(now, timeZone);
    const today = clock.slice(0, 10);
    if (Number(clock.slice(11, 13)) < FROM_HOUR) return 0;
    const held = (await problems(tx)).filter(({ state }) => state !== 'dropped').flatMap((problem) => problem.actions);
    const due = held.filter((row) => row.ownerUserId !== null && remindsToday(row, today)).toSorted((a, b) => (a.dueOn ?? '').localeCompare(b.dueOn ?? ''));
    if (due.length === 0) return 0;
    const taken = await tx.update(improvementAction).set({ remindedOn: today })
      .where(and(inArray(improvementAction.id, due.map(({ id }) => id)), or(isNull(improvementAction.remindedOn), ne(improvementAction.remindedOn, today)))).returning({ id: improvementAction.id });
    const mine = new Set(taken.map(({ id }) => id));
    const link = `${services.config.baseUrl}/w/${workspaceId}/improve/mine`;
    const line = (row: ActionRow): string => say('remind.line', { text: row.text, due: dayText(row.dueOn), state: dueOf(row, today) });
    const mails = (await membersHere(tx)).flatMap(({ userId, email }) => {
      const own = due.filter((row) => row.ownerUserId === userId && mine.has(row.id));
      if (own.length === 0) return [];
      const body = [say('remind.head', { workspace: name, count: own.length }), own.map(line).join('\n'), say('remind.where', { link })].join('\n\n');
      return [{ id: services.newId(), workspaceId, kind: 'programme', recipient: email, subject: say('remind.subject', { workspace: name, count: own.length }), body, link, waveId: null, invitationId: null, createdAt: now }];
    });
    if (mails.length > 0) await postMails(tx, mails);
    return mails.length;
  });
