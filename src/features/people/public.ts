import { count, eq, inArray, isNull } from 'drizzle-orm';
import type { FunctionName, Level, Side } from '../../lib/vocabulary';
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

/** Somebody who can be asked: present, with a function by activity. Without a level they count as front line; without a territory it is ''. */
export type PersonToAsk = { id: string; name: string; email: string; function: FunctionName; level: Level; territory: string };

export const peopleToAsk = async (tx: WorkspaceTx): Promise<PersonToAsk[]> => {
  const rows = await tx
    .select({ id: person.id, name: person.name, email: person.email, function: person.function, level: person.level, territory: person.territory })
    .from(person)
    .where(isNull(person.archivedAt));
  return rows.flatMap(({ function: does, level, territory, ...row }) => (does ? [{ ...row, function: does, level: level ?? 'front_line', territory: territory?.trim() ?? '' }] : []));
};

/** Present people per function, level and territory; for deciding which groups can be reported. */
export type HeadCount = { function: FunctionName; level: Level | null; territory: string | null; people: number };

export const headCountsByGroup = async (tx: WorkspaceTx): Promise<HeadCount[]> => {
  const rows = await tx
    .select({ function: person.function, level: person.level, territory: person.territory, people: count() })
    .from(person)
    .where(isNull(person.archivedAt))
    .groupBy(person.function, person.level, person.territory);
  return rows.flatMap(({ function: does, ...row }) => (does ? [{ ...row, function: does }] : []));
};

/** Names of people by id, archived ones included, for lists of who is outstanding. */
export const namesOf = async (tx: WorkspaceTx, ids: readonly string[]): Promise<Map<string, string>> =>
  new Map(ids.length === 0 ? [] : (await tx.select({ id: person.id, name: person.name }).from(person).where(inArray(person.id, [...ids]))).map((row) => [row.id, row.name]));
