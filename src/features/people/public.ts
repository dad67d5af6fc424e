import { and, eq, inArray, isNull } from 'drizzle-orm';
import { SIDES, type FunctionName, type Level, type Side } from '../../lib/vocabulary';
import type { WorkspaceTx } from '../../platform/db/database';
import { person } from './schema';

export const personExists = async (tx: WorkspaceTx, id: string): Promise<boolean> =>
  (await tx.select({ id: person.id }).from(person).where(eq(person.id, id))).length > 0;

/** Which function a person leads, if any: a head is the linked leader of sales or of marketing. */
export const headOf = async (tx: WorkspaceTx, personId: string | null): Promise<Side | null> => {
  if (!personId) return null;
  const [found] = await tx.select({ function: person.function, level: person.level, archivedAt: person.archivedAt }).from(person).where(eq(person.id, personId));
  return found && !found.archivedAt && found.level === 'leader' && (found.function === 'sales' || found.function === 'marketing') ? found.function : null;
};

/** The function a person works in; null for nobody, and where it is not known. */
export const functionOf = async (tx: WorkspaceTx, personId: string | null): Promise<FunctionName | null> =>
  personId ? ((await tx.select({ function: person.function }).from(person).where(eq(person.id, personId)))[0]?.function ?? null) : null;

/** Somebody who can be asked: present, with a function by activity. Without a level they count as front line; without a territory it is ''. */
export type PersonToAsk = { id: string; name: string; email: string; function: FunctionName; level: Level; territory: string };

export const peopleToAsk = async (tx: WorkspaceTx): Promise<PersonToAsk[]> => {
  const rows = await tx
    .select({ id: person.id, name: person.name, email: person.email, function: person.function, level: person.level, territory: person.territory })
    .from(person)
    .where(isNull(person.archivedAt));
  return rows.flatMap(({ function: does, level, territory, ...row }) => (does ? [{ ...row, function: does, level: level ?? 'front_line', territory: territory?.trim() ?? '' }] : []));
};

/** Names and addresses of these people, archived ones included: they were asked when they were here. */
export const peopleById = async (tx: WorkspaceTx, ids: readonly string[]): Promise<Map<string, { name: string; email: string }>> => {
  const found = new Map<string, { name: string; email: string }>();
  for (let at = 0; at < ids.length; at += 5_000) {
    const rows = await tx.select({ id: person.id, name: person.name, email: person.email }).from(person).where(inArray(person.id, ids.slice(at, at + 5_000)));
    for (const { id, ...row } of rows) found.set(id, row);
  }
  return found;
};

/** Who can be asked, and how many cannot be placed yet. */
export const askability = async (tx: WorkspaceTx) => {
  const here = await tx.select({ function: person.function, level: person.level, territory: person.territory }).from(person).where(isNull(person.archivedAt));
  return {
    people: await peopleToAsk(tx),
    leftOut: {
      withoutFunction: here.filter((row) => !row.function).length,
      withoutLevel: here.filter((row) => row.function && !row.level).length,
      withoutTerritory: here.filter((row) => row.function && !row.territory?.trim()).length,
    },
  };
};

/** Names of the two heads for a letter's end; an ellipsis where nobody is named as leader. */
export const headNames = async (tx: WorkspaceTx): Promise<{ sales: string; marketing: string }> => {
  const leaders = await tx.select({ name: person.name, function: person.function }).from(person).where(and(eq(person.level, 'leader'), isNull(person.archivedAt))).orderBy(person.name);
  const of = (side: Side) => leaders.find((row) => row.function === side)?.name ?? '…';
  return { sales: of('sales'), marketing: of('marketing') };
};

/** What the two functions' people bring along: of those whose past is known, how many have worked in the other function; of those whose site is, how many sit where both do. */
export const pastAndPlace = async (tx: WorkspaceTx): Promise<{ crossed: number; pastKnown: number; near: number; placeKnown: number }> => {
  const rows = await tx.select({ function: person.function, site: person.site, past: person.workedInOtherFunction }).from(person).where(and(isNull(person.archivedAt), inArray(person.function, [...SIDES])));
  const sites = new Map<string, Set<Side>>();
  for (const { function: does, site } of rows) if (site?.trim() && (does === 'sales' || does === 'marketing')) sites.set(site.trim(), (sites.get(site.trim()) ?? new Set()).add(does));
  const placed = rows.filter(({ site }) => site?.trim());
  const known = rows.filter(({ past }) => past !== null);
  return { crossed: known.filter(({ past }) => past).length, pastKnown: known.length, near: placed.filter(({ site }) => sites.get(site?.trim() ?? '')?.size === 2).length, placeKnown: placed.length };
};

/** The day the newest of the two heads began here; null where no day is known. */
export const newestHeadSince = async (tx: WorkspaceTx): Promise<string | null> => {
  const heads = await tx.select({ function: person.function, since: person.startDate }).from(person).where(and(eq(person.level, 'leader'), isNull(person.archivedAt), inArray(person.function, [...SIDES])));
  return heads.flatMap(({ since }) => since ?? []).toSorted().at(-1) ?? null;
};
