import { setTimeout as pause } from 'node:timers/promises';
import { IntlMessageFormat } from 'intl-messageformat';
import type { WorkspaceTx } from '../../../platform/db/database';
import { MailFault } from '../../../platform/mail/mail-fault';
import type { Services } from '../../../platform/rpc/context';
import { noteReminders } from '../../workspace/public';
import { lockWave, outstandingInvitations, type WaveRow } from '../ballots-repo';
import { dueReminders } from '../domain/reminders';
import { reminderLetter, type Letter } from '../letters';
import message from '../messages/waves.en.json';
import { setWave } from '../waves-repo';
import { letterValues, waysIn } from './reach-people';

/** The schedule's turn, or somebody's wish at this moment. */
export type Occasion = { by: 'schedule' } | { by: 'hand'; at: Date };

/** Pauses before a mail that was not taken for now is tried again. Recipients stand in memory only, so this cannot go on for hours. */
const PAUSES_MS = [60_000, 300_000];

type Addressed = Letter & { to: string };

/**
 * Reminds those who have not picked up a ballot. Who they were is kept nowhere; the outbox holds a count. The occasion is noted
 * before anything is sent, once the mail server answers: a server killed on the way, or a second one, reminds nobody twice, and
 * a mail server that is away costs a scheduled reminder nothing but time.
 * @returns how many went out; null when there was nothing to do or another server did it
 */
export const remindOutstanding = async (services: Services, workspaceId: string, row: WaveRow, occasion: Occasion, pauses: readonly number[] = PAUSES_MS): Promise<number | null> => {
  const { mail } = services;
  if (!mail) return null;
  const away = await mail.reach().then(() => null, (error: unknown) => (error instanceof Error ? error.message : 'unknown'));
  if (away !== null) {
    services.log.warn('the mail server cannot be reached; reminders wait');
    if (occasion.by === 'hand') await note(services, workspaceId, row, 0, say('reminder.unreachable', { reason: away }));
    return null;
  }
  const letters = await services.db.inWorkspace(workspaceId, async (tx) => ((await claim(tx, row.id, occasion, services.now())) ? lettersToOutstanding(services, tx, row) : null));
  if (!letters) return null;
  const { left, codes } = await sendAll(mail, letters, pauses);
  await note(services, workspaceId, row, letters.length - left, left > 0 ? say('reminder.partly', { count: left, codes }) : null);
  return letters.length - left;
};

const lettersToOutstanding = async (services: Services, tx: WorkspaceTx, row: WaveRow): Promise<Addressed[]> => {
  const outstanding = new Set((await outstandingInvitations(tx, row.id)).map((each) => each.id));
  const values = await letterValues(services, tx, row);
  const locale = row.setup.locales[0] ?? 'en';
  return (await waysIn(services, tx, row)).flatMap((way) => (way.email && outstanding.has(way.id) ? [{ to: way.email, ...reminderLetter(locale, values(way)) }] : []));
};

/** Of what was refused only the reply codes are told: the server's words would name people who have not answered. */
const sendAll = async (mail: NonNullable<Services['mail']>, letters: readonly Addressed[], pauses: readonly number[]): Promise<{ left: number; codes: string }> => {
  const refused: MailFault[] = [];
  let later: { letter: Addressed; fault: MailFault }[] = [];
  const round = async (batch: readonly Addressed[]): Promise<void> => {
    later = [];
    for (const letter of batch) {
      const fault = await mail.send({ to: letter.to, subject: letter.subject, text: letter.body }).then(() => null, (error: unknown) => error);
      if (!(fault instanceof MailFault)) continue;
      if (fault.verdict === 'refused') refused.push(fault);
      else later.push({ letter, fault });
    }
  };
  await round(letters);
  for (const ms of pauses) {
    if (later.length === 0) break;
    await pause(ms);
    await round(later.map(({ letter }) => letter));
  }
  const faults = [...refused, ...later.map(({ fault }) => fault)];
  return { left: faults.length, codes: [...new Set(faults.map((fault) => fault.reply ?? '–'))].join(', ') };
};

const note = (services: Services, workspaceId: string, row: WaveRow, sent: number, failure: string | null) =>
  services.db.inWorkspace(workspaceId, (tx) => noteReminders(tx, { id: services.newId(), workspaceId, subject: row.name, waveId: row.id, createdAt: services.now(), sent, failure }));

const say = (key: 'reminder.partly' | 'reminder.unreachable', values: Record<string, string | number>): string => String(new IntlMessageFormat(message[key], 'en', undefined, { ignoreTag: true }).format(values));

/** Notes the occasion under the wave's lock. @returns false when it has been served, or is not due any more */
const claim = async (tx: WorkspaceTx, waveId: string, occasion: Occasion, now: Date): Promise<boolean> => {
  const row = await lockWave(tx, waveId);
  if (row?.state !== 'open' || !row.opensAt || !row.closesAt) return false;
  if (occasion.by === 'hand') {
    if (row.remindedAt && row.remindedAt >= occasion.at) return false;
    await setWave(tx, waveId, { remindedAt: now });
    return true;
  }
  const used = row.reminded ?? [];
  const due = dueReminders(row.setup.reminderDaysBefore, used, row.opensAt, row.closesAt, now);
  if (due.length === 0) return false;
  await setWave(tx, waveId, { reminded: [...used, ...due], remindedAt: now });
  return true;
};
