import type { Drawing } from '../../../lib/charts/drawing';
import { dotPlot, type DotRow } from '../../../lib/charts/dot-plot';
import { heatMap, type HeatCell } from '../../../lib/charts/heat-map';
import { pairs, type PairRow } from '../../../lib/charts/pairs';
import { ticksFor, type ScoreScale } from '../../../lib/charts/score-axis';
import type { BandTone, Theme } from '../../../lib/charts/tokens';
import { FUNCTIONS, type FunctionName } from '../../../lib/vocabulary';
import type { Section } from '../domain/instrument';
import { isHidden, type GroupScore, type StatementResult, type WaveResults } from '../domain/results-view';
import { gapWord, sectionFinding, statementsFinding } from './findings';
import { blockName, blockOf, byGap, functionGroups, nameOf, partGroups, statementIn, stemOf, wasAsked, wordingOf, type Entry } from './sections';
import type { Texts } from './texts';

export type ChartContext = { results: WaveResults; texts: Texts; theme: Theme; width: number };

/** Axis of a section: the answer scale, or the span of sums; zones are the section's own bands. */
export const scaleOf = (section: Section, scale: { min: number; max: number }, texts: Texts): ScoreScale => {
  const factor = section.scoring === 'sum' ? section.statements.length : 1;
  const [min, max] = [scale.min * factor, scale.max * factor];
  let from = min;
  const zones = section.bands.map((band) => {
    const zone = { from, to: band.upTo ?? max, label: texts.of(band.label) };
    from = zone.to;
    return zone;
  });
  return { min, max, zones, ticks: ticksFor(min, max) };
};

export const toneOf = (section: Section, bandId: string): BandTone => {
  const index = section.bands.findIndex((band) => band.id === bandId);
  return index <= 0 ? 'low' : index === section.bands.length - 1 ? 'high' : 'middle';
};

export const functionWords = (texts: Texts): Record<FunctionName, string> => ({
  sales: texts.t('function.sales'),
  marketing: texts.t('function.marketing'),
  leadership: texts.t('function.leadership'),
});

const bandLabel = (section: Section, id: string, texts: Texts): string => {
  const band = section.bands.find((candidate) => candidate.id === id);
  return band ? texts.of(band.label) : id;
};

const dotRow = (name: FunctionName, group: GroupScore | undefined, entry: Entry, { results, texts }: ChartContext): DotRow => {
  const { section } = entry;
  const label = texts.t(`function.${name}`);
  if (!wasAsked(entry, results, name)) return { id: name, label, function: name, note: texts.t('label.notAsked'), absent: true };
  if (!group || isHidden(group.mean)) return { id: name, label, function: name, note: texts.t('hidden.cell') };
  const border = group.nearBorder.length > 0 ? `, ${texts.t('border.short')}` : '';
  return {
    id: name,
    label,
    function: name,
    mean: group.mean,
    interval: isHidden(group.ci95) ? undefined : group.ci95,
    n: group.n,
    note: `${texts.t('label.n', { n: group.n })}${border}`,
    band: isHidden(group.band) ? undefined : bandLabel(section, group.band, texts),
  };
};

/** Scores of the functions on the whole axis. */
export const toolChart = (entry: Entry, context: ChartContext): Drawing => {
  const { results, texts, theme, width } = context;
  const shown = functionGroups(entry, results);
  const rows = entry.section.audience.map((name) => dotRow(name, shown.find(({ block }) => block.function === name)?.group, entry, context));
  const word = gapWord(entry.result, texts);
  return dotPlot({
    theme,
    width,
    finding: sectionFinding(entry, results, texts),
    scale: scaleOf(entry.section, results.scale, texts),
    rows,
    bracket: word ? { fromRow: 'sales', toRow: 'marketing', text: word } : undefined,
    format: texts.score,
    columns: {
      group: texts.t('label.group'),
      score: texts.t(entry.section.scoring === 'sum' ? 'label.sum' : 'label.score'),
      interval: texts.t('stat.ci95'),
      n: 'n',
      band: texts.t('label.band'),
    },
    hidden: texts.t('hidden.cell'),
    formatInterval: (low, high) => texts.t('label.interval', { low, high }),
  });
};

/** Why a row carries no mark: kept back, or nobody of its audience was asked. */
export const nobodyShown = (entry: Entry, results: WaveResults, texts: Texts): string =>
  texts.t(FUNCTIONS.some((name) => wasAsked(entry, results, name)) ? 'hidden.cell' : 'label.notAsked');

const statementMarks = (statement: StatementResult, results: WaveResults): PairRow['marks'] =>
  FUNCTIONS.flatMap((name) => {
    const found = statement.groups.find((group) => {
      const block = blockOf(results, group.blockId);
      return block?.kind === 'function' && block.function === name;
    });
    return found && !isHidden(found.mean) ? [{ function: name, mean: found.mean }] : [];
  });

/** Statements of a section, widest gap first. */
export const statementsChart = (entry: Entry, { results, texts, theme, width }: ChartContext, part?: { from: number; to: number }): Drawing => {
  const { section } = entry;
  const both = section.audience.includes('sales') && section.audience.includes('marketing');
  const ordered = byGap(entry.result.statements).slice(part?.from, part?.to);
  const rows = ordered.flatMap((result): PairRow[] => {
    const statement = statementIn(section, result.statementId);
    if (!statement) return [];
    const marks = statementMarks(result, results);
    const gap = result.gap === undefined ? '–' : texts.score(Math.abs(result.gap));
    return [{ id: statement.id, label: wordingOf(statement, texts), marks, gap: both ? gap : '', note: marks.length === 0 ? nobodyShown(entry, results, texts) : undefined }];
  });
  const scale = { ...scaleOf({ ...section, scoring: 'mean' }, results.scale, texts) };
  const zones = section.scoring === 'sum' ? [{ from: scale.min, to: scale.max, label: '' }] : scale.zones;
  return pairs({
    theme,
    width,
    finding: statementsFinding(entry, texts),
    scale: { ...scale, zones },
    rows,
    format: texts.score,
    columns: { label: stemOf(section, texts) || texts.t('label.statement'), gap: both ? texts.t('label.gap') : '', functions: functionWords(texts) },
    hidden: texts.t('hidden.cell'),
  });
};

const heatCell = (entry: Entry, blockId: string): HeatCell => {
  const id = `${entry.section.id} ${blockId}`;
  const group = entry.result.groups.find((candidate) => candidate.blockId === blockId);
  if (!group) return { id, absent: true };
  if (isHidden(group.mean)) return { id, hidden: true };
  return { id, mean: group.mean, tone: entry.section.neutral || isHidden(group.band) ? 'neutral' : toneOf(entry.section, group.band) };
};

const heatFinding = (cells: HeatCell[][], smallestGap: number, texts: Texts): string => {
  const rows = cells.map((row) => row.flatMap((cell) => ('mean' in cell ? [cell.mean] : [])));
  const means = rows.flat();
  if (means.length === 0) return texts.t('chart.heat.hidden');
  const widest = Math.max(...rows.map((row) => (row.length > 0 ? Math.max(...row) - Math.min(...row) : 0)));
  const values = { low: texts.score(Math.min(...means)), high: texts.score(Math.max(...means)) };
  return texts.t(widest >= smallestGap ? 'chart.heat.differ' : 'chart.heat.alike', values);
};

/** Pixels under which a group's name no longer fits over its column. */
const NARROWEST_COLUMN = 64;

/** Sections by the groups below a function, as far as the tree allows; turned upright where columns would get too narrow. */
export const heatChart = (entries: Entry[], context: ChartContext, blockIds?: string[]): Drawing => {
  const { results, texts, theme, width } = context;
  const ids = blockIds ?? [...new Set(entries.flatMap((entry) => partGroups(entry, results).map(({ block }) => block.id)))];
  const asked = entries.filter((entry) => ids.some((id) => entry.result.groups.some((group) => group.blockId === id)));
  const cells = asked.map((entry) => ids.map((id) => heatCell(entry, id)));
  const sections = asked.map((entry) => nameOf(entry, texts));
  const groups = ids.map((id) => {
    const block = blockOf(results, id);
    return block ? blockName(block, texts, results) : id;
  });
  const upright = asked.length < ids.length && (width * 0.74) / Math.max(1, ids.length) < NARROWEST_COLUMN;
  return heatMap({
    theme,
    width,
    finding: heatFinding(cells, results.smallestGap, texts),
    rowLabels: upright ? groups : sections,
    columnLabels: upright ? sections : groups,
    cells: upright ? ids.map((_, column) => cells.flatMap((row) => row[column] ?? [])) : cells,
    format: texts.score,
    hidden: texts.t('hidden.cell'),
    corner: texts.t(upright ? 'label.group' : 'label.section'),
  });
};
