import type { Drawing } from '../../../lib/charts/drawing';
import { pairs, type PairRow } from '../../../lib/charts/pairs';
import { ticksFor, type ScoreScale } from '../../../lib/charts/score-axis';
import { slope } from '../../../lib/charts/slope';
import { worldviewMatrix } from '../../../lib/charts/worldview';
import { FUNCTIONS } from '../../../lib/vocabulary';
import type { Instrument } from '../domain/instrument';
import { isHidden, type WaveResults } from '../domain/results-view';
import { countsLine, gapWord, leadFinding } from './findings';
import { functionWords, nobodyShown, scaleOf, type ChartContext } from './section-charts';
import { functionGroups, nameOf, type Entry } from './sections';
import type { Texts } from './texts';

/** Low, middle, high in plain words, at the cuts of the first section that has three bands. */
const commonScale = (entries: Entry[], results: WaveResults, texts: Texts): ScoreScale => {
  const { min, max } = results.scale;
  const section = entries.find((entry) => entry.section.scoring === 'mean' && entry.section.bands.length === 3)?.section;
  const words = [texts.t('label.bandLow'), texts.t('label.bandMiddle'), texts.t('label.bandHigh')];
  const zones = section ? scaleOf(section, results.scale, texts).zones.map((zone, i) => ({ ...zone, label: words[i] ?? zone.label })) : [{ from: min, to: max, label: '' }];
  return { min, max, zones, ticks: ticksFor(min, max) };
};

const marksOf = (entry: Entry, results: WaveResults): PairRow['marks'] =>
  functionGroups(entry, results).flatMap(({ block, group }) => (block.function && !isHidden(group.mean) ? [{ function: block.function, mean: group.mean }] : []));

const sectionRow = (entry: Entry, results: WaveResults, texts: Texts): PairRow => {
  const marks = marksOf(entry, results);
  return { id: entry.section.id, label: nameOf(entry, texts), marks, gap: gapWord(entry.result, texts), note: marks.length === 0 ? nobodyShown(entry, results, texts) : undefined };
};

/** One row per tool: of several sections the one with the widest gap; worldview shows both own roles. */
const toolRows = (entries: Entry[], results: WaveResults, texts: Texts): PairRow[] => {
  const tools = [...new Set(entries.map((entry) => entry.tool))];
  return tools.map((tool) => {
    const own = entries.filter((entry) => entry.tool === tool);
    if (own.every((entry) => entry.section.neutral)) {
      const marks = own.filter((entry) => ['1a', '1c'].includes(entry.section.id)).flatMap((entry) => marksOf(entry, results));
      return { id: tool.id, label: texts.of(tool.title), marks, gap: '', note: marks.length === 0 ? texts.t('hidden.cell') : undefined };
    }
    const [widest] = [...own].sort((a, b) => Math.abs(b.result.gap?.difference ?? -1) - Math.abs(a.result.gap?.difference ?? -1));
    return widest ? { ...sectionRow(widest, results, texts), id: tool.id } : { id: tool.id, label: texts.of(tool.title), marks: [], gap: '' };
  });
};

/** The whole assessment at a glance: a row per tool, or per section when `bySection`. */
export const overviewChart = (entries: Entry[], context: ChartContext, instrument: Instrument, bySection: boolean): Drawing => {
  const { results, texts, theme, width } = context;
  const rated = entries.filter((entry) => entry.section.scoring === 'mean');
  const rows = bySection ? rated.map((entry) => sectionRow(entry, results, texts)) : toolRows(rated, results, texts);
  return pairs({
    theme,
    width,
    finding: [leadFinding(results, instrument, texts), countsLine(results, instrument, texts)].filter(Boolean).join(' '),
    scale: commonScale(entries, results, texts),
    rows,
    format: texts.score,
    columns: { label: texts.t('label.section'), gap: texts.t('label.gap'), functions: functionWords(texts) },
    hidden: texts.t('hidden.cell'),
    compact: true,
    labelShare: width < 480 ? 0.38 : 0.3,
  });
};

/** A section's score then and now, of the whole functions both waves show. */
export const slopeChart = (entry: Entry, { results, texts, theme, width }: ChartContext): Drawing | undefined => {
  const { change } = results;
  const moved = change?.sections.filter((section) => section.sectionId === entry.section.id) ?? [];
  const lines = FUNCTIONS.flatMap((name) => {
    const block = results.blocks.find((candidate) => candidate.kind === 'function' && candidate.function === name);
    const found = block && moved.find((section) => section.blockId === block.id);
    return found ? [{ id: name, label: texts.t(`function.${name}`), function: name, values: [found.before, found.now] }] : [];
  });
  if (!change || lines.length === 0) return undefined;
  return slope({
    theme,
    width,
    finding: texts.t('chart.slope.title', { section: nameOf(entry, texts) }),
    scale: scaleOf(entry.section, results.scale, texts),
    waves: [change.previousName, results.wave.name],
    lines,
    format: texts.score,
    columns: { group: texts.t('label.group') },
    hidden: texts.t('hidden.cell'),
  });
};

/** Own role against own role; neutral, since no corner is the right one. */
export const worldviewChart = (entries: Entry[], { results, texts, theme, width }: ChartContext): Drawing => {
  const divide = results.culturalDivide;
  return worldviewMatrix({
    theme,
    width,
    finding: divide ? texts.t(`divide.${divide.finding}`) : texts.t('chart.worldview.title'),
    scale: commonScale(entries, results, texts),
    point: divide ? { sales: divide.salesOwnRole.mean, marketing: divide.marketingOwnRole.mean } : undefined,
    axes: { sales: texts.t('divide.axis.sales'), marketing: texts.t('divide.axis.marketing') },
    corners: {
      highHigh: texts.t('chart.corner.highHigh'),
      salesHigh: texts.t('chart.corner.salesHigh'),
      marketingHigh: texts.t('chart.corner.marketingHigh'),
      lowLow: texts.t('chart.corner.lowLow'),
    },
    format: texts.score,
    hidden: texts.t('hidden.cell'),
    columns: { role: texts.t('label.section'), score: texts.t('label.score') },
  });
};
