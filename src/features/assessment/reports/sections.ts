import type { FunctionName } from '../../../lib/vocabulary';
import type { Instrument, Section, Statement, Step, Tool } from '../domain/instrument';
import { isHidden, type GroupScore, type SectionResult, type StatementResult, type WaveResults } from '../domain/results-view';
import type { Texts } from './texts';

/** A gated section beside the words of the instrument it was answered with. */
export type Entry = { tool: Tool; section: Section; result: SectionResult };

export type Block = WaveResults['blocks'][number];

export const STEPS: readonly Step[] = ['currents', 'characteristics', 'consequences'];

/** Every section of the wave, in the instrument's order. */
export const entriesOf = (results: WaveResults, instrument: Instrument): Entry[] =>
  instrument.tools.flatMap((tool) => {
    const found = results.tools.find((candidate) => candidate.toolId === tool.id);
    return tool.sections.flatMap((section) => {
      const result = found?.sections.find((candidate) => candidate.sectionId === section.id);
      return result ? [{ tool, section, result }] : [];
    });
  });

/** The section's name, with its tool's where a tool has several. */
export const nameOf = (entry: Entry, texts: Texts): string => {
  const section = texts.of(entry.section.title);
  if (entry.tool.sections.length < 2 || entry.section.neutral) return section;
  const tool = texts.of(entry.tool.title);
  return section.toLowerCase().startsWith(tool.toLowerCase()) ? section : texts.t('chart.perSection', { tool, section });
};

/** The statement as a report words it: to both sides at once. */
export const wordingOf = (statement: Statement, texts: Texts): string => {
  const text = statement.text.all ?? statement.text.leadership ?? statement.text.sales ?? statement.text.marketing;
  return text ? texts.of(text) : statement.id;
};

export const stemOf = (section: Section, texts: Texts): string => {
  const stem = section.stem?.all ?? section.stem?.leadership ?? section.stem?.sales ?? section.stem?.marketing;
  return stem ? texts.of(stem) : '';
};

export const blockOf = (results: WaveResults, blockId: string): Block | undefined => results.blocks.find((block) => block.id === blockId);

/** "Sales", "Sales: Front line, North", "Sales: the others". */
export const blockName = (block: Block, texts: Texts, results?: WaveResults): string => {
  if (!block.function) return texts.t('group.overall');
  const name = texts.t(`function.${block.function}`);
  if (block.kind === 'function') return name;
  const path = block.kind === 'others' ? (block.path ?? (results && block.parent ? blockOf(results, block.parent)?.path : undefined)) : block.path;
  const parts = [...(path?.levels ?? []).map((level) => texts.t(`level.${level}`)), ...(path?.territories ?? [])].filter(Boolean);
  const whole = parts.length > 0 ? texts.t('group.part', { function: name, part: parts.join(', ') }) : name;
  return block.kind === 'others' ? texts.t('group.others', { function: whole }) : whole;
};

/** The function whose shape and colour a block wears; both sides together wear none. */
export const functionOf = (block: Block): FunctionName | undefined => block.function;

/** Scores of whole functions, in the order sales, marketing, leadership. */
export const functionGroups = (entry: Entry, results: WaveResults): { block: Block; group: GroupScore }[] =>
  entry.section.audience.flatMap((name) => {
    const block = results.blocks.find((candidate) => candidate.kind === 'function' && candidate.function === name);
    const group = block && entry.result.groups.find((candidate) => candidate.blockId === block.id);
    return block && group ? [{ block, group }] : [];
  });

/** Scores of parts and "the others", functions and overall left out. */
export const partGroups = (entry: Entry, results: WaveResults): { block: Block; group: GroupScore }[] =>
  entry.result.groups.flatMap((group) => {
    const block = blockOf(results, group.blockId);
    return block && (block.kind === 'part' || block.kind === 'others') ? [{ block, group }] : [];
  });

/** Whether a function was asked this section in this wave: invited at all, and of the section's audience. */
export const wasAsked = (entry: Entry, results: WaveResults, name: FunctionName): boolean =>
  entry.section.audience.includes(name) && results.response.some((row) => row.function === name);

/** A function asked for this section whose score the gate keeps back, or whom nobody could be shown of. */
export const hiddenFunctions = (entry: Entry, results: WaveResults): FunctionName[] =>
  entry.section.audience.filter((name) => {
    if (!wasAsked(entry, results, name)) return false;
    const found = functionGroups(entry, results).find(({ block }) => block.function === name);
    return !found || isHidden(found.group.mean);
  });

/** Widest gap first; statements without one keep their order at the end. */
export const byGap = (statements: readonly StatementResult[]): StatementResult[] =>
  [...statements].sort((a, b) => Math.abs(b.gap ?? -1) - Math.abs(a.gap ?? -1) || (a.gap === undefined ? 1 : 0) - (b.gap === undefined ? 1 : 0));

export const statementIn = (section: Section, id: string): Statement | undefined => section.statements.find((statement) => statement.id === id);
