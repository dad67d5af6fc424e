import { FUNCTIONS, type FunctionName, type Level } from '../../../lib/vocabulary';
import type { KnownPerson } from './person';
import { beforeOf, type PersonChange } from './rules';

/**
 * Level from the manager tree: the top of a function is its leader, who has reports is a manager, the rest is front line
 * (levels: MB ch. 5). The tree may run through people of other functions: a sales region under a country head still belongs to sales.
 */
export type DerivedLevels = {
  changes: PersonChange[];
  /** People whose level differs but was said by a person or a file, and so stays. */
  kept: { id: string; name: string; said: Level; derived: Level }[];
  /** What a person should look at: a function without a clear top, or with several. */
  notes: { code: 'no_leader' | 'several_leaders' | 'no_tree'; function: FunctionName; names: string[] }[];
};

type Tree = { byKey: ReadonlyMap<string, KnownPerson>; reports: ReadonlyMap<string, number> };

const treeOf = (people: readonly KnownPerson[]): Tree => {
  const byKey = new Map(people.map((person) => [person.key, person]));
  const reports = new Map<string, number>();
  for (const { values } of people) if (values.managerKey !== null && byKey.has(values.managerKey)) reports.set(values.managerKey, (reports.get(values.managerKey) ?? 0) + 1);
  return { byKey, reports };
};

/** Has someone of the same function above. */
const isUnderOwn = (person: KnownPerson, { byKey }: Tree): boolean => {
  const passed = new Set([person.key]);
  for (let at = person.values.managerKey; at !== null && !passed.has(at); ) {
    passed.add(at);
    const above = byKey.get(at);
    if (!above) return false;
    if (above.values.function === person.values.function) return true;
    at = above.values.managerKey;
  }
  return false;
};

/** The tops of one function that lead somebody; a function of one person is led by that person. */
const leadersOf = (members: readonly KnownPerson[], tree: Tree): KnownPerson[] => {
  const tops = members.filter((person) => !isUnderOwn(person, tree));
  const leading = tops.filter((person) => (tree.reports.get(person.key) ?? 0) > 0);
  return leading.length > 0 || members.length !== 1 ? leading : [...tops];
};

/** Levels as the tree has them, by e-mail key; people without a function have none. Archived people are not in the tree. */
export const levelsFromTree = (people: readonly KnownPerson[]): { levels: Map<string, Level>; notes: DerivedLevels['notes'] } => {
  const present = people.filter((person) => !person.archived);
  const tree = treeOf(present);
  const levels = new Map<string, Level>();
  const notes: DerivedLevels['notes'] = [];
  for (const fn of FUNCTIONS) {
    const members = present.filter((person) => person.values.function === fn);
    if (members.length === 0) continue;
    const connected = members.some((person) => person.values.managerKey !== null || tree.reports.has(person.key));
    if (!connected && members.length > 1) {
      notes.push({ code: 'no_tree', function: fn, names: [] });
      continue;
    }
    const leaders = new Set(leadersOf(members, tree));
    if (leaders.size === 0) notes.push({ code: 'no_leader', function: fn, names: [] });
    if (leaders.size > 1 && fn !== 'leadership') notes.push({ code: 'several_leaders', function: fn, names: [...leaders].map((person) => person.values.name) });
    for (const person of members) {
      const manages = (tree.reports.get(person.key) ?? 0) > 0;
      levels.set(person.key, leaders.has(person) ? 'leader' : manages ? 'manager' : 'front_line');
    }
  }
  return { levels, notes };
};

/** What deriving would change. With `overrule`, levels that were said are changed as well. */
export const deriveLevels = (people: readonly KnownPerson[], overrule: boolean): DerivedLevels => {
  const { levels, notes } = levelsFromTree(people);
  const changes: PersonChange[] = [];
  const kept: DerivedLevels['kept'] = [];
  for (const person of people) {
    const derived = levels.get(person.key);
    const current = person.values.level;
    if (derived === undefined || person.archived || current === derived) continue;
    if (current !== null && !person.byRule.includes('level') && !overrule) {
      kept.push({ id: person.id, name: person.values.name, said: current, derived });
      continue;
    }
    const set = { level: derived };
    changes.push({ id: person.id, key: person.key, name: person.values.name, set, before: beforeOf(person.values, set), byRule: [...new Set([...person.byRule, 'level' as const])] });
  }
  return { changes, kept, notes };
};
