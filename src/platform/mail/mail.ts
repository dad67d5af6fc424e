import { createTransport } from 'nodemailer';
import type { Config } from '../config/config';

export type Letter = { to: string; subject: string; text: string; attachments?: { filename: string; content: string | Buffer; contentType: string }[] };

/** Sends one letter, or throws with the mail server's words. Without SMTP settings there is no sender. */
export type Mailer = { send(letter: Letter): Promise<void> } | null;

export const createMailer = (config: Config): Mailer => {
  if (!config.smtp) return null;
  const transport = createTransport({ url: config.smtp.url, pool: true, connectionTimeout: 10_000, disableFileAccess: true, disableUrlAccess: true });
  const { from } = config.smtp;
  return { send: async (letter) => void (await transport.sendMail({ from, ...letter })) };
};
