import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

export type Received = {
  from: string;
  to: string[];
  /** Names in lower case, values unfolded and decoded. */
  headers: Map<string, string[]>;
  subject: string;
  text: string;
  raw: string;
  secure: boolean;
  /** Who signed in, when somebody did. */
  user: string | null;
};

/** What the server answers to a recipient: nothing (taken), a refusal, or silence. */
export type Answer = { code: number; words: string } | 'silence' | null;

export type MailServer = {
  port: number;
  received: Received[];
  /** Recipients that were named, taken or not, in order. */
  asked: string[];
  /** Decides for each recipient; may be changed at any time. */
  answers: (recipient: string) => Answer;
  stop(): Promise<void>;
};

type Options = { port?: number; login?: { user: string; password: string }; tls?: boolean };

/** RFC 2047 words of a header, put together again. */
const decodeHeader = (value: string): string =>
  value.replace(/\?=\s+=\?/g, '?==?').replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, how: string, text: string) =>
    Buffer.from(how.toLowerCase() === 'b' ? text : fromQuoted(text.replaceAll('_', ' ')).toString('base64'), 'base64').toString('utf8'));

const fromQuoted = (text: string): Buffer =>
  Buffer.from(text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))), 'latin1');

const decodeBody = (body: string, encoding: string): string =>
  (encoding === 'base64' ? Buffer.from(body, 'base64') : encoding === 'quoted-printable' ? fromQuoted(body) : Buffer.from(body, 'latin1')).toString('utf8').replaceAll('\r\n', '\n').trim();

export const parseMail = (raw: string): Pick<Received, 'headers' | 'subject' | 'text'> => {
  const gap = raw.indexOf('\r\n\r\n');
  const headers = new Map<string, string[]>();
  for (const line of raw.slice(0, gap).replace(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), decodeHeader(line.slice(colon + 1).trim())]);
  }
  return { headers, subject: headers.get('subject')?.[0] ?? '', text: decodeBody(raw.slice(gap + 4), (headers.get('content-transfer-encoding')?.[0] ?? '7bit').toLowerCase()) };
};

const refusal = ({ code, words }: { code: number; words: string }): Error => Object.assign(new Error(words), { responseCode: code });

/** A mail server on this machine that speaks real SMTP. With `tls` it offers STARTTLS under a certificate nobody vouches for. */
export const startMailServer = async ({ port = 0, login, tls = false }: Options = {}): Promise<MailServer> => {
  const received: Received[] = [];
  const asked: string[] = [];
  const server = new SMTPServer({
    authOptional: !login, allowInsecureAuth: true, disabledCommands: [...(tls ? [] : ['STARTTLS']), ...(login ? [] : ['AUTH'])], disableReverseLookup: true, closeTimeout: 100, logger: false,
    onAuth: ({ username, password }, _session, done) => (username === login?.user && password === login?.password ? done(null, { user: username }) : done(refusal({ code: 535, words: 'Authentication failed' }))),
    onRcptTo: ({ address }, _session, done) => {
      asked.push(address);
      const answer = self.answers(address);
      if (answer === null) done();
      else if (answer !== 'silence') done(refusal(answer));
    },
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => void parts.push(part));
      stream.on('end', () => {
        received.push(letterOf(Buffer.concat(parts).toString('latin1'), session));
        done();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  const self: MailServer = {
    port: (server.server.address() as AddressInfo).port, received, asked, answers: () => null,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return self;
};

const letterOf = (raw: string, { envelope, secure, user }: SMTPServerSession): Received => ({
  from: envelope.mailFrom ? envelope.mailFrom.address : '', to: envelope.rcptTo.map(({ address }) => address), ...parseMail(raw), raw, secure, user: user ?? null,
});
