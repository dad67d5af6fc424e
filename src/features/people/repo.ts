import { and, asc, count, desc, eq, ilike, inArray, isNotNull, isNull, or, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { WorkspaceTx } from '../../platform/db/database';
import { NONE, type PeopleFilters } from './contract';
import type { KnownPerson } from './domain/person';
import { labelKey } from '../../lib/plain';
import type { StoredValues } from './domain/revert';
import type { Rules } from './domain/rules';
import { departmentFunction, importMapping, person, siteTerritory } from './schema';

export type PersonRow = typeof person.$inferSelect;
export type ListedPerson = PersonRow & { managerName: string | null; reports: number };

const manager = alias(person, 'manager');

/** Serialises writers of one workspace's people until the transaction ends: circles of managers and imports are judged on the whole list. */
export const lockPeople = (tx: WorkspaceTx, workspaceId: string) => tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`people:${workspaceId}`}, 0))`);

const orNone = (column: SQL | typeof person.territory | typeof person.department | typeof person.site, value: string): SQL | undefined =>
  value === NONE ? isNull(column) : eq(sql`lower(${column})`, labelKey(value));

const missing = (field: NonNullable<PeopleFilters['missing']>): SQL =>
  isNull({ function: person.function, level: person.level, territory: person.territory, manager: person.managerId }[field]);

/** LIKE's own signs in what somebody searches for mean themselves. */
const pattern = (search: string): string => `%${search.replace(/[\\%_]/gu, (sign) => `\\${sign}`)}%`;

const matching = (filters: PeopleFilters): SQL | undefined =>
  and(
    filters.archived === 'only' ? isNotNull(person.archivedAt) : isNull(person.archivedAt),
    filters.search ? or(ilike(person.name, pattern(filters.search)), ilike(person.emailKey, pattern(filters.search)), ilike(person.department, pattern(filters.search))) : undefined,
    filters.function === undefined ? undefined : filters.function === NONE ? isNull(person.function) : eq(person.function, filters.function),
    filters.level === undefined ? undefined : filters.level === NONE ? isNull(person.level) : eq(person.level, filters.level),
    filters.territory === undefined ? undefined : orNone(person.territory, filters.territory),
    filters.department === undefined ? undefined : orNone(person.department, filters.department),
    filters.site === undefined ? undefined : orNone(person.site, filters.site),
    filters.missing === undefined ? undefined : missing(filters.missing),
  );

const LEVEL_ORDER = sql`case ${person.level} when 'leader' then 1 when 'manager' then 2 when 'front_line' then 3 end`;
const sortColumn = (sort: PeopleFilters['sort']) => ({ name: person.name, function: person.function, level: LEVEL_ORDER, territory: person.territory, department: person.department, startDate: person.startDate })[sort];

const listed = (tx: WorkspaceTx) =>
  tx
    .select({ row: person, managerName: manager.name, reports: sql<number>`(select count(*)::int from person r where r.workspace_id = ${person.workspaceId} and r.manager_id = ${person.id} and r.archived_at is null)` })
    .from(person)
    .leftJoin(manager, and(eq(manager.workspaceId, person.workspaceId), eq(manager.id, person.managerId)));

const flat = (found: { row: PersonRow; managerName: string | null; reports: number }[]): ListedPerson[] => found.map(({ row, ...rest }) => ({ ...row, ...rest }));

export const listPeople = async (tx: WorkspaceTx, filters: PeopleFilters, page?: { number: number; size: number }): Promise<ListedPerson[]> => {
  const direction = filters.order === 'desc' ? desc : asc;
  const query = listed(tx).where(matching(filters)).orderBy(sql`${direction(sortColumn(filters.sort))} nulls last`, asc(person.name), asc(person.id));
  return flat(await (page ? query.limit(page.size).offset((page.number - 1) * page.size) : query));
};

export const countPeople = async (tx: WorkspaceTx, filters: PeopleFilters): Promise<number> => (await tx.select({ n: count() }).from(person).where(matching(filters)))[0]?.n ?? 0;

export const findPerson = async (tx: WorkspaceTx, id: string): Promise<ListedPerson | undefined> => flat(await listed(tx).where(eq(person.id, id)))[0];

export const findByKey = async (tx: WorkspaceTx, key: string): Promise<PersonRow | undefined> => (await tx.select().from(person).where(eq(person.emailKey, key)))[0];

export const allPeople = (tx: WorkspaceTx): Promise<PersonRow[]> => tx.select().from(person);

export const peopleByIds = (tx: WorkspaceTx, ids: readonly string[]): Promise<PersonRow[]> => tx.select().from(person).where(inArray(person.id, [...ids]));

/** A person's values, manager by id. */
export const storedValues = (row: PersonRow): StoredValues => ({
  name: row.name, function: row.function, level: row.level, territory: row.territory, managerId: row.managerId,
  startDate: row.startDate, workedInOtherFunction: row.workedInOtherFunction, department: row.department, site: row.site,
});

/** Rows as the rules know them, managers by e-mail key. */
export const knownPeople = (rows: readonly PersonRow[]): KnownPerson[] => {
  const keys = new Map(rows.map((row) => [row.id, row.emailKey]));
  return rows.map((row) => {
    const { managerId, ...values } = storedValues(row);
    return { id: row.id, key: row.emailKey, version: row.version, archived: row.archivedAt !== null, byRule: row.byRule, values: { ...values, managerKey: managerId === null ? null : (keys.get(managerId) ?? null) } };
  });
};

/** The standing rules about departments and sites. */
export const loadRules = async (tx: WorkspaceTx): Promise<Rules> => {
  const departments = await tx.select().from(departmentFunction);
  const sites = await tx.select().from(siteTerritory);
  return { departments: new Map(departments.map((rule) => [rule.department, rule.function])), sites: new Map(sites.map((rule) => [rule.site, rule.territory])) };
};

export const recallMapping = async (tx: WorkspaceTx, signature: string) => (await tx.select().from(importMapping).where(eq(importMapping.signature, signature)))[0]?.mapping;

export const rememberMapping = (tx: WorkspaceTx, row: typeof importMapping.$inferInsert) =>
  tx.insert(importMapping).values(row).onConflictDoUpdate({ target: [importMapping.workspaceId, importMapping.signature], set: { mapping: row.mapping, savedAt: row.savedAt } });

/** Counts for the filters above the list. */
export const facetCounts = async (tx: WorkspaceTx) => {
  const rows = await tx.select({ function: person.function, level: person.level, territory: person.territory, managerId: person.managerId, department: person.department, site: person.site, archivedAt: person.archivedAt }).from(person);
  const present = rows.filter((row) => row.archivedAt === null);
  const functions = { sales: 0, marketing: 0, leadership: 0, none: 0 };
  for (const row of present) functions[row.function ?? 'none']++;
  const territories = new Map<string, { label: string; people: number }>();
  for (const { territory } of present) {
    if (territory === null) continue;
    const entry = territories.get(labelKey(territory)) ?? { label: territory, people: 0 };
    entry.people++;
    territories.set(labelKey(territory), entry);
  }
  const names = (values: (string | null)[]): string[] => [...new Map(values.filter((value) => value !== null).map((value) => [labelKey(value), value])).values()].sort((a, b) => a.localeCompare(b));
  const lacking = (field: 'function' | 'level' | 'territory' | 'managerId') => present.filter((row) => row[field] === null).length;
  return {
    total: present.length,
    archived: rows.length - present.length,
    functions,
    missing: { function: lacking('function'), level: lacking('level'), territory: lacking('territory'), manager: lacking('managerId') },
    territories: [...territories.values()].sort((a, b) => a.label.localeCompare(b.label)),
    departments: names(present.map((row) => row.department)),
    sites: names(present.map((row) => row.site)),
  };
};

