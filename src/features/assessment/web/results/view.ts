import type { FunctionName, Side } from '../../../../lib/vocabulary';
import { SIDES } from '../../../../lib/vocabulary';
import type { AssessmentOutputs } from '../calls';
import { isHidden, type Gap, type GroupScore, type Interval, type SectionResult, type StatementResult, type WaveResults } from '../../domain/results-view';

/** What a results page is made from: gated figures, and the questionnaire's words in one language. */
export type ResultsAnswer = AssessmentOutputs['results'];
export type Tool = ResultsAnswer['instrument']['tools'][number];
export type Wording = Tool['sections'][number];

/** A section with its words, its figures and the tool it stands in. */
export type SectionView = { tool: Tool; wording: Wording; result: SectionResult };

/** Sections in the questionnaire's order, those that were asked in this wave. */
export const sectionViews = ({ instrument, results }: ResultsAnswer): SectionView[] =>
  instrument.tools.flatMap((tool) => {
    const asked = results.tools.find(({ toolId }) => toolId === tool.id);
    return tool.sections.flatMap((wording): SectionView[] => {
      const result = asked?.sections.find(({ sectionId }) => sectionId === wording.id);
      return result ? [{ tool, wording, result }] : [];
    });
  });

/** A tool's own word, or its section's where the tool has several. */
export const sectionTitle = ({ tool, wording }: SectionView): string => (tool.sections.length > 1 ? `${tool.title}: ${wording.title}` : tool.title);

/** A section's own word, for a sentence of its own. */
export const sentenceTitle = ({ tool, wording }: SectionView): string => (tool.sections.length > 1 ? wording.title : tool.title);

/** Sales and marketing take turns on the left by workspace; leadership stands last. */
export const functionOrder = (leftSide: Side): FunctionName[] => [leftSide, ...SIDES.filter((side) => side !== leftSide), 'leadership'];

/** One group's place in a section: shown, kept back by the gate, or never asked. The three look different. */
export type Standing =
  | { kind: 'shown'; n: number; mean: number; interval?: Interval; band?: string; nearBorder: number[]; score: GroupScore }
  | { kind: 'hidden' }
  | { kind: 'notAsked' };

export const standingOf = (section: SectionResult, blockId: string): Standing => {
  const score = section.groups.find((group) => group.blockId === blockId);
  if (!score || isHidden(score.mean)) return { kind: 'hidden' };
  return {
    kind: 'shown', n: score.n, mean: score.mean, nearBorder: score.nearBorder, score,
    ...(isHidden(score.ci95) ? {} : { interval: score.ci95 }),
    ...(isHidden(score.band) ? {} : { band: score.band }),
  };
};

/** A function's standing; a function that was not invited, or not asked this section, is "not asked" and never "hidden". */
export const functionStanding = ({ results }: ResultsAnswer, { wording, result }: SectionView, fn: FunctionName): Standing => {
  const invited = results.response.some((row) => row.function === fn);
  return invited && wording.audience.includes(fn) ? standingOf(result, fn) : { kind: 'notAsked' };
};

/** The whole axis of a section: 1-7, or the sum's range. */
export type Axis = { min: number; max: number; cuts: number[]; zones: { from: number; to: number; label: string }[]; ticks: number[] };

export const axisOf = ({ instrument }: ResultsAnswer, wording: Wording): Axis => {
  const factor = wording.scoring === 'sum' ? wording.statements.length : 1;
  const [min, max] = [instrument.scale.min * factor, instrument.scale.max * factor];
  const cuts = wording.bands.flatMap(({ upTo }) => (upTo !== null && upTo > min && upTo < max ? [upTo] : []));
  const ends = [min, ...cuts, max];
  const zones = wording.bands.length === cuts.length + 1 ? wording.bands.map((band, at) => ({ from: ends[at] as number, to: ends[at + 1] as number, label: band.label })) : [];
  const step = max - min > 12 ? 20 : 1;
  return { min, max, cuts, zones, ticks: Array.from({ length: Math.floor((max - min) / step) + 1 }, (_, at) => min + at * step) };
};

/** The axis most rows share: that of a section with a good end, whose zones carry general words. */
export const commonAxis = (answer: ResultsAnswer, sections: readonly SectionView[]): Axis | undefined => {
  const graded = sections.find(({ wording }) => !wording.neutral) ?? sections[0];
  if (!graded) return undefined;
  const axis = axisOf(answer, graded.wording);
  return graded.wording.neutral ? { ...axis, zones: [] } : axis;
};

/** The smallest difference that matters, in a section's own unit: sums are as many times larger as there are statements. */
export const smallestGapIn = ({ results }: ResultsAnswer, { scoring, statements }: Wording): number => (scoring === 'sum' ? results.smallestGap * statements.length : results.smallestGap);

/** The relationship as each side sees it, where both are shown. */
export const relationshipTypes = ({ results }: ResultsAnswer): { sales: string; marketing: string } | undefined => {
  const type = (side: Side) => results.relationship?.groups.find(({ blockId }) => blockId === side)?.type;
  const [sales, marketing] = [type('sales'), type('marketing')];
  return sales && marketing ? { sales, marketing } : undefined;
};

/** Place on the axis in percent; never outside, since the axis is never cut. */
export const place = (value: number, { min, max }: Pick<Axis, 'min' | 'max'>): number => Math.min(100, Math.max(0, (100 * (value - min)) / (max - min)));

/** How strongly a group's band asks for a look: the lowest dark, the highest faint. Neutral sections carry no such shade. */
export const toneOf = (wording: Wording, band: string | undefined): 'low' | 'middle' | 'high' | 'plain' => {
  const at = wording.bands.findIndex(({ id }) => id === band);
  if (wording.neutral || at < 0) return 'plain';
  return at === 0 ? 'low' : at === wording.bands.length - 1 ? 'high' : 'middle';
};

export type WithGap = SectionView & { result: SectionResult & { gap: Gap } };
const hasGap = (section: SectionView): section is WithGap => section.result.gap !== undefined;
const size = ({ result }: WithGap) => Math.abs(result.gap.difference);

/** The sections both sides answered and show, widest difference first. */
export const byGap = (sections: readonly SectionView[]): WithGap[] => sections.filter(hasGap).sort((a, b) => size(b) - size(a));

/** The widest real difference: where to look first. */
export const lookHere = (sections: readonly SectionView[]): WithGap | undefined => byGap(sections).find(({ result }) => result.gap.verdict === 'real');

export const isShown = ({ blocks }: WaveResults, fn: FunctionName): boolean => blocks.some((block) => block.kind === 'function' && block.function === fn);

/** Functions invited in this wave that the gate keeps back altogether. */
export const hiddenFunctions = (results: WaveResults): FunctionName[] => results.response.map((row) => row.function).filter((fn) => !isShown(results, fn));

export type Finding =
  | { kind: 'relationship'; sales: string; marketing: string }
  | { kind: 'real'; section: WithGap }
  | { kind: 'none' }
  | { kind: 'unclear' }
  | { kind: 'oneSide'; shown: Side }
  | { kind: 'apart' }
  | { kind: 'nothing' };

/** What the wave says in one sentence. `apart`: both sides are shown but nothing was asked of both. */
export const findingOf = (answer: ResultsAnswer, sections: readonly SectionView[]): Finding => {
  const { results } = answer;
  const shown = SIDES.filter((side) => isShown(results, side));
  const [only] = shown;
  if (!only) return { kind: 'nothing' };
  if (shown.length === 1) return { kind: 'oneSide', shown: only };
  const gaps = byGap(sections);
  if (gaps.length === 0) return { kind: 'apart' };
  const types = relationshipTypes(answer);
  if (types && sections.every(({ wording }) => wording.scoring === 'sum')) return { kind: 'relationship', ...types };
  const first = lookHere(sections);
  if (first) return { kind: 'real', section: first };
  return gaps.every(({ result }) => result.gap.verdict === 'none') ? { kind: 'none' } : { kind: 'unclear' };
};

const meanIn = (statement: StatementResult, blockId: string): number | undefined => {
  const mean = statement.groups.find((group) => group.blockId === blockId)?.mean;
  return mean === undefined || isHidden(mean) ? undefined : mean;
};

export type StatementView = { id: string; text: string; result: StatementResult; means: Partial<Record<FunctionName, number>>; gap?: number };

/** Widest difference first; where only one side is shown or asked, lowest score first. */
export const statementViews = ({ wording, result }: SectionView): StatementView[] => {
  const views = wording.statements.flatMap(({ id, text }): StatementView[] => {
    const found = result.statements.find(({ statementId }) => statementId === id);
    if (!found) return [];
    const means: StatementView['means'] = {};
    for (const fn of ['sales', 'marketing', 'leadership'] as const) {
      const mean = meanIn(found, fn);
      if (mean !== undefined) means[fn] = mean;
    }
    return [{ id, text, result: found, means, ...(found.gap === undefined ? {} : { gap: found.gap }) }];
  });
  const width = (view: StatementView) => (view.gap === undefined ? -1 : Math.abs(view.gap));
  const lowest = (view: StatementView) => Math.min(...Object.values(view.means), Infinity);
  return views.sort((a, b) => width(b) - width(a) || lowest(a) - lowest(b));
};

/** Groups below a function that the reporting tree splits, in its order; `overall` and functions are left out. */
export const partsOf = ({ blocks }: WaveResults, fn: FunctionName): WaveResults['blocks'] => blocks.filter((block) => block.function === fn && (block.kind === 'part' || block.kind === 'others'));

/** From how many months on answers are called old: the next wave is due nine to twelve months on. */
export const STALE_AFTER_MONTHS = 12;
export const monthsBetween = (from: string, now: Date): number => {
  const start = new Date(from);
  const months = (now.getFullYear() - start.getFullYear()) * 12 + now.getMonth() - start.getMonth();
  return now.getDate() < start.getDate() ? months - 1 : months;
};
