import type { FunctionName } from '../../../lib/vocabulary';
import type { Instrument, Scale } from './instrument';
import type { WaveResults } from './results-view';
import type { Minimum, ShownBlock, TreeNode } from './tree.types';

/** Left open. */
export const BLANK = 0;
/** "Can't judge", as an unsigned byte; the same byte reads -1 when signed. */
export const CANNOT_JUDGE = 255;

/** Place of a rating's key, counted from 1 = scale.min: the byte that stands for it. */
export const codeOf = (rating: number, scale: Scale): number => rating - scale.min + 1;

/**
 * One person's answers after closing. `blockId` is the final block, or the leaf it came from (closed-tree.ts); `ratings` has one byte per statement in the
 * order of `sectionsFor(instrument, toolIds, function)`: 0 blank, 255 can't judge, else the place of the key from 1.
 */
export type ClosedAnswer = { function: FunctionName; blockId: string; ratings: Uint8Array | Int8Array };

/** A closed wave as stored: what every figure is computed from. */
export type ClosedWave = {
  wave: WaveResults['wave'];
  instrument: Instrument;
  toolIds: readonly string[];
  /** Reporting trees frozen at launch; they hold how many people were invited. */
  trees: readonly TreeNode[];
  minimum: Minimum;
  /** What the gate let out when the wave closed. */
  blocks: readonly ShownBlock[];
  answers: readonly ClosedAnswer[];
};

export type ResultsInput = ClosedWave & {
  /** On the instrument's scale; null = 0.5 on 1-7, scaled by range / 6. */
  smallestGap: number | null;
  comments: readonly { function: FunctionName; text: string }[];
  /** The wave before; `turnover` is the share of today's invited who were not invited then (0..1). */
  previous?: ClosedWave & { turnover: number };
};
