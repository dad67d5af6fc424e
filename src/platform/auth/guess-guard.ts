/**
 * Slows down guessing at one account without letting the guesser lock its owner out. Two counts, both in memory and of
 * failures: what one place (a browser that signed in here before, else a network address) tries on an account, and what all
 * places nobody has signed in from try on it together. Beyond a number that mistyping does not reach, each has to wait, at
 * most a minute. A browser that signed in before is counted for itself, so a flood from elsewhere does not hold it up (OWASP,
 * "Slow Down Online Guessing Attacks with Device Cookies"); who comes by a new one is let in by a new password sent by mail.
 * At the longest wait an account meets some 1,440 guesses a day, from however many addresses.
 */
export type Guess = { account: string; place: string; known: boolean };

export type GuessGuard = {
  /** Counts the try as failed until `passed` says otherwise. @returns milliseconds to wait; 0 when it may go ahead */
  admit(guess: Guess, now: Date): number;
  passed(guess: Guess): void;
  /** The owner has proved themselves otherwise. */
  forgive(account: string): void;
};

const FREE_AT_A_PLACE = 10;
const FREE_FROM_STRANGERS = 20;
/** Strangers' wait doubles after so many further tries: several of them may be the owner's. */
const STRANGERS_STEP = 10;
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 60_000;
const FORGOTTEN_AFTER_MS = 15 * 60_000;
const MOST_IN_A_SHELF = 10_000;

type Count = { tries: number; last: number };

const waitAfter = (doublings: number): number => Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(doublings, 10));

export const createGuessGuard = (): GuessGuard => {
  // Two shelves bound the memory: when the new one is full it becomes the old one, and what was not touched meanwhile is gone.
  let shelves: [Map<string, Count>, Map<string, Count>] = [new Map(), new Map()];
  const find = (key: string): Count | undefined => shelves[0].get(key) ?? shelves[1].get(key);
  const read = (key: string, at: number): Count => {
    const found = find(key);
    return found && at - found.last < FORGOTTEN_AFTER_MS ? found : { tries: 0, last: 0 };
  };
  const write = (key: string, count: Count): void => {
    if (shelves[0].size >= MOST_IN_A_SHELF) shelves = [new Map(), shelves[0]];
    shelves[0].set(key, count);
  };
  const drop = (key: string): void => shelves.forEach((shelf) => void shelf.delete(key));
  const left = ({ tries, last }: Count, free: number, step: number, at: number): number => (tries < free ? 0 : Math.max(0, last + waitAfter(Math.floor((tries - free) / step)) - at));
  const placeKey = ({ account, place, known }: Guess): string => `${known ? 'browser' : 'address'}|${place}|${account}`;
  const strangersKey = (account: string): string => `strangers|${account}`;
  return {
    admit: (guess, now) => {
      const at = now.getTime();
      const here = read(placeKey(guess), at);
      const strangers = read(strangersKey(guess.account), at);
      const wait = Math.max(left(here, FREE_AT_A_PLACE, 1, at), guess.known ? 0 : left(strangers, FREE_FROM_STRANGERS, STRANGERS_STEP, at));
      if (wait > 0) return wait;
      write(placeKey(guess), { tries: here.tries + 1, last: at });
      if (!guess.known) write(strangersKey(guess.account), { tries: strangers.tries + 1, last: at });
      return 0;
    },
    passed: (guess) => {
      drop(placeKey(guess));
      const strangers = find(strangersKey(guess.account));
      if (!guess.known && strangers) strangers.tries = Math.max(0, strangers.tries - 1);
    },
    forgive: (account) => drop(strangersKey(account)),
  };
};
