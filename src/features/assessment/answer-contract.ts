import type { FunctionName, Locale, Localized } from '../../lib/vocabulary';

/**
 * What the answering page and the server say to each other (design: blind ballots, RFC 9474).
 * Plain types: the page is too light for a schema library, the server validates by hand.
 * Bytes travel as unpadded base64url. Nothing here tells whether anybody has answered.
 */

/**
 * POST /api/answer/open, either with a link's two parts or with the typed short code: 12 characters of Crockford's base32
 * (0-9 A-Z without I L O U), 60 bits; the page has already folded case, O to 0, I and L to 1, and dropped spaces and dashes.
 */
export type OpenRequest = { wave: string; token: string } | { code: string };

/** One leaf of the frozen reporting tree in the wave's public list; the same list for everybody in the wave. */
export type PublicLeaf = {
  leaf: string;
  /** People invited in this leaf. */
  invited: number;
  /** The leaf's public key: DER SubjectPublicKeyInfo, RSA 2048 bit, e = 65537. */
  spki: string;
};

export type RespondentStatement = { id: string; text: Localized };

/** A section in the wording this person's function reads. */
export type RespondentSection = {
  id: string;
  toolId: string;
  toolTitle: Localized;
  /** The words before each statement; absent when statements stand alone. */
  stem?: Localized;
  statements: RespondentStatement[];
};

export type OpenResponse = {
  wave: string;
  /** Given back so that a person who typed the short code goes on exactly as with the link. */
  token: string;
  workspaceName: string;
  title: string;
  /** ISO instants. `opensOn` (when the facilitator planned it): day on which results are opened, may be absent. */
  closesAt: string;
  /** It has closed: only a ballot that a device picked up before is still taken. */
  closing?: true;
  resultsOn?: string;
  locales: Locale[];
  leaf: { id: string; label: Localized; invited: number; function: FunctionName };
  /** The minimum group that holds for this person's function. */
  minimum: number;
  list: PublicLeaf[];
  /** Hash of `list` as the server knows it; the page computes its own and compares (domain/public-list.ts). */
  h: string;
  /** `h` as four words; the page derives them itself and refuses when they differ. */
  words: string[];
  comments: boolean;
  /** True for slips drawn from a hat: the device is shared, nothing may stay on it. */
  kiosk?: boolean;
  minutes: number;
  scale: { min: number; max: number; low: Localized; high: Localized };
  sections: RespondentSection[];
};

/** POST /api/answer/ballot. The same `blinded` may be asked for again and is signed again. */
export type BallotRequest = { wave: string; token: string; blinded: string };
export type BallotResponse = { signature: string };

/** The answer to a statement is the place of the key, counted from 1 = scale.min; 0 = left open; -1 = cannot judge. */
export const OPEN = 0;
export const CANNOT_JUDGE = -1;

/** POST /api/answer, without credentials and without the token. May be repeated; the first counts. */
export type AnswerRequest = {
  wave: string;
  leaf: string;
  /** The ballot's 32 random bytes. */
  prefix: string;
  sig: string;
  /** In the order of `sections`, then of their statements. */
  answers: number[];
  /** At most COMMENT_MAX characters; kept apart from the answers after closing. */
  comments?: string;
};
export type AnswerResponse = { received: true };

export const COMMENT_MAX = 2000;

/**
 * Every refusal is `{ error: { code, message } }`, message in English for whoever reads it raw; the page has its own words per code.
 * unknown_link 404 · not_open_yet 403 (with `opensAt`) · closed 410 · other_device 409 · malformed 400 · busy 429/503 (try again).
 */
export type AnswerErrorCode = 'unknown_link' | 'not_open_yet' | 'closed' | 'other_device' | 'malformed' | 'busy';
export type AnswerError = { error: { code: AnswerErrorCode; message: string; opensAt?: string } };
