import { countFacts, idAt, type LeadColumns, type LeadTable, type Taken } from './lead-columns';
import { signsOf, type CountGroup, type DisputedRow, type Frame } from './reconcile';

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
export type Opened = { total: number; by: Map<string, number>; leads: OpenedLead[] };

/** Latest passed on first; those never passed on come last. */
const order = (a: OpenedLead, b: OpenedLead): number => b.at - a.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Leads of a portion that stand in a row: how many by reason or channel, and the first `most` of all in order. */
export const addOpened = (opened: Opened, { portions: _, ...names }: LeadTable, leads: LeadColumns, taken: Taken, of: { frame: Frame; row: DisputedRow; codes: ReadonlySet<number>; most: number }): void => {
  const [column, words] = of.row === 'returned' ? [leads.reason, names.reasons] : [leads.channel, names.channels];
  for (let row = 0; row < leads.n; row += 1) {
    const { code, passes, first } = signsOf(countFacts(leads, row, taken), of.frame);
    if (!of.codes.has(code) || (of.row === 'same_person' && passes <= 1)) continue;
    const word = words[column[row] ?? 0] ?? '';
    opened.total += 1;
    opened.by.set(word, (opened.by.get(word) ?? 0) + 1);
    const last = opened.leads.length < of.most ? undefined : opened.leads[of.most - 1];
    const at = first ?? -Infinity;
    if (!last || at >= last.at) opened.leads.push({ at, id: idAt(leads, row), passes });
    // Sorted now and then, so that few leads are held and few are compared.
    if (opened.leads.length > of.most * 2) opened.leads = opened.leads.toSorted(order).slice(0, of.most);
  }
};

export const inOrder = ({ leads }: Opened, most: number): OpenedLead[] => leads.toSorted(order).slice(0, most);
