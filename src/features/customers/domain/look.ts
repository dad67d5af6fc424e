import { orderTally } from '../../../lib/civil';
import { FIELDS } from './fields';
import { decimalTally, proposeImport, type ImportMapping, type Sample } from './mapping';
import type { RowKind } from './fields';

/** What looking at a file left open about how its dates and numbers are written. */
export type Doubts = { dates: 'certain' | 'unclear' | 'mixed'; decimals: 'certain' | 'unclear' };

/** What is kept of looking at a file: a few cells of each column, what stays open, and whether somebody has said how it is meant. */
export type Looked = Doubts & { samples: string[][]; confirmed: boolean };

export const NOT_LOOKED: Looked = { samples: [], dates: 'certain', decimals: 'certain', confirmed: false };

const SHOWN_SAMPLES = 5;
const SHOWN_LENGTH = 120;

const samplesOf = ({ headings, rows }: Sample): string[][] =>
  headings.map((_, at) => [...new Set(rows.map((cells) => (cells[at] ?? '').trim()).filter((cell) => cell !== ''))].slice(0, SHOWN_SAMPLES).map((cell) => cell.slice(0, SHOWN_LENGTH)));

/** What the file probably holds, and what is kept of looking at it. A mapping of the same columns that somebody put in before leaves nothing to ask. */
export const lookAt = (sample: Sample, chosen: { kind?: RowKind; remembered?: ImportMapping; fileName?: string } = {}): { mapping: ImportMapping; looked: Looked } => {
  const { mapping, dates, decimals } = proposeImport(sample, chosen);
  return { mapping, looked: { samples: samplesOf(sample), dates, decimals, confirmed: chosen.remembered !== undefined && chosen.remembered.kind === mapping.kind } };
};

/** What only a person can say before the file is put in. */
export const toConfirm = ({ dates, decimals, confirmed }: Looked): ('dates' | 'decimals')[] => (confirmed ? [] : [...(dates === 'certain' ? [] : (['dates'] as const)), ...(decimals === 'certain' ? [] : (['decimals'] as const))]);

/** Watches every row of a file for what its first rows left open: one date in a million may settle the order of all. */
export const watchDoubts = (mapping: ImportMapping, looked: Looked) => {
  const open = new Set(toConfirm(looked));
  const at = (type: 'instant' | 'number'): number[] => mapping.columns.flatMap((column, index) => ((column.to === 'field' && FIELDS[column.field] === type) || (type === 'instant' && column.to === 'entered') ? [index] : []));
  const [dates, numbers] = [open.has('dates') ? at('instant') : [], open.has('decimals') ? at('number') : []];
  const [order, decimal] = [orderTally(), decimalTally()];
  return {
    see: (cells: readonly string[]): void => {
      for (const index of dates) order.add(cells[index] ?? '');
      for (const index of numbers) decimal.add(cells[index] ?? '');
    },
    /** How the whole file turned out to be written; `differs` when it was read otherwise so far. */
    settle: (): { mapping: ImportMapping; looked: Looked; differs: boolean } => {
      const [days, marks] = [order.result(), decimal.result()];
      const next: ImportMapping = { ...mapping, ...(open.has('dates') && days.told ? { dateOrder: days.order } : {}), ...(open.has('decimals') && marks.told ? { decimal: marks.decimal } : {}) };
      return {
        mapping: next,
        looked: { ...looked, ...(open.has('dates') ? { dates: days.certainty } : {}), ...(open.has('decimals') ? { decimals: marks.certain ? ('certain' as const) : ('unclear' as const) } : {}) },
        differs: next.dateOrder !== mapping.dateOrder || next.decimal !== mapping.decimal,
      };
    },
  };
};
