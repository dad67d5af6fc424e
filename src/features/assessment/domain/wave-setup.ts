import type { FunctionName, Level, Locale } from '../../../lib/vocabulary';
import type { NodePath, TreeShape } from './tree.types';

/** Everything the set-up page decides; free to change until launch. Instants are ISO strings in UTC. */
export type WaveSetup = {
  instrumentId: string;
  instrumentVersion: string;
  toolIds: string[];
  functions: FunctionName[];
  /** Default 5, never under 3. Leadership may have its own, declared here and named on its page. */
  minimum: { general: number; leadership: number };
  /** Per function; the product proposes by level when there are enough managers. */
  shapes: Partial<Record<FunctionName, TreeShape>>;
  /** Groups somebody chose to merge before launch. */
  merges: { function: FunctionName; levels?: Level[]; territories?: string[] }[];
  /** Groups whose people draw a slip from a hat instead of getting a personal link. */
  bySlip?: NodePath[];
  expectedResponse: number;
  comments: boolean;
  opensAt: string | null;
  closesAt: string | null;
  locales: Locale[];
  /** Days before closing on which those outstanding are reminded. */
  reminderDaysBefore: number[];
  /** Smallest gap that matters, on the instrument's scale; null = 0.5 on 1-7, scaled by range/6. */
  smallestGap: number | null;
};

export const MINIMUM_FLOOR = 3;
export const MINIMUM_DEFAULT = 5;
