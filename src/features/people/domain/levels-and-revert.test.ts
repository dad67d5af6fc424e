import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FunctionName } from '../../../lib/vocabulary';
import { buildPerson, type PersonOverrides } from '../testing/build';
import { deriveLevels, levelsFromTree } from './levels';
import { cyclesIn } from './manager-tree';
import type { KnownPerson } from './person';
import { planRevert, STORED_FIELDS, type Snapshot, type StandingPerson, type StoredValues, type WrittenChange } from './revert';
import { changesByRules, groupsOf } from './rules';

const member = (key: string, fn: FunctionName | null, managerKey: string | null = null, more: PersonOverrides = {}): KnownPerson =>
  buildPerson({ key, ...more, values: { name: key, function: fn, managerKey, ...more.values } });

describe('levels from the manager tree', () => {
  const company = [
    member('ceo', 'leadership'),
    member('cfo', 'leadership', 'ceo'),
    member('vp-sales', 'sales', 'ceo'),
    member('country', null, 'vp-sales'),
    member('area', 'sales', 'country'),
    member('rep', 'sales', 'area'),
    member('stray', 'sales', 'ceo'),
    member('cmo', 'marketing', 'ceo'),
    member('brand', 'marketing', 'cmo'),
    member('gone', 'sales', 'rep', { archived: true }),
  ];
  it('reads leader, manager and front line', () => {
    const { levels, notes } = levelsFromTree(company);
    expect(Object.fromEntries(levels)).toEqual({
      ceo: 'leader', cfo: 'front_line', 'vp-sales': 'leader', area: 'manager', rep: 'front_line', stray: 'front_line', cmo: 'leader', brand: 'front_line',
    });
    expect(notes).toEqual([]);
  });
  it.each([
    ['one marketer alone leads', [member('m', 'marketing')], { m: 'leader' }, []],
    ['two regions side by side have two leaders, said so', [member('a', 'sales'), member('a1', 'sales', 'a'), member('b', 'sales'), member('b1', 'sales', 'b')], { a: 'leader', a1: 'front_line', b: 'leader', b1: 'front_line' }, ['several_leaders']],
    ['without any manager known nothing is said', [member('a', 'sales'), member('b', 'sales')], {}, ['no_tree']],
    ['everyone under another function', [member('boss', null), member('a', 'sales', 'boss'), member('b', 'sales', 'boss')], { a: 'front_line', b: 'front_line' }, ['no_leader']],
  ] as const)('%s', (_name, people, expected, codes) => {
    const { levels, notes } = levelsFromTree(people);
    expect(Object.fromEntries(levels)).toEqual(expected);
    expect(notes.map((note) => note.code)).toEqual(codes);
  });
  it('keeps a level that somebody said, unless overruled', () => {
    const people = [member('a', 'sales', null, { values: { level: 'manager' } }), member('b', 'sales', 'a', { values: { level: 'leader' }, byRule: ['level'] })];
    const kept = deriveLevels(people, false);
    expect(kept.changes.map((change) => [change.name, change.before.level, change.set.level])).toEqual([['b', 'leader', 'front_line']]);
    expect(kept.kept).toMatchObject([{ name: 'a', said: 'manager', derived: 'leader' }]);
    expect(deriveLevels(people, true).changes.map((change) => change.name)).toEqual(['a', 'b']);
  });
});

describe('departments', () => {
  const people = [
    member('a', null, null, { values: { department: 'Trade shows' } }),
    member('b', 'sales', null, { values: { department: 'trade shows' } }),
    member('c', 'sales', null, { values: { department: 'Trade shows' }, byRule: ['function'] }),
    member('d', null, null, { values: { department: null } }),
  ];
  it('groups by label, case aside', () => {
    expect(groupsOf(people, 'department')).toEqual([
      { label: 'Trade shows', people: 3, withoutTerritory: 3, functions: { sales: 2, marketing: 0, leadership: 0, none: 1 } },
      { label: '', people: 1, withoutTerritory: 1, functions: { sales: 0, marketing: 0, leadership: 0, none: 1 } },
    ]);
  });
  it('fills the blank and corrects the rule-made, never the said', () => {
    const changes = changesByRules(people, { departments: new Map([['trade shows', 'marketing']]), sites: new Map() });
    expect(changes.map((change) => [change.name, change.before.function, change.set.function])).toEqual([['a', null, 'marketing'], ['c', 'sales', 'marketing']]);
  });
});

const standing = (id: string, values: Partial<StoredValues> = {}, more: Partial<StandingPerson> = {}): StandingPerson => {
  const { managerKey: _, ...rest } = buildPerson({ values: { name: id } }).values;
  return { id, archived: false, inUse: false, ...more, values: { ...rest, managerId: null, ...values } };
};
const mapOf = (...people: StandingPerson[]) => new Map(people.map((person) => [person.id, person]));
const whole = (person: StandingPerson): Snapshot => ({ ...person.values, archived: false });

describe('taking a change back', () => {
  it('removes the new, restores the changed, keeps and names who was changed since', () => {
    const fresh = standing('fresh');
    const edited = standing('edited', { territory: 'East' });
    const changed = standing('changed', { territory: 'West', level: 'leader' });
    const later = standing('later', { territory: 'South' });
    const used = standing('used', {}, { inUse: true });
    const people = mapOf(fresh, edited, changed, later, used);
    const changes: WrittenChange[] = [
      { personId: 'fresh', before: null, after: whole(fresh) },
      { personId: 'edited', before: null, after: { ...whole(edited), territory: null } },
      { personId: 'changed', before: { territory: null }, after: { territory: 'West' } },
      { personId: 'later', before: { territory: 'North' }, after: { territory: 'West' } },
      { personId: 'used', before: null, after: whole(used) },
      { personId: 'missing', before: { level: null }, after: { level: 'leader' } },
    ];
    expect(planRevert(changes, people)).toEqual({
      remove: ['fresh'],
      restore: [{ personId: 'changed', set: { territory: null } }],
      kept: [
        { personId: 'edited', name: 'edited', reason: 'changed_since' },
        { personId: 'later', name: 'later', reason: 'changed_since' },
        { personId: 'used', name: 'used', reason: 'in_use' },
        { personId: 'missing', name: '', reason: 'gone' },
      ],
    });
  });

  it('keeps a new person who leads somebody that stays, and the managers above', () => {
    const top = standing('top');
    const boss = standing('boss', { managerId: 'top' });
    const people = mapOf(top, boss, standing('joined-later', { managerId: 'boss' }));
    const changes = [top, boss].map((person): WrittenChange => ({ personId: person.id, before: null, after: whole(person) }));
    const plan = planRevert(changes, people);
    expect(plan.remove).toEqual([]);
    expect(plan.kept.map((entry) => [entry.name, entry.reason])).toEqual([['top', 'has_reports'], ['boss', 'has_reports']]);
  });

  it('does not bring back a manager who reports to the person by now', () => {
    const people = mapOf(standing('a', { managerId: null }), standing('b', { managerId: 'a' }));
    const plan = planRevert([{ personId: 'a', before: { managerId: 'b' }, after: { managerId: null } }], people);
    expect(plan).toEqual({ restore: [], remove: [], kept: [{ personId: 'a', name: 'a', reason: 'manager_cycle' }] });
  });

  it('names every person once and leaves no circle and no orphan, whatever happened since', () => {
    const id = fc.constantFrom('p0', 'p1', 'p2', 'p3', 'p4', 'p5');
    const manager = fc.option(id, { nil: null });
    const managerSince = fc.oneof(manager, fc.constant('gone-since'));
    const change = fc.record({ personId: id, fresh: fc.boolean(), managerBefore: managerSince });
    fc.assert(
      fc.property(fc.array(manager, { minLength: 6, maxLength: 6 }), fc.uniqueArray(change, { selector: (entry) => entry.personId }), (managers, entries) => {
        // A standing tree: each reports only to a smaller number.
        const people = mapOf(...managers.map((value, index) => standing(`p${index}`, { managerId: value !== null && Number(value[1]) < index ? value : null })));
        const changes = entries.flatMap(({ personId, fresh, managerBefore }): WrittenChange[] => {
          const person = people.get(personId);
          if (!person) return [];
          return [fresh ? { personId, before: null, after: whole(person) } : { personId, before: { managerId: managerBefore }, after: { managerId: person.values.managerId } }];
        });
        const plan = planRevert(changes, people);
        const named = [...plan.remove, ...plan.restore.map((entry) => entry.personId), ...plan.kept.map((entry) => entry.personId)];
        expect(named.toSorted()).toEqual(changes.map((entry) => entry.personId).toSorted());
        const after = new Map([...people].map(([key, person]) => [key, person.values.managerId]));
        for (const entry of plan.restore) if (entry.set.managerId !== undefined) after.set(entry.personId, entry.set.managerId);
        for (const gone of plan.remove) after.delete(gone);
        expect(cyclesIn(after)).toEqual([]);
        for (const value of after.values()) if (value !== null) expect(after.has(value)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('knows every stored field', () => expect(STORED_FIELDS.toSorted()).toEqual(Object.keys(standing('x').values).toSorted()));
});
