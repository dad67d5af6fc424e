import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '../platform/log/log';
import type { Mailer } from '../platform/mail/mail';
import { MailFault } from '../platform/mail/mail-fault';
import message from './messages.en.json';

/** Greylisting lets the second or third try through; the link is good for an hour. */
const PAUSES_MS = [30_000, 120_000, 300_000, 900_000];

/**
 * Sends the link for a new password. It is on its way before this returns, not delivered: waiting for the mail server would tell
 * the asker by the clock that the account exists. The link stands in memory only, so a restart loses it and the person asks again.
 */
export const accountMail = (mail: Mailer, log: Logger, pauses: readonly number[] = PAUSES_MS) => async (_kind: 'reset', to: string, link: string): Promise<void> => {
  if (!mail) {
    log.warn('a password reset was asked for, but no mail server is set up; print the link with: npm run lockstep -- reset-link EMAIL');
    return;
  }
  const letter = { to, subject: message['mail.reset.subject'], text: message['mail.reset.body'].replace('{link}', () => link) };
  void sendInTime(mail, letter, pauses).then((sent) => {
    if (!sent) log.error('a mail with a link for a new password was not taken by the mail server');
  });
};

const sendInTime = async (mail: NonNullable<Mailer>, letter: { to: string; subject: string; text: string }, pauses: readonly number[]): Promise<boolean> => {
  for (const wait of [0, ...pauses]) {
    await pause(wait, undefined, { ref: false });
    const fault: unknown = await mail.send(letter).then(() => null, (error: unknown) => error);
    if (fault === null) return true;
    if (fault instanceof MailFault && fault.verdict === 'refused') return false;
  }
  return false;
};
