import { distribution, type SpreadRow } from '../../../lib/charts/distribution';
import type { Drawing } from '../../../lib/charts/drawing';
import { spreads } from '../../../lib/charts/spreads';
import type { FunctionName } from '../../../lib/vocabulary';
import { isHidden, type StatementResult, type WaveResults } from '../domain/results-view';
import type { ChartContext } from './section-charts';
import { blockOf, byGap, nameOf, statementIn, stemOf, wasAsked, wordingOf, type Entry } from './sections';

type Ends = { low: string; high: string };

const spreadIn = (result: StatementResult, results: WaveResults, name: FunctionName) => {
  const group = result.groups.find(({ blockId }) => {
    const block = blockOf(results, blockId);
    return block?.kind === 'function' && block.function === name;
  });
  return group && !isHidden(group.distribution) ? group.distribution : undefined;
};

const rowOf = (entry: Entry, result: StatementResult, name: FunctionName, { results, texts }: ChartContext): SpreadRow => {
  const coarse = [texts.t('label.coarseLow'), texts.t('label.coarseMiddle'), texts.t('label.coarseHigh')];
  const keys = Array.from({ length: results.scale.max - results.scale.min + 1 }, (_, i) => String(results.scale.min + i));
  const spread = spreadIn(result, results, name);
  const absent = !wasAsked(entry, results, name);
  return { id: name, label: texts.t(`function.${name}`), function: name, counts: spread?.counts, classes: spread?.kind === 'coarse' ? coarse : keys, note: texts.t(absent ? 'label.notAsked' : 'hidden.cell'), absent };
};

/** How the answers to one statement spread, per function. */
export const distributionChart = (entry: Entry, statementId: string | undefined, context: ChartContext, ends: Ends): Drawing | undefined => {
  const { texts, theme, width } = context;
  const result = statementId ? entry.result.statements.find((candidate) => candidate.statementId === statementId) : byGap(entry.result.statements)[0];
  const statement = result && statementIn(entry.section, result.statementId);
  if (!result || !statement) return undefined;
  return distribution({
    theme,
    width,
    finding: texts.t('chart.distribution.title', { statement: wordingOf(statement, texts) }),
    rows: entry.section.audience.map((name) => rowOf(entry, result, name, context)),
    ends,
    columns: { group: texts.t('label.group') },
    hidden: texts.t('hidden.cell'),
    formatShare: texts.share,
  });
};

/** Functions of which at least one statement's spread may be told. */
export const spreadFunctions = ({ section, result }: Entry, results: WaveResults): FunctionName[] =>
  section.audience.filter((name) => result.statements.some((statement) => spreadIn(statement, results, name) !== undefined));

/** How the answers to all statements of a section spread, widest gap first; undefined where no function has enough answers for it. */
export const spreadsChart = (entry: Entry, context: ChartContext, ends: Ends, part?: { from: number; to: number }): Drawing | undefined => {
  const { results, texts, theme, width } = context;
  const functions = spreadFunctions(entry, results);
  const statements = byGap(entry.result.statements).slice(part?.from, part?.to).flatMap((result) => {
    const statement = statementIn(entry.section, result.statementId);
    return statement ? [{ id: statement.id, label: wordingOf(statement, texts), rows: functions.map((name) => rowOf(entry, result, name, context)) }] : [];
  });
  if (functions.length === 0 || statements.length === 0) return undefined;
  return spreads({
    theme,
    width,
    finding: texts.t('chart.perSection', { tool: nameOf(entry, texts), section: texts.t('heading.distribution') }),
    statements,
    ends,
    columns: { statement: stemOf(entry.section, texts) || texts.t('label.statement'), group: texts.t('label.group') },
    hidden: texts.t('hidden.cell'),
    formatShare: texts.share,
  });
};
