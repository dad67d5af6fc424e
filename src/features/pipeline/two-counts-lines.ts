import { rowLabel } from './domain/count-labels';
import { CHANGER, type DisputedRow } from './domain/reconcile';
import type { TwoCountsView } from './two-counts-contract';
import { countWord } from './two-counts-words';

export type CountLine = { row: DisputedRow; label: string; figure: number; loss: boolean; changer: string | null };

/** The nine rows in their order, worded; losses are negative in words only where they are drawn. */
export const linesOf = (counted: TwoCountsView): CountLine[] => {
  const line = (row: DisputedRow, figure: number): CountLine => {
    const loss = row in CHANGER;
    return {
      row, figure, loss, changer: loss ? countWord(`change.${CHANGER[row as keyof typeof CHANGER]}`) : null,
      label: countWord(rowLabel(row, { rule: counted.rule, worked: counted.counts.worked, daysAssumed: counted.daysAssumed }), { days: counted.counts.dueDays }),
    };
  };
  return [line('passed', counted.passed), ...counted.rows.map(({ row, leads }) => line(row, leads)), line('worked', counted.worked)];
};

export const whyUntold = (counted: TwoCountsView, row: DisputedRow): string =>
  counted.gaps.filter((gap) => gap.rows.includes(row)).map((gap) => `${countWord(`missing.${gap.missing}`)} ${gap.columns.map(({ system, heading }) => `${system}: ${heading}`).join('; ')}`).join(' ');
