/**
 * Minutes to wait after the first, second, … try that failed for now. The first steps suit greylisting (RFC 6647 §5: minutes),
 * the last ones a server that is away for a day; the sum is two days and a half.
 */
const WAITS = [1, 5, 15, 30, 60, 120, 240, 480, 720, 1_440, 480];
const MINUTE_MS = 60_000;
const HELD_AFTER_MS = 2 * 24 * 60 * MINUTE_MS;

/** A sender that was cut off in the middle leaves its mail to others after so long. Longer than any one conversation lasts. */
export const CLAIM_MS = 10 * MINUTE_MS;

/** When to try again after `tries` that failed for now; null when it is time to give up. */
export const nextTry = (tries: number, now: Date): Date | null => {
  const wait = WAITS[tries - 1];
  return wait === undefined ? null : new Date(now.getTime() + wait * MINUTE_MS);
};

/**
 * Mails written before this moment and never tried are not sent by themselves any more: they waited without a mail server, and
 * their links were handed over by hand.
 */
export const heldBefore = (now: Date): Date => new Date(now.getTime() - HELD_AFTER_MS);
