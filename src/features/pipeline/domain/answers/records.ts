import type { Side } from '../../../../lib/vocabulary';

/** A lead as the answers see it: plain values, so that a file and a database give the same. Times are milliseconds since 1970. */
export type AnswerLead = {
  id: string;
  /** The function that brought it in; null where nobody knows. */
  origin: Side | null;
  /** Blank is a source of its own. */
  source: string;
  outcome: 'won' | 'lost' | 'open';
  entered: number;
  decided: number | null;
  /** Whatever else is known, by column; a blank is null. */
  attributes: Readonly<Record<string, string | null>>;
};

/** One stay of a lead in a stage; re-entries are stays of their own. */
export type StageVisit = {
  lead: string;
  stage: string;
  from: number;
  /** Null while it is still there. */
  to: number | null;
  /** How the stay ended; null while it lasts. */
  end: 'forward' | 'back' | 'lost' | null;
  /** Why it was lost or sent back, in the workspace's own words. */
  reason: string | null;
};

/** Under this many leads a group is not told: its figures would be chance. */
export const MINIMUM_GROUP = 20;

/** Low and high end of a 95 % interval. */
export type Interval = [number, number];

/** `2024-Q3`: leads that came in together met the same market. */
export const quarterOf = (at: number): string => {
  const date = new Date(at);
  return `${date.getUTCFullYear()}-Q${Math.floor(date.getUTCMonth() / 3) + 1}`;
};
