import type { Table } from '../../../lib/table';
import { likeness, nameFromEmail } from '../../../lib/email';
import { findManager, indexPeople, withoutCycles } from './manager-tree';
import type { Mapping } from './mapping';
import { EMPTY_VALUES, RULE_FIELDS, VALUE_FIELDS, type KnownPerson, type PersonValues, type RuleField } from './person';
import { labelKey } from '../../../lib/plain';
import { readRow, type RowDraft, type RowProblem } from './read-row';
import { applyRules, beforeOf, type Rules } from './rules';

/** `merged`: says again what an earlier row of the file says, or adds to it. */
export const ROW_STATUSES = ['new', 'changed', 'same', 'merged', 'rejected'] as const;
export type RowStatus = (typeof ROW_STATUSES)[number];

export type PlannedRow = {
  line: number;
  status: RowStatus;
  key: string | null;
  /** As written. */
  email: string;
  name: string;
  /** The person to change; null for new and rejected rows. */
  personId: string | null;
  version: number | null;
  set: Partial<PersonValues>;
  before: Partial<PersonValues>;
  byRule: RuleField[];
  /** The person was archived and comes back. */
  restore: boolean;
  problems: RowProblem[];
};

/** rows of the file = new + changed + same + merged + rejected, always. */
export type ImportPlan = { rows: PlannedRow[]; counts: Record<RowStatus, number> };

export type PlanInput = { table: Table; mapping: Mapping; known: readonly KnownPerson[]; rules: Rules; today: string };

const saidTwice = (first: RowDraft, second: RowDraft): boolean =>
  Object.entries(second.values).every(([field, value]) => {
    const before = first.values[field as keyof RowDraft['values']];
    return before === undefined || before === value || (typeof before === 'string' && typeof value === 'string' && labelKey(before) === labelKey(value));
  }) &&
  (first.manager === null || second.manager === null || labelKey(first.manager) === labelKey(second.manager));

/** The first row of each person, with what agreeing later rows add; contradicting ones are rejected. */
const mergeDuplicates = (drafts: readonly RowDraft[]): Set<RowDraft> => {
  const firsts = new Map<string, RowDraft>();
  const merged = new Set<RowDraft>();
  for (const draft of drafts) {
    if (draft.rejected || draft.key === null) continue;
    const first = firsts.get(draft.key);
    if (!first) {
      firsts.set(draft.key, draft);
    } else if (saidTwice(first, draft)) {
      first.values = { ...draft.values, ...first.values };
      first.manager ??= draft.manager;
      merged.add(draft);
    } else {
      draft.rejected = 'duplicate_differs';
      draft.problems.push({ code: 'duplicate_differs', field: 'email', detail: String(first.line) });
    }
  }
  return merged;
};

const LABELS = ['territory', 'department', 'site'] as const;

/** One spelling for one territory, department or site: the person's own, else the one known first. */
const settleSpellings = (drafts: readonly RowDraft[], known: readonly KnownPerson[], byKey: ReadonlyMap<string | null, KnownPerson>, rules: Rules): void => {
  const first = { territory: new Map<string, string>(), department: new Map<string, string>(), site: new Map<string, string>() };
  const settle = (field: keyof typeof first, text: string): string => {
    const key = labelKey(text);
    const found = first[field].get(key) ?? text;
    first[field].set(key, found);
    return found;
  };
  for (const { values } of known) for (const field of LABELS) if (values[field] !== null) settle(field, values[field]);
  for (const territory of rules.sites.values()) settle('territory', territory);
  for (const { key, values } of drafts) {
    for (const field of LABELS) {
      const text = values[field];
      if (text == null) continue;
      // Where people already have two spellings of one place, the first of them may itself change with this file; one's own does not.
      const own = byKey.get(key)?.values[field] ?? null;
      values[field] = own !== null && labelKey(own) === labelKey(text) ? own : settle(field, text);
    }
  }
};

const flagLikenesses = (drafts: readonly RowDraft[], known: readonly KnownPerson[]): void => {
  const seen = new Map<string, Set<string>>();
  const keys = [...known.map((person) => person.key), ...drafts.flatMap((draft) => (draft.key !== null && !draft.rejected ? [draft.key] : []))];
  for (const key of keys) {
    const like = likeness(key);
    const others = seen.get(like);
    if (others) others.add(key);
    else seen.set(like, new Set([key]));
  }
  for (const draft of drafts) {
    if (draft.key === null || draft.rejected || /^[\p{ASCII}]*$/u.test(draft.key)) continue;
    const twin = [...(seen.get(likeness(draft.key)) ?? [])].find((key) => key !== draft.key);
    if (twin !== undefined) draft.problems.push({ code: 'email_looks_like', field: 'email', detail: twin });
  }
};

type Managers = ReadonlyMap<string, string>;

const settleManagers = (drafts: readonly RowDraft[], known: readonly KnownPerson[]): Managers => {
  const inFile = new Map(drafts.map((draft) => [draft.key, draft]));
  const present = known.filter((person) => !person.archived || inFile.has(person.key));
  const knownKeys = new Set(present.map((person) => person.key));
  const index = indexPeople([
    ...present.map((person) => ({ key: person.key, name: inFile.get(person.key)?.values.name ?? person.values.name })),
    ...drafts.flatMap((draft) => (draft.key === null || knownKeys.has(draft.key) ? [] : [{ key: draft.key, name: draft.values.name ?? nameFromEmail(draft.key) }])),
  ]);
  const proposed = new Map<string, string>();
  for (const draft of drafts) {
    if (draft.key === null || draft.manager === null) continue;
    const found = findManager(draft.manager, index);
    if ('fault' in found) draft.problems.push({ code: found.fault, field: 'manager', detail: draft.manager.slice(0, 80) });
    else if (found.key === draft.key) draft.problems.push({ code: 'manager_self', field: 'manager', detail: draft.manager.slice(0, 80) });
    else proposed.set(draft.key, found.key);
  }
  const { managers, refused } = withoutCycles(new Map(known.map((person) => [person.key, person.values.managerKey])), proposed);
  for (const draft of drafts) {
    const cycle = draft.key === null ? undefined : refused.get(draft.key);
    if (cycle) draft.problems.push({ code: 'manager_cycle', field: 'manager', detail: cycle.slice(0, 6).join(', ') });
  }
  return managers;
};

const planOne = (draft: RowDraft & { key: string }, person: KnownPerson | undefined, managerKey: string | undefined, rules: Rules): PlannedRow => {
  const said: Partial<PersonValues> = { ...draft.values, ...(managerKey === undefined ? {} : { managerKey }) };
  if (!person && said.name === undefined) {
    said.name = nameFromEmail(draft.key);
    draft.problems.push({ code: 'name_from_email', field: 'name', detail: said.name });
  }
  const known = person?.values ?? EMPTY_VALUES;
  const after: PersonValues = { ...known, ...said };
  const saidFields = new Set(Object.keys(said));
  const ruled = applyRules(after, person?.byRule ?? [], saidFields, rules);
  Object.assign(after, ruled.set);
  const set: Partial<PersonValues> = Object.fromEntries(VALUE_FIELDS.filter((field) => after[field] !== known[field]).map((field) => [field, after[field]]));
  // A value that a file repeats stays a rule's value, so that repeating a file changes nothing.
  const byRule = RULE_FIELDS.filter((field) => (field in set ? ruled.byRule.includes(field) : (person?.byRule ?? []).includes(field)));
  const restore = person?.archived ?? false;
  if (restore) draft.problems.push({ code: 'restored', field: 'email', detail: draft.email });
  const status = !person ? 'new' : Object.keys(set).length > 0 || restore ? 'changed' : 'same';
  return {
    ...rowOf(draft, status),
    name: after.name,
    personId: person?.id ?? null,
    version: person?.version ?? null,
    set,
    before: person ? beforeOf(known, set) : {},
    byRule,
    restore,
  };
};

const rowOf = (draft: RowDraft, status: RowStatus): PlannedRow => ({
  line: draft.line,
  status,
  key: draft.key,
  email: draft.email,
  name: draft.values.name ?? '',
  personId: null,
  version: null,
  set: {},
  before: {},
  byRule: [],
  restore: false,
  problems: draft.problems,
});

/** What importing the table would do, row by row. Nothing is written; planning a written plan's file again gives no change. */
export const planImport = ({ table, mapping, known, rules, today }: PlanInput): ImportPlan => {
  const drafts = table.rows.map((row) => readRow(row, mapping, today));
  const byKey = new Map<string | null, KnownPerson>(known.map((person) => [person.key, person]));
  settleSpellings(drafts, known, byKey, rules);
  const merged = mergeDuplicates(drafts);
  const kept = drafts.filter((draft) => !draft.rejected && !merged.has(draft));
  flagLikenesses(kept, known);
  const managers = settleManagers(kept, known);
  const rows = drafts.map((draft) => {
    if (draft.rejected || draft.key === null) return rowOf(draft, 'rejected');
    if (merged.has(draft)) return rowOf(draft, 'merged');
    return planOne({ ...draft, key: draft.key }, byKey.get(draft.key), managers.get(draft.key), rules);
  });
  const counts: Record<RowStatus, number> = { new: 0, changed: 0, same: 0, merged: 0, rejected: 0 };
  for (const row of rows) counts[row.status]++;
  return { rows, counts };
};
