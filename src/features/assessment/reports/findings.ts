import { isHidden, type SectionResult, type WaveResults } from '../domain/results-view';
import { byGap, entriesOf, functionGroups, nameOf, statementIn, wordingOf, type Entry } from './sections';
import type { Texts } from './texts';
import type { Instrument } from '../domain/instrument';

/** "Real · 1.1", or nothing when one side is missing. */
export const gapWord = (result: SectionResult, texts: Texts): string =>
  result.gap ? texts.t('chart.gap', { verdict: texts.t(`verdict.${result.gap.verdict}`), difference: texts.score(Math.abs(result.gap.difference)) }) : '';

/** What a section shows, in one sentence about the process, never about a side. */
export const sectionFinding = (entry: Entry, results: WaveResults, texts: Texts): string => {
  const section = nameOf(entry, texts);
  if (entry.section.scoring === 'sum') return relationshipFinding(results, texts) ?? section;
  if (entry.section.neutral) return texts.t('tool.title.neutral', { section });
  const { gap } = entry.result;
  if (gap) return texts.t(`tool.title.${gap.verdict}`, { section, difference: texts.score(Math.abs(gap.difference)) });
  const shown = functionGroups(entry, results).filter(({ group }) => !isHidden(group.mean));
  const first = shown[0];
  if (shown.length === 1 && first?.block.function && !isHidden(first.group.mean))
    return texts.t('tool.title.oneSide', { section, function: texts.t(`function.${first.block.function}`), score: texts.score(first.group.mean) });
  return shown.length === 0 ? texts.t('hidden.allSides') : section;
};

export const relationshipFinding = (results: WaveResults, texts: Texts): string | undefined => {
  const type = (id: string) => {
    const found = results.relationship?.groups.find((group) => group.blockId === id)?.type;
    return found && texts.t(`relationship.type.${found}`);
  };
  const [sales, marketing] = [type('sales'), type('marketing')];
  if (sales && marketing && sales !== marketing) return texts.t('relationship.title.differ', { sales, marketing });
  const one = sales ?? marketing;
  return one ? texts.t('relationship.title', { type: one }) : undefined;
};

export const statementsFinding = (entry: Entry, texts: Texts): string => {
  const widest = byGap(entry.result.statements)[0];
  const statement = widest && statementIn(entry.section, widest.statementId);
  if (!widest || widest.gap === undefined || !statement) return texts.t('chart.statements.one', { section: nameOf(entry, texts) });
  if (Math.abs(widest.gap) < 0.5) return texts.t('chart.statements.alike');
  return texts.t('chart.statements.widest', { statement: wordingOf(statement, texts), difference: texts.score(Math.abs(widest.gap)) });
};

/** Sections both sides answered, widest difference first. */
export const compared = (results: WaveResults, instrument: Instrument): Entry[] =>
  entriesOf(results, instrument)
    .filter((entry) => entry.result.gap !== undefined && entry.section.scoring === 'mean')
    .sort((a, b) => Math.abs(b.result.gap?.difference ?? 0) - Math.abs(a.result.gap?.difference ?? 0));

/** The one sentence a reader should leave with. */
export const leadFinding = (results: WaveResults, instrument: Instrument, texts: Texts): string => {
  const sections = compared(results, instrument);
  const real = sections.find((entry) => entry.result.gap?.verdict === 'real');
  if (real) return texts.t('overview.lead.real', { section: nameOf(real, texts), difference: texts.score(Math.abs(real.result.gap?.difference ?? 0)) });
  if (sections.length > 0) return texts.t(sections.every((entry) => entry.result.gap?.verdict === 'none') ? 'overview.lead.none' : 'overview.lead.unclear');
  const other = relationshipFinding(results, texts);
  if (other) return other;
  const anything = entriesOf(results, instrument).some((entry) => entry.result.groups.some((group) => !isHidden(group.mean)));
  return texts.t(anything ? 'heading.overview' : 'hidden.allSides');
};

/** How many sections differ for certain, may differ, and do not. */
export const countsLine = (results: WaveResults, instrument: Instrument, texts: Texts): string => {
  const sections = compared(results, instrument);
  const count = (verdict: 'real' | 'unclear' | 'none') => sections.filter((entry) => entry.result.gap?.verdict === verdict).length;
  return sections.length === 0 ? '' : texts.t('overview.counts', { real: count('real'), unclear: count('unclear'), none: count('none') });
};
