import { fold, withoutDigraphs, words } from './fold';
import { jaroWinkler, oneSlipApart } from './similarity';
import lists from './nicknames.json';

/** A given name or surname, ready to be compared. */
export type PersonName = {
  text: string;
  plain: string;
  parts: readonly string[];
  /** Numbers of the nickname groups its first part belongs to; unsure ones count from 1000. */
  groups: readonly number[];
  /** "jr", "sr", "iii": tells a father from his son. */
  generation: string;
};

const UNSURE_FROM = 1000;

const GROUPS = (() => {
  const found = new Map<string, number[]>();
  const note = (list: readonly (readonly string[])[], from: number) =>
    list.forEach((group, index) => group.forEach((name) => found.set(name, [...(found.get(name) ?? []), from + index])));
  note(lists.sure, 0);
  note(lists.unsure, UNSURE_FROM);
  return found;
})();

const GENERATIONS: ReadonlyMap<string, string> = new Map(Object.entries({ jr: 'jr', junior: 'jr', jun: 'jr', sr: 'sr', senior: 'sr', sen: 'sr', ii: 'jr', iii: 'iii', iv: 'iv' }));
const TITLES = new Set(['mr', 'mrs', 'ms', 'miss', 'dr', 'prof', 'ing', 'dipl', 'herr', 'frau', 'mme', 'mlle', 'sir', 'dhr', 'mevr', 'phd', 'mba', 'msc', 'bsc', 'md']);

/** Titles are left out, a generation is kept apart; a name that is nothing else stays as it is. */
export const personName = (raw: string): PersonName => {
  const all = words(fold(raw));
  const generation = all.length > 1 ? (all.map((part) => GENERATIONS.get(part)).find(Boolean) ?? '') : '';
  const kept = all.filter((part) => !TITLES.has(part) && !GENERATIONS.has(part));
  const parts = kept.length > 0 ? kept : all;
  const text = parts.join(' ');
  const groups = [...(GROUPS.get(parts[0] ?? '') ?? []), ...(parts.length > 1 ? (GROUPS.get(parts.join('')) ?? []) : [])];
  return { text, plain: withoutDigraphs(text), parts, groups, generation };
};

/** What stands for a name and its usual short forms in keys: the smallest sure group, else the name. */
export const nameStem = ({ parts, plain, groups }: PersonName): string => {
  const sure = groups.filter((group) => group < UNSURE_FROM);
  return sure.length > 0 ? `#${Math.min(...sure)}` : (withoutDigraphs(parts[0] ?? '') || plain);
};

/** From 0.92 on, texts of ordinary length differ by a slip or two; from 0.82 on they may be related (tried on generated errors). */
const NEAR = 0.92;
const SIMILAR = 0.82;

/**
 * Whether Jaro-Winkler can reach `SIMILAR` at all, from the letters both texts hold; most pairs cannot, and this is several times
 * cheaper than finding out exactly.
 */
const canBeSimilar = (left: string, right: string): boolean => {
  let held = 0;
  for (let at = 0; at < right.length; at += 1) held |= 1 << (right.charCodeAt(at) & 31);
  let common = 0;
  for (let at = 0; at < left.length; at += 1) if (held & (1 << (left.charCodeAt(at) & 31))) common += 1;
  let prefix = 0;
  while (prefix < 4 && prefix < left.length && left.charCodeAt(prefix) === right.charCodeAt(prefix)) prefix += 1;
  const jaro = (SIMILAR - 0.1 * prefix) / (1 - 0.1 * prefix);
  const most = Math.min(common, right.length);
  return most / left.length + most / right.length >= 3 * jaro - 1;
};

/** How alike two texts are: one slip apart or very close is "near". */
export const closeness = (left: string, right: string): 'near' | 'similar' | 'different' => {
  if (left.length >= 4 && right.length >= 4 && oneSlipApart(left, right)) return 'near';
  if (!canBeSimilar(left, right)) return 'different';
  const score = jaroWinkler(left, right);
  return score >= NEAR && Math.min(left.length, right.length) >= 3 ? 'near' : score >= SIMILAR ? 'similar' : 'different';
};

const meet = (left: readonly number[], right: readonly number[], unsure: boolean): boolean =>
  left.some((group) => group >= UNSURE_FROM === unsure && right.includes(group));

export type GivenLevel = 'same' | 'variant' | 'unsure_short' | 'initial' | 'near' | 'similar' | 'different';

export const compareGiven = (left: PersonName, right: PersonName): GivenLevel => {
  if (left.text === right.text) return 'same';
  if (left.plain === right.plain || left.parts.join('') === right.parts.join('')) return 'variant';
  const [first = '', other = ''] = [left.parts[0], right.parts[0]];
  if ((first.length === 1 || other.length === 1) && first[0] === other[0]) return 'initial';
  if (meet(left.groups, right.groups, false)) return 'variant';
  if (first === other && first.length > 1 && (left.parts.length === 1 || right.parts.length === 1)) return 'variant';
  if (meet(left.groups, right.groups, true)) return 'unsure_short';
  return closeness(left.plain, right.plain);
};

export type SurnameLevel = 'same' | 'variant' | 'part' | 'near' | 'similar' | 'generation' | 'different';

const holds = (all: readonly string[], some: readonly string[]): boolean => some.length < all.length && some.every((part) => all.includes(part)) && some.some((part) => part.length > 3);

export const compareSurname = (left: PersonName, right: PersonName): SurnameLevel => {
  if (left.generation !== right.generation) return 'generation';
  if (left.text === right.text) return 'same';
  if (left.plain === right.plain || left.parts.join('') === right.parts.join('')) return 'variant';
  if (holds(left.parts, right.parts) || holds(right.parts, left.parts)) return 'part';
  return closeness(left.plain, right.plain);
};
