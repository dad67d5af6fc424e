import type { AnswerError, AnswerErrorCode } from './answer-contract';

const STATUS: Record<AnswerErrorCode, 400 | 403 | 404 | 409 | 410 | 429 | 503> = { unknown_link: 404, not_open_yet: 403, closed: 410, other_device: 409, malformed: 400, busy: 503 };

const WORDS: Record<AnswerErrorCode, string> = {
  unknown_link: 'This link or code belongs to no open survey. Nothing was saved. Check it against the mail or slip it came with.',
  not_open_yet: 'This survey has not opened yet. Nothing was saved.',
  closed: 'This survey has closed. Nothing was saved.',
  other_device: 'The ballot of this link was picked up on another device. Nothing was saved here. Go on there, or ask whoever sent you the link.',
  malformed: 'The request was not understood. Nothing was saved.',
  busy: 'The server cannot take this just now. Nothing was saved. Try again in a moment.',
};

/** A refusal towards a respondent. Carries nothing of the request. */
export class AnswerFault extends Error {
  override name = 'AnswerFault';
  readonly status: (typeof STATUS)[AnswerErrorCode] | 429;
  constructor(
    readonly code: AnswerErrorCode,
    private readonly more: { opensAt?: string; tooMany?: boolean } = {},
  ) {
    super(code);
    this.status = more.tooMany ? 429 : STATUS[code];
  }
  body(): AnswerError {
    return { error: { code: this.code, message: WORDS[this.code], ...(this.more.opensAt ? { opensAt: this.more.opensAt } : {}) } };
  }
}
