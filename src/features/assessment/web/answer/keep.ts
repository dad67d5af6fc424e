import type { OpenResponse } from '../../answer-contract';
import type { Answers } from './parts';

/** Where in the questionnaire somebody is; a number is a part, from 0. */
export type Place = 'start' | number | 'comment' | 'review';

/** The ballot, base64url. `inverse` undoes the blinding; `sig` is there once it was picked up. */
export type KeptBallot = { prefix: string; blinded?: string; inverse?: string; sig?: string };

/** All that is kept on the device for one invitation. */
export type Kept = {
  answers: Answers;
  comment: string;
  place: Place;
  ballot?: KeptBallot;
  /** Send was pressed and the server has not said yet that it has the answers. */
  sending?: boolean;
  received?: boolean;
  /** So that the page opens without a connection, and own answers can be read after the survey has closed. */
  opened?: OpenResponse;
};

export const NOTHING: Kept = { answers: {}, comment: '', place: 'start' };

/** Where the page keeps things; `undefined` when the browser refuses. */
export const deviceStorage = (kiosk: boolean): Storage | undefined => {
  try {
    const storage = kiosk ? sessionStorage : localStorage;
    storage.setItem('lockstep-answer:probe', '1');
    storage.removeItem('lockstep-answer:probe');
    return storage;
  } catch {
    return undefined;
  }
};

export type Keeper = {
  /** What is kept now, another tab's writing included. */
  read(): Kept;
  /** False when it could not be kept beyond this page. */
  write(kept: Kept): boolean;
  forget(): void;
  /** Another tab wrote. Returns the way to stop listening. */
  onForeignWrite(listener: () => void): () => void;
};

/** Keeps one invitation's record, in memory as well, so that a full or refused storage loses nothing while the page is open. */
export const keeperFor = (storage: Storage | undefined, key: string): Keeper => {
  let memory: Kept = NOTHING;
  let stored = storage !== undefined;
  return {
    read() {
      if (!storage || !stored) return memory;
      const text = storage.getItem(key);
      try {
        memory = text ? { ...NOTHING, ...(JSON.parse(text) as Partial<Kept>) } : NOTHING;
      } catch {
        memory = NOTHING;
      }
      return memory;
    },
    write(kept) {
      memory = kept;
      try {
        storage?.setItem(key, JSON.stringify(kept));
        stored = storage !== undefined;
      } catch {
        stored = false;
      }
      return stored;
    },
    forget() {
      memory = NOTHING;
      storage?.removeItem(key);
    },
    onForeignWrite(listener) {
      const heard = (event: StorageEvent) => {
        if (event.key === key || event.key === null) listener();
      };
      addEventListener('storage', heard);
      return () => removeEventListener('storage', heard);
    },
  };
};
