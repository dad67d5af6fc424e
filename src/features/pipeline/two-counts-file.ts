import { BOM, toCsv, type CsvValue } from '../../lib/csv';
import type { TwoCountsView } from './two-counts-contract';
import { linesOf, whyUntold } from './two-counts-lines';
import { countWord } from './two-counts-words';

const csvFile = (counted: TwoCountsView, day: string): File => {
  const rows: CsvValue[][] = linesOf(counted).map(({ row, label, figure, loss, changer }) => [label, loss ? -figure : figure, changer, countWord(`about.${row}`), whyUntold(counted, row)]);
  const head = (['row', 'leads', 'change', 'about', 'untold'] as const).map((name) => countWord(`csv.${name}`));
  return new File([BOM + toCsv([head, ...rows])], `two-counts-${day}.csv`, { type: 'text/csv;charset=utf-8' });
};

/** One slide or the rows as CSV, as the page shows them. */
export const twoCountsFile = async (counted: TwoCountsView, { format, workspaceName, day }: { format: 'pptx' | 'csv'; workspaceName: string; day: string }): Promise<File> => {
  if (format === 'csv') return csvFile(counted, day);
  const { twoCountsSlide } = await import('./two-counts-slide');
  const bytes = await twoCountsSlide(counted, { workspaceName, day });
  return new File([new Uint8Array(bytes)], `two-counts-${day}.pptx`, { type: 'application/vnd.openxmlformats-officedocument.presentationml.presentation' });
};
