import { countFacts, idAt, type LeadColumns, type LeadTable, type Taken } from './lead-columns';
import { signsOf, type CountGroup, type DisputedRow, type Frame } from './reconcile';
import { joined, nth } from './stays';

export type Groups = { groups: CountGroup[]; /** Instants of passing on within the period. */ first: number | null; last: number | null };

/** Instants: of the first and the last passing of these leads in the period. */
export type SignGroup = CountGroup & { first: number | null; last: number | null };

const add = (counted: Map<number, SignGroup>, { code, leads, passes, first, last }: SignGroup): void => {
  const group = counted.get(code);
  if (!group) counted.set(code, { code, leads, passes, first, last });
  else {
    group.leads += leads;
    group.passes += passes;
    if (first !== null && first < (group.first ?? Infinity)) group.first = first;
    if (last !== null && last > (group.last ?? -Infinity)) group.last = last;
  }
};

/** Leads of a portion by their signs. */
export const signGroups = (leads: LeadColumns, taken: Taken, frame: Frame): SignGroup[] => {
  const counted = new Map<number, SignGroup>();
  for (let row = 0; row < leads.n; row += 1) add(counted, { leads: 1, ...signsOf(countFacts(leads, row, taken), frame) });
  return [...counted.values()];
};

/** What portions counted, together. */
export const together = (portions: readonly (readonly SignGroup[])[]): Groups => {
  const counted = new Map<number, SignGroup>();
  for (const groups of portions) for (const group of groups) add(counted, group);
  const edge = (field: 'first' | 'last', pick: (...instants: number[]) => number): number | null => {
    const known = [...counted.values()].flatMap((group) => group[field] ?? []);
    return known.length === 0 ? null : pick(...known);
  };
  return { groups: [...counted.values()].map(({ code, leads, passes }) => ({ code, leads, passes })), first: edge('first', Math.min), last: edge('last', Math.max) };
};

export type OpenedLead = { at: number; id: string; passes: number };
/** Leads in a row, of a portion: how many, by reason or channel (as the table numbers them), and the first of them in order, at most as many as asked for. */
export type Opened = { total: number; by: ReadonlyMap<number, number>; rows: Uint32Array; at: Float64Array };
export type OpenAs = { frame: Frame; row: DisputedRow; codes: ReadonlySet<number>; most: number };

const byteOrder = (a: LeadColumns, rowA: number, b: LeadColumns, rowB: number): number => {
  for (let byte = 0; byte < 16; byte += 1) {
    const difference = (a.ids[rowA * 16 + byte] ?? 0) - (b.ids[rowB * 16 + byte] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
};

/** Infinities are equal to themselves, which their difference does not say. */
const latestFirst = (a: number, b: number): number => (a === b ? 0 : b - a);

/** Leads of a portion that stand in a row; latest passed on first, those never passed on last. */
export const openedOf = (leads: LeadColumns, taken: Taken, { frame, row: opened, codes, most }: OpenAs): Opened => {
  const column = opened === 'returned' ? leads.reason : leads.channel;
  const by = new Map<number, number>();
  let found: { at: number; row: number }[] = [];
  let total = 0;
  const inOrder = () => found.toSorted((a, b) => latestFirst(a.at, b.at) || byteOrder(leads, a.row, leads, b.row)).slice(0, most);
  for (let row = 0; row < leads.n; row += 1) {
    const { code, passes, first } = signsOf(countFacts(leads, row, taken), frame);
    if (!codes.has(code) || (opened === 'same_person' && passes <= 1)) continue;
    const word = column[row] ?? 0;
    total += 1;
    by.set(word, (by.get(word) ?? 0) + 1);
    found.push({ at: first ?? -Infinity, row });
    // Sorted now and then, so that few leads are held.
    if (found.length > most * 4) found = inOrder();
  }
  found = inOrder();
  return { total, by, rows: Uint32Array.from(found, ({ row }) => row), at: Float64Array.from(found, ({ at }) => at) };
};

/** A row of all leads out of what its portions opened, each beside its portion. */
export const openTogether = (of: OpenAs, { reasons, channels }: LeadTable, taken: Taken, portions: readonly (readonly [LeadColumns, Opened])[]): { total: number; by: Map<string, number>; leads: OpenedLead[] } => {
  const words = of.row === 'returned' ? reasons : channels;
  const by = new Map<string, number>();
  for (const [, opened] of portions) for (const [word, n] of opened.by) by.set(words[word] ?? '', (by.get(words[word] ?? '') ?? 0) + n);
  // Only leads as late as the last one wanted are put in order.
  const all = joined(portions.map(([, { at }]) => at));
  const least = all.length <= of.most ? -Infinity : nth(all, all.length - of.most);
  const late = portions.flatMap(([leads, { rows, at }]) => Array.from(rows, (row, place) => ({ leads, row, at: at[place] ?? -Infinity })).filter((lead) => lead.at >= least));
  const first = late.toSorted((a, b) => latestFirst(a.at, b.at) || byteOrder(a.leads, a.row, b.leads, b.row)).slice(0, of.most);
  return {
    total: portions.reduce((sum, [, opened]) => sum + opened.total, 0), by,
    leads: first.map(({ leads, row, at }) => ({ at, id: idAt(leads, row), passes: signsOf(countFacts(leads, row, taken), of.frame).passes })),
  };
};
