import type { FunctionName } from '../../../lib/vocabulary';
import type { KnownPerson, PersonValues, RuleField } from './person';
import { labelKey } from '../../../lib/plain';

/**
 * What somebody said once about a whole department or site. A department's name proves no activity, so nothing is guessed from it;
 * `null` says "neither function works here".
 */
export type Rules = {
  /** By `labelKey` of the department. */
  departments: ReadonlyMap<string, FunctionName | null>;
  /** By `labelKey` of the site. */
  sites: ReadonlyMap<string, string>;
};

export const NO_RULES: Rules = { departments: new Map(), sites: new Map() };

export type RuleOutcome = { set: Partial<Pick<PersonValues, 'function' | 'territory'>>; byRule: RuleField[] };

/**
 * What the rules make of one person: they fill what nobody has said, and correct what a rule had filled. What a person or a file said stays.
 * @param said fields that were just said and so belong to no rule
 */
export const applyRules = (values: PersonValues, byRule: readonly RuleField[], said: ReadonlySet<string>, rules: Rules): RuleOutcome => {
  const set: RuleOutcome['set'] = {};
  const kept = new Set<RuleField>(byRule.filter((field) => !said.has(field)));
  const free = (field: 'function' | 'territory'): boolean => !said.has(field) && (values[field] === null || kept.has(field));
  const department = values.department === null ? undefined : rules.departments.get(labelKey(values.department));
  if (department !== undefined && free('function')) {
    if (values.function !== department) set.function = department;
    if (department !== null) kept.add('function');
    else kept.delete('function');
  }
  const territory = values.site === null ? undefined : rules.sites.get(labelKey(values.site));
  if (territory !== undefined && free('territory')) {
    if (values.territory !== territory) set.territory = territory;
    kept.add('territory');
  }
  return { set, byRule: [...kept] };
};

export type PersonChange = { id: string; key: string; name: string; set: Partial<PersonValues>; before: Partial<PersonValues>; byRule: RuleField[] };

/** `before` for the fields that change. */
export const beforeOf = (values: PersonValues, set: Partial<PersonValues>): Partial<PersonValues> =>
  Object.fromEntries(Object.entries(values).filter(([field]) => field in set));

/** Everyone whom the rules change, archived people aside. */
export const changesByRules = (people: readonly KnownPerson[], rules: Rules): PersonChange[] =>
  people.flatMap((person) => {
    if (person.archived) return [];
    const { set, byRule } = applyRules(person.values, person.byRule, new Set(), rules);
    if (Object.keys(set).length === 0) return [];
    return [{ id: person.id, key: person.key, name: person.values.name, set, before: beforeOf(person.values, set), byRule }];
  });

export type GroupCount = { label: string; people: number; withoutTerritory: number; functions: Record<FunctionName | 'none', number> };

/** Departments or sites with their people, largest first; people without one are under an empty label. */
export const groupsOf = (people: readonly KnownPerson[], field: 'department' | 'site'): GroupCount[] => {
  const groups = new Map<string, GroupCount>();
  for (const person of people) {
    if (person.archived) continue;
    const label = person.values[field] ?? '';
    const group = groups.get(labelKey(label)) ?? { label, people: 0, withoutTerritory: 0, functions: { sales: 0, marketing: 0, leadership: 0, none: 0 } };
    group.people++;
    if (person.values.territory === null) group.withoutTerritory++;
    group.functions[person.values.function ?? 'none']++;
    groups.set(labelKey(label), group);
  }
  return [...groups.values()].sort((a, b) => b.people - a.people || a.label.localeCompare(b.label));
};
