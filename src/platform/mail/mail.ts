import { createTransport } from 'nodemailer';
import type { Config } from '../config/config';
import { mailFault } from './mail-fault';

/** `id` makes a second try recognisable: receivers that compare Message-IDs (RFC 5322 §3.6.4) show one mail. */
export type Letter = { to: string; subject: string; text: string; id?: string };

/** Without SMTP settings there is no sender. */
export type Mailer = {
  /** Sends one letter. @throws MailFault, which says whether trying again may help */
  send(letter: Letter): Promise<void>;
  /** Connects and signs in without sending anything. @throws MailFault */
  reach(): Promise<void>;
  close(): void;
} | null;

export type MailTimes = { connectMs: number; silenceMs: number; wholeMs: number };

/** RFC 5321 §4.5.3.2 grants a server minutes; a person waits for the outbox, and what was given up is tried again later. */
const TIMES: MailTimes = { connectMs: 10_000, silenceMs: 30_000, wholeMs: 120_000 };

export const createMailer = (config: Pick<Config, 'smtp' | 'baseUrl'>, times: MailTimes = TIMES): Mailer => {
  if (!config.smtp) return null;
  const { from, url } = config.smtp;
  const transport = createTransport({
    url, pool: true, maxConnections: 2, maxRequeues: 0, connectionTimeout: times.connectMs, greetingTimeout: times.connectMs, socketTimeout: times.silenceMs,
    disableFileAccess: true, disableUrlAccess: true,
  });
  const domain = new URL(config.baseUrl).hostname;
  const inTime = async <T>(work: Promise<T>): Promise<T> => {
    let late: NodeJS.Timeout | undefined;
    const deadline = new Promise<never>((_, reject) => {
      late = setTimeout(() => reject(Object.assign(new Error('The mail server did not finish in time.'), { code: 'ETIMEDOUT' })), times.wholeMs);
    });
    return Promise.race([work, deadline]).catch((error: unknown) => Promise.reject(mailFault(error))).finally(() => clearTimeout(late));
  };
  return {
    send: async ({ to, subject, text, id }) => {
      // The address is handed over whole: a comma or an angle bracket in it must not become a second recipient.
      const letter = { from, to: { name: '', address: to }, subject: subject.replace(/\s+/g, ' '), text, headers: { 'Auto-Submitted': 'auto-generated' } };
      await inTime(transport.sendMail({ ...letter, ...(id ? { messageId: `<${id}@${domain}>` } : {}) }));
    },
    reach: async () => void (await inTime(transport.verify())),
    close: () => transport.close(),
  };
};
