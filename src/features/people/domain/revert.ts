import { withoutCycles } from './manager-tree';
import { VALUE_FIELDS, type PersonValues, type RuleField, type ValueField } from './person';

/** A person's values as stored: the manager by id. */
export type StoredValues = Omit<PersonValues, 'managerKey'> & { managerId: string | null };
export type StoredField = keyof StoredValues;
export const STORED_FIELDS: readonly StoredField[] = VALUE_FIELDS.map((field: ValueField): StoredField => (field === 'managerKey' ? 'managerId' : field));

/** What a change touched, before or after it. */
export type Snapshot = Partial<StoredValues> & { archived?: boolean; byRule?: RuleField[] };

/** A change as an import or a bulk act wrote it down. `before` is null for a new person, and `after` then holds every field. */
export type WrittenChange = { personId: string; before: Snapshot | null; after: Snapshot };

export type StandingPerson = {
  id: string;
  archived: boolean;
  values: StoredValues;
  /** Something outside the people list names this person: an account, an assessment. */
  inUse: boolean;
};

export type KeptReason = 'changed_since' | 'has_reports' | 'in_use' | 'gone' | 'manager_cycle';

export type RevertPlan = {
  restore: { personId: string; set: Snapshot }[];
  remove: string[];
  /** People whom taking back would have lost something; they stay as they are. */
  kept: { personId: string; name: string; reason: KeptReason }[];
};

type People = ReadonlyMap<string, StandingPerson>;

const untouched = (person: StandingPerson, after: Snapshot): boolean =>
  STORED_FIELDS.every((field) => !(field in after) || person.values[field] === after[field]) && (after.archived === undefined || after.archived === person.archived);

const reasonToKeep = (change: WrittenChange, person: StandingPerson | undefined): KeptReason | undefined => {
  if (!person) return 'gone';
  if (!untouched(person, change.after)) return 'changed_since';
  return change.before === null && person.inUse ? 'in_use' : undefined;
};

/** Managers after taking back; someone whose old manager by now reports to them keeps the new one. */
const restoredManagers = (changes: readonly WrittenChange[], people: People): { managers: Map<string, string | null>; refused: ReadonlySet<string> } => {
  const now = new Map<string, string | null>([...people].map(([id, person]) => [id, person.values.managerId]));
  const proposed = new Map<string, string>();
  for (const { personId, before } of changes) {
    if (before?.managerId === undefined) continue;
    if (before.managerId !== null && people.has(before.managerId)) proposed.set(personId, before.managerId);
    else now.set(personId, null);
  }
  const { managers, refused } = withoutCycles(now, proposed);
  return { managers: new Map<string, string | null>([...now, ...managers]), refused: new Set(refused.keys()) };
};

/** People who would leave somebody behind stay; keeping one may keep another, so this goes on until nothing moves. */
const removableOf = (fresh: readonly string[], managers: ReadonlyMap<string, string | null>): Set<string> => {
  const removable = new Set(fresh);
  for (let moved = true; moved; ) {
    moved = false;
    for (const [id, manager] of managers) {
      if (manager === null || removable.has(id) || !removable.delete(manager)) continue;
      moved = true;
    }
  }
  return removable;
};

/** How to take a change set back. Who was changed since is kept as is, and named. */
export const planRevert = (changes: readonly WrittenChange[], people: People): RevertPlan => {
  const kept: RevertPlan['kept'] = [];
  const open: WrittenChange[] = [];
  const keep = (personId: string, reason: KeptReason): number => kept.push({ personId, name: people.get(personId)?.values.name ?? '', reason });
  for (const change of changes) {
    const reason = reasonToKeep(change, people.get(change.personId));
    if (reason) keep(change.personId, reason);
    else open.push(change);
  }
  const { managers, refused } = restoredManagers(open, people);
  const fresh = open.filter((change) => change.before === null).map((change) => change.personId);
  const removable = removableOf(fresh, managers);
  for (const id of fresh) if (!removable.has(id)) keep(id, 'has_reports');
  const restore = open.flatMap(({ personId, before }) => {
    if (before === null) return [];
    if (refused.has(personId)) keep(personId, 'manager_cycle');
    if (refused.has(personId)) return [];
    const orphaned = before.managerId !== undefined && before.managerId !== null && !people.has(before.managerId);
    return [{ personId, set: orphaned ? { ...before, managerId: null } : before }];
  });
  return { restore, remove: [...removable], kept };
};
