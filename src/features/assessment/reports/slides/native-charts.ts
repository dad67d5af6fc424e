import { themes } from '../../../../lib/charts/tokens';
import { FUNCTIONS } from '../../../../lib/vocabulary';
import { isHidden } from '../../domain/results-view';
import type { ReportContext } from '../request';
import { scaleOf } from '../section-charts';
import { functionGroups, type Entry } from '../sections';
import { FACE, hex, type Box, type Slide } from './deck';

const { functions, ink, ink3, hairline, mark } = themes.print;
const axisText = { catAxisLabelFontFace: FACE, catAxisLabelColor: hex(ink), valAxisLabelFontFace: FACE, valAxisLabelColor: hex(ink3), valAxisLabelFontSize: 12 };

/** Scores of the functions as an editable bar chart on the whole axis. Hidden functions have no row in its sheet. */
export const addScores = (slide: Slide, entry: Entry, context: ReportContext, box: Box): boolean => {
  const { results, texts } = context;
  const shown = functionGroups(entry, results).flatMap(({ block, group }) => (block.function && !isHidden(group.mean) ? [{ name: block.function, mean: group.mean, n: group.n }] : []));
  if (shown.length === 0) return false;
  // Bars are counted from the axis upward: the last row stands on top.
  shown.reverse();
  const scale = scaleOf(entry.section, results.scale, texts);
  slide.addChart(
    'bar',
    [{ name: texts.t('label.score'), labels: shown.map(({ name, n }) => `${texts.t(`function.${name}`)}, ${texts.t('label.n', { n })}`), values: shown.map(({ mean }) => mean) }],
    {
      ...box, ...axisText, barDir: 'bar', barGapWidthPct: 60, chartColors: shown.map(({ name }) => hex(functions[name].mark)),
      valAxisMinVal: scale.min, valAxisMaxVal: scale.max, valAxisMajorUnit: scale.max - scale.min > 12 ? 20 : 1, valGridLine: { color: hex(hairline), size: 0.75 },
      catAxisLabelFontSize: 14, valAxisLabelFormatCode: '0', showValue: true, dataLabelFormatCode: '0.0', dataLabelFontSize: 14,
      dataLabelFontBold: true, dataLabelColor: hex(ink), showLegend: false,
    },
  );
  return true;
};

/** Scores from wave to wave as an editable line chart, one line per function. */
export const addWaves = (slide: Slide, entry: Entry, context: ReportContext, box: Box): boolean => {
  const { results, texts } = context;
  const { change } = results;
  if (!change) return false;
  const lines = FUNCTIONS.flatMap((name) => {
    const block = results.blocks.find((candidate) => candidate.kind === 'function' && candidate.function === name);
    const found = change.sections.find((section) => section.sectionId === entry.section.id && section.blockId === block?.id);
    return found ? [{ name, values: [found.before, found.now] }] : [];
  });
  if (lines.length === 0) return false;
  const scale = scaleOf(entry.section, results.scale, texts);
  slide.addChart(
    'line',
    lines.map(({ name, values }) => ({ name: texts.t(`function.${name}`), labels: [change.previousName, results.wave.name], values })),
    {
      ...box, ...axisText, chartColors: lines.map(({ name }) => hex(functions[name].mark)), lineSize: 2, lineDataSymbolSize: 9, valAxisMinVal: scale.min, valAxisMaxVal: scale.max,
      valAxisMajorUnit: scale.max - scale.min > 12 ? 20 : 1, valAxisLabelFormatCode: '0', valGridLine: { color: hex(hairline), size: 0.75 }, showValue: true, dataLabelFormatCode: '0.0', dataLabelPosition: 't',
      dataLabelFontSize: 12, showLegend: true, legendPos: 'b', legendFontFace: FACE, legendFontSize: 12, legendColor: hex(ink), catAxisLabelFontSize: 12,
    },
  );
  return true;
};

/** Own role against own role as an editable scatter chart. */
export const addRoles = (slide: Slide, context: ReportContext, box: Box): boolean => {
  const { results, texts } = context;
  const divide = results.culturalDivide;
  if (!divide) return false;
  const { min, max } = results.scale;
  slide.addChart(
    'scatter',
    [
      { name: texts.t('divide.axis.sales'), values: [divide.salesOwnRole.mean] },
      { name: texts.t('divide.axis.marketing'), values: [divide.marketingOwnRole.mean] },
    ],
    {
      ...box, ...axisText, chartColors: [hex(ink)], lineSize: 0, lineDataSymbol: 'square', lineDataSymbolSize: 14, valAxisMinVal: min, valAxisMaxVal: max, valAxisMajorUnit: 1,
      catAxisMinVal: min, catAxisMaxVal: max, catAxisMajorUnit: 1, catLabelFormatCode: '0', valAxisLabelFormatCode: '0', catAxisLabelFontSize: 12,
      valGridLine: { color: hex(hairline), size: 0.75 }, catGridLine: { color: hex(hairline), size: 0.75 }, catAxisLineColor: hex(mark),
      showCatAxisTitle: true, catAxisTitle: texts.t('divide.axis.sales'), catAxisTitleColor: hex(functions.sales.text), catAxisTitleFontSize: 12,
      showValAxisTitle: true, valAxisTitle: texts.t('divide.axis.marketing'), valAxisTitleColor: hex(functions.marketing.text), valAxisTitleFontSize: 12,
      showLegend: false,
    },
  );
  return true;
};
