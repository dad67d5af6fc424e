/**
 * What became of a letter that was not taken. `refused`: the server said no for good to this letter (5xx, RFC 5321 §4.2.1).
 * `later`: not now (4xx, as greylisting does, RFC 6647). `unreachable`: no conversation came about at all (no connection, TLS,
 * sign-in, silence), which says nothing about the letter and would meet the next one as well.
 */
export type MailVerdict = 'refused' | 'later' | 'unreachable';

export class MailFault extends Error {
  override name = 'MailFault';
  constructor(
    /** The server's words, without links; they may quote the recipient's address. */
    message: string,
    readonly verdict: MailVerdict,
    /** Reply code of RFC 5321 §4.2, when the server gave one. */
    readonly reply: number | null,
  ) {
    super(message);
  }
}

const LONGEST = 300;
const ABOUT_THE_LETTER = new Set(['EENVELOPE', 'EMESSAGE']);

const field = (error: unknown, name: string): unknown => (typeof error === 'object' && error !== null && name in error ? (error as Record<string, unknown>)[name] : undefined);

/** Links are the way in, so they are cut out of whatever the server quotes back. */
export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown').replace(/https?:\S+/g, '[link]').replace(/\s+/g, ' ').trim().slice(0, LONGEST);

/** Reads a failure of the mail library. */
export const mailFault = (error: unknown): MailFault => {
  const [code, reply] = [field(error, 'code'), field(error, 'responseCode')];
  const answer = typeof reply === 'number' ? reply : null;
  const about = typeof code === 'string' && ABOUT_THE_LETTER.has(code);
  const verdict: MailVerdict = !about ? 'unreachable' : answer !== null && answer < 500 ? 'later' : 'refused';
  return new MailFault(wordsOf(error), verdict, answer);
};
