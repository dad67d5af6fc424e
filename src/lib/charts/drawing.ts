import type { EChartsOption } from 'echarts';
import type { Theme } from './tokens';

/**
 * What every chart builder returns: an ECharts option with its size in pixels, the finding in one sentence, the same
 * figures as a table, and the places a pointer or a keyboard may open.
 */
export type Drawing = {
  option: EChartsOption;
  width: number;
  height: number;
  finding: string;
  table: TableModel;
  regions: Region[];
};

/** Texts are already in the reader's language; figures are rounded as shown. */
export type TableModel = { columns: string[]; rows: (string | number | null)[][] };

/** A row or cell that opens what lies behind it, in pixels from the top left. */
export type Region = { id: string; label: string; x: number; y: number; width: number; height: number };

/** What all charts are told. */
export type Frame = { theme: Theme; width: number; finding: string };

/** "3.1": one decimal, always; decimal mark of the reader's language. */
export type FormatNumber = (value: number) => string;
