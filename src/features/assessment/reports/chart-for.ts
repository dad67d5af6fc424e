import type { Drawing, Region, TableModel } from '../../../lib/charts/drawing';
import { themes, type ThemeName } from '../../../lib/charts/tokens';
import type { Locale } from '../../../lib/vocabulary';
import { renderSvg } from '../../../platform/charts/render';
import type { Instrument, Step } from '../domain/instrument';
import type { WaveResults } from '../domain/results-view';
import { heatChart, statementsChart, toolChart, type ChartContext } from './section-charts';
import { distributionChart, spreadsChart } from './spread-charts';
import { entriesOf, type Entry } from './sections';
import { textsIn } from './texts';
import { overviewChart, slopeChart, worldviewChart } from './wave-charts';

export const CHARTS = ['tool', 'statements', 'distribution', 'spreads', 'heat', 'slope', 'worldview', 'relationship', 'overview'] as const;
export type ChartName = (typeof CHARTS)[number];

export type ChartRequest = {
  chart: ChartName;
  /** Section id; for `tool`, `statements`, `distribution`, `slope`, and to narrow `heat` to one row. */
  section?: string;
  /** Tool id: its first section when no section is named; narrows `overview` and `heat`. */
  tool?: string;
  /** Narrows `heat` to several tools. */
  tools?: string[];
  /** For `statements` and `spreads`: only these of the sorted rows, `to` excluded; a slide holds about eight. */
  rows?: { from: number; to: number };
  /** Narrows `overview` to one of the three steps. */
  step?: Step;
  /** For `distribution`; absent = the statement with the widest gap. */
  statement?: string;
  /** `overview` with one row per section instead of one per tool. */
  bySection?: boolean;
  locale: Locale;
  theme: ThemeName;
  /** Pixels; kept between 320 and 1600. */
  width: number;
};

export type ChartAnswer = { svg: string; width: number; height: number; finding: string; table: TableModel; regions: Region[] };

const pick = (entries: Entry[], { section, tool }: ChartRequest): Entry | undefined =>
  entries.find((entry) => (section ? entry.section.id === section : entry.tool.id === tool));

const narrowed = (entries: Entry[], { section, tool, tools, step }: ChartRequest): Entry[] =>
  entries.filter(
    (entry) =>
      (!section || entry.section.id === section) && (!tool || entry.tool.id === tool) && (!tools || tools.includes(entry.tool.id)) && (!step || entry.tool.step === step),
  );

const draw = (entries: Entry[], request: ChartRequest, context: ChartContext, instrument: Instrument): Drawing | undefined => {
  const { texts } = context;
  if (request.chart === 'overview') return overviewChart(narrowed(entries, request), context, instrument, request.bySection ?? false);
  if (request.chart === 'heat') return heatChart(narrowed(entries, request).filter((entry) => entry.section.scoring === 'mean'), context);
  if (request.chart === 'worldview') return entries.some((entry) => entry.section.neutral) ? worldviewChart(entries, context) : undefined;
  const entry = request.chart === 'relationship' ? entries.find(({ section }) => section.scoring === 'sum') : pick(entries, request);
  if (!entry) return undefined;
  if (request.chart === 'statements') return statementsChart(entry, context, request.rows);
  if (request.chart === 'slope') return slopeChart(entry, context);
  const ends = { low: texts.of(instrument.scale.low), high: texts.of(instrument.scale.high) };
  if (request.chart === 'spreads') return spreadsChart(entry, context, ends, request.rows);
  return request.chart === 'distribution' ? distributionChart(entry, request.statement, context, ends) : toolChart(entry, context);
};

/**
 * One drawing of a wave's results, as page, paper and slide show it, with its finding as a sentence and its figures as a table.
 * Made from gated values only. `undefined` when the wave has no such section or nothing to compare with.
 */
export const chartFor = (results: WaveResults, instrument: Instrument, request: ChartRequest): ChartAnswer | undefined => {
  const width = Math.round(Math.min(1600, Math.max(320, request.width)));
  const context: ChartContext = { results, texts: textsIn(request.locale), theme: themes[request.theme], width };
  const drawing = draw(entriesOf(results, instrument), request, context, instrument);
  if (!drawing) return undefined;
  const { finding, table, regions, height } = drawing;
  return { svg: renderSvg(drawing), width: drawing.width, height, finding, table, regions };
};
