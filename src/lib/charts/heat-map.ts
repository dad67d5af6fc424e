import type { Drawing, FormatNumber, Frame, Region } from './drawing';
import type { Mark, Plot } from './marks';
import { plotOption, textLines } from './marks';
import { wrap } from './text-width';
import { SIZE, type BandTone } from './tokens';

export type HeatCell = { id: string; mean: number; tone: BandTone | 'neutral' } | { id: string; hidden: true } | { id: string; absent: true };

export type HeatMapInput = Frame & {
  rowLabels: string[];
  columnLabels: string[];
  /** One row of cells per row label. */
  cells: HeatCell[][];
  format: FormatNumber;
  hidden: string;
  corner: string;
};

const ROW = 34;
const LEAST_HEAD = 42;
const LINE = 15;

const cellMarks = (cell: HeatCell, column: number, y: number, input: HeatMapInput): Mark[] => {
  const { theme } = input;
  const from = { x: column, y, dx: 1, dy: 1 };
  const to = { x: column + 1, y: y + ROW, dx: -1, dy: -1 };
  if ('absent' in cell) return [];
  if ('hidden' in cell) return [{ kind: 'hatch', from, to, color: theme.mark, fill: theme.ground }];
  const tone = cell.tone === 'neutral' ? { fill: theme.surface, text: theme.ink } : theme.bands[cell.tone];
  return [
    { kind: 'box', from, to, fill: tone.fill },
    { kind: 'text', at: { x: column + 0.5, y: y + ROW / 2 }, text: input.format(cell.mean), color: tone.text, weight: 600, align: 'center' },
  ];
};

/** Scores of groups as figures on grey: strongest contrast asks for a look; a hidden cell is hatched, never empty. */
export const heatMap = (input: HeatMapInput): Drawing => {
  const { theme, width, rowLabels, columnLabels, cells } = input;
  const columns = Math.max(1, columnLabels.length);
  const labelWidth = Math.max(width * 0.26, Math.min(200, width - columns * 120));
  const columnWidth = (width - labelWidth - 4) / columns;
  const headings = columnLabels.map((label) => wrap(label, columnWidth - 8, SIZE.meta, 5, 600));
  const HEAD = Math.max(LEAST_HEAD, Math.max(0, ...headings.map((lines) => lines.length)) * LINE + 12);
  const plot: Plot = { left: labelWidth, top: HEAD, width: width - labelWidth - 4, height: rowLabels.length * ROW, x: { min: 0, max: columns } };
  const marks: Mark[] = [];
  const regions: Region[] = [];
  headings.forEach((lines, i) => {
    // Headings of any length stand on the first row.
    marks.push(...textLines(lines, { x: i + 0.5, y: 0, dy: -8 - (lines.length * LINE) / 2 }, { leading: LINE, color: theme.ink2, size: SIZE.meta, weight: 600, align: 'center' }));
  });
  rowLabels.forEach((label, r) => {
    const y = r * ROW;
    marks.push(...textLines(wrap(label, labelWidth - 16, SIZE.table, 2), { x: 0, y: y + ROW / 2, dx: -labelWidth + 4 }, { color: theme.ink, leading: 15 }));
    (cells[r] ?? []).forEach((cell, c) => {
      marks.push(...cellMarks(cell, c, y, input));
      const x = labelWidth + (c * plot.width) / columns;
      if (!('absent' in cell)) regions.push({ id: cell.id, label: `${label}, ${columnLabels[c] ?? ''}`, x, y: HEAD + y, width: plot.width / columns, height: ROW });
    });
  });
  const legend: Mark[] = cells.flat().some((cell) => 'hidden' in cell)
    ? [
        { kind: 'hatch', from: { x: 0, y: plot.height, dx: -labelWidth + 4, dy: 12 }, to: { x: 0, y: plot.height, dx: -labelWidth + 24, dy: 24 }, color: theme.mark, fill: theme.ground },
        { kind: 'text', at: { x: 0, y: plot.height, dx: -labelWidth + 32, dy: 18 }, text: input.hidden, color: theme.ink3, size: SIZE.meta },
      ]
    : [];
  const value = (cell: HeatCell | undefined) => (!cell || 'absent' in cell ? null : 'hidden' in cell ? input.hidden : input.format(cell.mean));
  return {
    option: plotOption(plot, [{ name: 'cells', marks }, { name: 'legend', marks: legend }], theme),
    width,
    height: HEAD + plot.height + (legend.length > 0 ? 32 : 8),
    finding: input.finding,
    table: { columns: [input.corner, ...columnLabels], rows: rowLabels.map((label, r) => [label, ...columnLabels.map((_, c) => value(cells[r]?.[c]))]) },
    regions,
  };
};
