import { appendFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { killLog } from '../config/testing';

export interface KillNote {
  killed: 'application' | 'database';
  during: string;
  kills: number;
  /** Further counts of that loop; `lost`: acknowledged things that were missing afterwards. */
  [count: string]: number | string;
}

/** Adds what a finished loop saw to the log of a long run; nothing in ordinary runs. */
export const noteKills = (note: KillNote): void => {
  const file = killLog();
  if (file) appendFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), ...note, load: Number(loadavg()[0]?.toFixed(1)) })}\n`);
};

/** Milliseconds a loop of that many kills may take, slow machines included. */
export const patienceFor = (kills: number): number => 90_000 + kills * 15_000;
