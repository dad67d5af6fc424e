import type { EvidenceId, Reading } from './causes';
import { between, lackOf } from './causes';

/**
 * Evidence of the assessment for root causes, read from what has left the disclosure gate. Sections are those of the C3 toolkit (MB ch. 5);
 * another instrument tells none of it.
 */

type Figure = number | { hidden: true };
export type SaidGroup = { blockId: string; mean: Figure; band: string | { hidden: true }; rwg: Figure };
export type SaidSection = { sectionId: string; groups: readonly SaidGroup[]; verdict: 'real' | 'none' | 'unclear' | null };
export type SaidBlock = { id: string; function: string | null; kind: 'function' | 'part' | 'others' | 'overall'; by: 'level' | 'territory' | null };
export type Said = {
  instrumentId: string;
  smallestGap: number;
  blocks: readonly SaidBlock[];
  sections: readonly SaidSection[];
  divide: { finding: string; expectations: readonly { own: number; expected: number }[] } | null;
};

/** Sections by what they stand for; the same section says nothing of its neighbours. */
const SECTIONS = { connection: ['2'], communication: ['3'], support: ['4'], trust: ['5'], credibility: ['6'], developing: ['7a'], strategy: ['7a', '7b', '7c'], buyIn: ['8'] } as const;

const NOT_ASKED: Reading = { untold: 'not_asked' };
const HIDDEN: Reading = { untold: 'hidden' };

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const told = (value: Figure): value is number => typeof value === 'number';

const asked = ({ sections }: Said, ids: readonly string[]): SaidSection[] => sections.filter(({ sectionId }) => ids.includes(sectionId));

const functionBlocks = ({ blocks }: Said): Set<string> => new Set(blocks.filter(({ kind, function: of }) => kind === 'function' && (of === 'sales' || of === 'marketing')).map(({ id }) => id));

/** The lack that both sides' bands tell, the mean over sides and sections; one side alone does not speak for both where both were asked. */
const lack = (said: Said, ids: readonly string[]): Reading => {
  const sections = asked(said, ids);
  if (sections.length === 0) return NOT_ASKED;
  const sides = functionBlocks(said);
  const groups = sections.flatMap((section) => section.groups.filter(({ blockId }) => sides.has(blockId)));
  const bands = groups.flatMap(({ band }) => (typeof band === 'string' ? [lackOf(band)] : []));
  return bands.length === 0 || bands.length < groups.length ? HIDDEN : { signal: mean(bands) };
};

/** Gaps: a real one speaks for different worlds, proven sameness against, an unclear one for neither. */
const gaps = (said: Said, ids: readonly string[]): Reading => {
  const sections = asked(said, ids);
  if (sections.length === 0) return NOT_ASKED;
  const verdicts = sections.flatMap(({ verdict }) => (verdict === null ? [] : [{ real: 1, none: -1, unclear: 0 }[verdict]]));
  return verdicts.length === 0 ? HIDDEN : { signal: mean(verdicts) };
};

/** Agreement inside teams: r_wg(j) of .7 and more is agreement, of .5 and less is none (LeBreton & Senter 2008 call .31-.50 weak and .71-.90 strong). */
const spread = (said: Said): Reading => {
  const sections = asked(said, [...SECTIONS.connection, ...SECTIONS.communication, ...SECTIONS.support, ...SECTIONS.trust, ...SECTIONS.credibility]);
  if (sections.length === 0) return NOT_ASKED;
  const sides = functionBlocks(said);
  const values = sections.flatMap((section) => section.groups.flatMap(({ blockId, rwg }) => (sides.has(blockId) && told(rwg) ? [rwg] : [])));
  return values.length === 0 ? HIDDEN : { signal: between(mean(values), 0.7, 0.5) };
};

/** How far apart the parts of one function stand, beside the smallest gap that matters: half of it is calm, half as much again alarming. */
const apart = (said: Said, ids: readonly string[], by: 'level' | 'territory'): Reading => {
  const sections = asked(said, ids);
  if (sections.length === 0) return NOT_ASKED;
  const parts = said.blocks.filter((block) => block.kind === 'part' && block.by === by);
  const ranges = sections.flatMap(({ groups }) =>
    [...new Set(parts.map((block) => block.function))].flatMap((of) => {
      const own = new Set(parts.filter((block) => block.function === of).map(({ id }) => id));
      const means = groups.flatMap((group) => (own.has(group.blockId) && told(group.mean) ? [group.mean] : []));
      return means.length < 2 ? [] : [Math.max(...means) - Math.min(...means)];
    }),
  );
  return ranges.length === 0 ? HIDDEN : { signal: between(mean(ranges), said.smallestGap / 2, said.smallestGap * 1.5) };
};

/** Two who both claim strategy stand against each other; clearly separate roles and mixed pictures say little. */
const divide = ({ divide: found }: Said): Reading => (found === null ? HIDDEN : { signal: { power_struggle: 1, separate_roles: 0, nobody_claims_strategy: 0.25 }[found.finding] ?? 0 });

const expectations = ({ divide: found, smallestGap }: Said): Reading =>
  found === null || found.expectations.length === 0 ? HIDDEN : { signal: mean(found.expectations.map(({ own, expected }) => between(Math.abs(own - expected), smallestGap / 2, smallestGap * 2))) };

/** Each kind of evidence that an assessment can give. @returns all of them untold for an instrument other than the C3 toolkit */
export const saidEvidence = (said: Said): Partial<Record<EvidenceId, Reading>> => {
  const worldview = said.instrumentId === 'c3' && asked(said, ['1a', '1b', '1c', '1d']).length > 0;
  const of = (reading: () => Reading): Reading => (said.instrumentId === 'c3' ? reading() : NOT_ASKED);
  return {
    divide: worldview ? divide(said) : NOT_ASKED,
    expectations: worldview ? expectations(said) : NOT_ASKED,
    gaps_contact: of(() => gaps(said, [...SECTIONS.connection, ...SECTIONS.communication])),
    gaps_character: of(() => gaps(said, [...SECTIONS.support, ...SECTIONS.trust, ...SECTIONS.credibility])),
    spread_within: of(() => spread(said)),
    levels_differ: of(() => apart(said, [...SECTIONS.connection, ...SECTIONS.communication, ...SECTIONS.trust], 'level')),
    connection_by_territory: of(() => apart(said, SECTIONS.connection, 'territory')),
    connection_low: of(() => lack(said, SECTIONS.connection)),
    communication_low: of(() => lack(said, SECTIONS.communication)),
    support_low: of(() => lack(said, SECTIONS.support)),
    developing_low: of(() => lack(said, SECTIONS.developing)),
    strategy_low: of(() => lack(said, SECTIONS.strategy)),
    buy_in_low: of(() => lack(said, SECTIONS.buyIn)),
    credibility_low: of(() => lack(said, SECTIONS.credibility)),
  };
};
