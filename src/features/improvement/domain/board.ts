import type { Watch } from './movement';

/** The one thing a board is asked for. */
export const ASKS = ['first', 'begin', 'objective', 'name_part', 'leadership_action', 'look_again', 'keep'] as const;
export type Ask = (typeof ASKS)[number];

export type Standing = {
  running: { hasObjective: boolean; leadershipNamed: boolean; leadershipOpen: boolean } | null;
  waiting: number;
  watched: readonly (Watch | null)[];
};

/** What is missing first: a problem, an aim, leadership's part; then its open action, a solved problem that slips; then to keep at it. */
export const askOf = ({ running, waiting, watched }: Standing): Ask => {
  if (!running) return watched.includes('slipping') ? 'look_again' : waiting > 0 ? 'begin' : 'first';
  if (!running.hasObjective) return 'objective';
  if (!running.leadershipNamed) return 'name_part';
  if (running.leadershipOpen) return 'leadership_action';
  return watched.includes('slipping') ? 'look_again' : 'keep';
};
