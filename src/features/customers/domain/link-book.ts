import { joinedView, type JoinedView, type RecordRef, type SystemRecord, type ViewRules } from './golden';
import { pairKey } from './matching/decide';

/** "These two are one customer", said by the matching or by a person. A link stands beside the records and changes neither. */
export type CustomerLink = { id: string; one: RecordRef; other: RecordRef; by: 'matching' | 'person'; at: number };

/** All links that hold, and the pairs that people said are never to be linked. */
export type LinkBook = { links: readonly CustomerLink[]; never: ReadonlySet<string> };

export const EMPTY_BOOK: LinkBook = { links: [], never: new Set() };

/** One text for a record of any system; JSON, so that no name of a system can imitate another pair's. */
export const refKey = ({ system, key }: RecordRef): string => JSON.stringify([system, key]);

const pairOf = ({ one, other }: Pick<CustomerLink, 'one' | 'other'>): string => pairKey(refKey(one), refKey(other));

/**
 * The book with the link. A link that holds already, that joins a record with itself, or that the matching proposes against somebody's
 * "never" changes nothing; a person's own link takes the "never" back.
 */
export const addLink = (book: LinkBook, link: CustomerLink): LinkBook => {
  const pair = pairOf(link);
  if (refKey(link.one) === refKey(link.other) || book.links.some((each) => pairOf(each) === pair)) return book;
  if (book.never.has(pair) && link.by === 'matching') return book;
  return { links: [...book.links, link], never: book.never.has(pair) ? new Set([...book.never].filter((each) => each !== pair)) : book.never };
};

/** The book without the link; with `never`, the matching will not propose the pair again. An unknown id changes nothing. */
export const removeLink = (book: LinkBook, id: string, never: boolean): LinkBook => {
  const link = book.links.find((each) => each.id === id);
  if (!link) return book;
  return { links: book.links.filter((each) => each !== link), never: never ? new Set([...book.never, pairOf(link)]) : book.never };
};

/** Records joined by links, directly or through others; each record is in exactly one group. Links to records that are gone rest. */
const groupsOf = (records: readonly SystemRecord[], { links }: LinkBook): SystemRecord[][] => {
  const groupOf = new Map(records.map((record) => [refKey(record), [record]]));
  for (const { one, other } of links) {
    const [left, right] = [groupOf.get(refKey(one)), groupOf.get(refKey(other))];
    if (!left || !right || left === right || left[0]?.kind !== right[0]?.kind) continue;
    const all = [...left, ...right];
    for (const record of all) groupOf.set(refKey(record), all);
  }
  return [...new Set(groupOf.values())];
};

export type Customers = {
  /** Customers as marketing tends to count them, each with its people. */
  organisations: { view: JoinedView; contacts: JoinedView[] }[];
  /** People of whom no record names an organisation that is known. */
  alone: JoinedView[];
  /** How many customers there are in either meaning of the word. */
  counts: { contacts: number; organisations: number };
};

const firstMember = ({ members }: JoinedView): string => (members[0] ? refKey(members[0]) : '');

const byFirstMember = (left: JoinedView, right: JoinedView): number => (firstMember(left) < firstMember(right) ? -1 : 1);

/**
 * Every customer, in both meanings: organisations with their contacts. A contact whose systems name different organisations (a change of
 * job that one side has not heard of) stands under each of them, and counts once.
 */
export const customersOf = (records: readonly SystemRecord[], book: LinkBook, rules: ViewRules): Customers => {
  const groups = groupsOf(records, book);
  const organisations = groups.filter((group) => group[0]?.kind === 'organisation').map((group) => ({ view: joinedView(group, rules), contacts: [] as JoinedView[] }));
  const holding = new Map(organisations.flatMap((each) => each.view.members.map((member) => [refKey(member), each] as const)));
  const people = groups.filter((group) => group[0]?.kind === 'contact');
  const alone: JoinedView[] = [];
  for (const group of people) {
    const view = joinedView(group, rules);
    const employers = new Set(group.flatMap(({ system, organisation }) => (organisation === undefined ? [] : (holding.get(refKey({ system, key: organisation })) ?? []))));
    for (const employer of employers) employer.contacts.push(view);
    if (employers.size === 0) alone.push(view);
  }
  for (const { contacts } of organisations) contacts.sort(byFirstMember);
  return {
    organisations: organisations.sort((left, right) => byFirstMember(left.view, right.view)),
    alone: alone.sort(byFirstMember),
    counts: { contacts: people.length, organisations: organisations.length },
  };
};
