import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildPerson, buildTable } from '../testing/build';
import { cyclesIn } from './manager-tree';
import { proposeMapping, type Mapping } from './mapping';
import { EMPTY_VALUES, type KnownPerson } from './person';
import { planImport, type ImportPlan } from './plan';
import { NO_RULES, type Rules } from './rules';

const today = '2026-06-01';
const plan = (rows: string[][], known: KnownPerson[] = [], rules: Rules = NO_RULES, mapping?: Mapping): ImportPlan => {
  const table = buildTable(rows);
  return planImport({ table, mapping: mapping ?? proposeMapping(table).mapping, known, rules, today });
};

/** What writing the plan makes of the people. */
const write = (known: readonly KnownPerson[], { rows }: ImportPlan): KnownPerson[] => {
  const people = new Map(known.map((person) => [person.key, person]));
  for (const row of rows) {
    if (row.key === null || (row.status !== 'new' && row.status !== 'changed')) continue;
    const person = people.get(row.key);
    people.set(row.key, {
      ...(person ?? buildPerson({ key: row.key, values: EMPTY_VALUES })),
      archived: false,
      byRule: row.byRule,
      values: { ...(person?.values ?? EMPTY_VALUES), ...row.set },
    });
  }
  return [...people.values()];
};

describe('planImport', () => {
  it('tells new, changed, same, merged and rejected rows apart', () => {
    const known = [
      buildPerson({ key: 'ann@x.org', values: { name: 'Ann Lee', territory: 'North', function: 'sales' } }),
      buildPerson({ key: 'bob@x.org', values: { name: 'Bob', territory: 'South' } }),
    ];
    const result = plan(
      [
        ['Name', 'E-Mail', 'Gebiet', 'Function'],
        ['Lee, Ann', ' ANN@x.org', 'NORTH', ''],
        ['Bob', 'bob@x.org', 'West', 'Vertrieb'],
        ['Cy', 'cy@x.org', '', 'marketing'],
        ['', 'cy@x.org', 'West', ''],
        ['Cyrus', 'cy@x.org', '', ''],
        ['Dee', '', '', ''],
        ['Eve', 'eve(at)x.org', '', ''],
      ],
      known,
    );
    expect(result.rows.map((row) => [row.line, row.status])).toEqual([
      [2, 'same'],
      [3, 'changed'],
      [4, 'new'],
      [5, 'merged'],
      [6, 'rejected'],
      [7, 'rejected'],
      [8, 'rejected'],
    ]);
    expect(result.rows[1]).toMatchObject({ set: { function: 'sales', territory: 'West' }, before: { function: null, territory: 'South' } });
    expect(result.rows[2]?.set).toMatchObject({ name: 'Cy', territory: 'West', function: 'marketing' });
    expect(result.rows.slice(4).map((row) => row.problems.map((problem) => [problem.code, problem.detail]))).toEqual([[['duplicate_differs', '4']], [['email_missing', '']], [['email_invalid', 'eve(at)x.org']]]);
    expect(result.counts).toEqual({ new: 1, changed: 1, same: 1, merged: 1, rejected: 3 });
  });

  it('keeps what a blank cell does not say', () => {
    const known = [buildPerson({ key: 'ann@x.org', values: { name: 'Ann', territory: 'North', level: 'leader', startDate: '2020-01-01' } })];
    expect(plan([['email', 'territory', 'level', 'start date'], ['ann@x.org', '', ' ', '']], known).counts.same).toBe(1);
  });

  it('brings in the row and names the value it cannot read', () => {
    const [row] = plan([['email', 'function', 'level', 'start date', 'worked in other function'], ['ann@x.org', 'sales', 'leader', '31.02.2024', 'perhaps']]).rows;
    expect(row).toMatchObject({ status: 'new', name: 'Ann' });
    expect(row?.problems.map((problem) => problem.code)).toEqual(['yes_no_unreadable', 'date_unreadable', 'name_from_email']);
  });

  it('finds managers by address and by name, forwards in the file too', () => {
    const result = plan([
      ['name', 'email', 'reports to'],
      ['Ann Lee', 'ann@x.org', 'lee, BOB'],
      ['Bob Lee', 'bob@x.org', ''],
      ['Cy', 'cy@x.org', 'ANN@x.org'],
      ['Dee', 'dee@x.org', 'nobody@x.org'],
      ['Eve', 'eve@x.org', 'Sam'],
      ['Sam', 's1@x.org', 's1@x.org'],
      ['Sam', 's2@x.org', ''],
    ]);
    expect(result.rows.map((row) => row.set.managerKey)).toEqual(['bob@x.org', undefined, 'ann@x.org', undefined, undefined, undefined, undefined]);
    expect(result.rows.flatMap((row) => row.problems.map((problem) => problem.code))).toEqual(['manager_unknown', 'manager_ambiguous', 'manager_self']);
  });

  it('leaves managers out who would report to each other in a circle, and says which', () => {
    const result = plan([
      ['name', 'email', 'manager'],
      ['A', 'a@x.org', 'b@x.org'],
      ['B', 'b@x.org', 'c@x.org'],
      ['C', 'c@x.org', 'a@x.org'],
      ['D', 'd@x.org', 'a@x.org'],
    ]);
    expect(result.rows.map((row) => row.set.managerKey)).toEqual([undefined, undefined, undefined, 'a@x.org']);
    expect(result.rows[0]?.problems[0]).toMatchObject({ code: 'manager_cycle', detail: 'a@x.org, b@x.org, c@x.org' });
  });

  it('applies what was said about departments and sites, but not over what somebody said of the person', () => {
    const rules: Rules = { departments: new Map([['trade shows', 'marketing'], ['it', null]]), sites: new Map([['lyon', 'South']]) };
    const known = [
      buildPerson({ key: 'said@x.org', values: { name: 'Said', function: 'sales', department: 'Trade shows' } }),
      buildPerson({ key: 'rule@x.org', values: { name: 'Rule', function: 'sales', department: 'Sales' }, byRule: ['function'] }),
    ];
    const result = plan(
      [
        ['email', 'name', 'department', 'site'],
        ['new@x.org', 'New', 'TRADE  SHOWS', 'Lyon'],
        ['said@x.org', 'Said', 'Trade shows', ''],
        ['rule@x.org', 'Rule', 'Trade Shows', ''],
        ['it@x.org', 'It', 'IT', ''],
      ],
      known,
      rules,
    );
    expect(result.rows.map((row) => [row.status, row.set.function, row.byRule])).toEqual([
      ['new', 'marketing', ['function', 'territory']],
      ['same', undefined, []],
      ['changed', 'marketing', ['function']],
      ['new', undefined, []],
    ]);
    expect(result.rows[0]?.set.territory).toBe('South');
    expect(result.rows[0]?.set.department).toBe('Trade shows');
  });

  it('flags look-alike addresses and keeps them apart', () => {
    const known = [buildPerson({ key: 'anna@example.org', values: { name: 'Anna' } })];
    const result = plan([['email', 'name'], ['аnna@example.org', 'Anna'], ['ａｎｎａ@example.org', 'Anna']], known);
    expect(result.rows.map((row) => row.status)).toEqual(['new', 'same']);
    expect(result.rows[0]?.problems.map((problem) => [problem.code, problem.detail])).toEqual([['email_mixed_script', 'аnna@example.org'], ['email_looks_like', 'anna@example.org']]);
  });

  it('brings an archived person back, once', () => {
    const known = [buildPerson({ key: 'ann@x.org', archived: true, values: { name: 'Ann' } })];
    const first = plan([['email'], ['ann@x.org']], known);
    expect(first.rows[0]).toMatchObject({ status: 'changed', restore: true });
    expect(plan([['email'], ['ann@x.org']], write(known, first)).counts.same).toBe(1);
  });

  /** What another import of the same file would change, after the first is written. */
  const changedAgain = (rows: string[][], known: KnownPerson[] = [], rules: Rules = NO_RULES): string[] => {
    const second = plan(rows, write(known, plan(rows, known, rules)), rules);
    return second.rows.flatMap((row) => (row.status === 'new' || row.status === 'changed' ? [`${row.email}: ${JSON.stringify(row.set)}`] : []));
  };

  it('knows newcomers by the name that they will be given, so that the same manager is found the second time', () => {
    const file = [
      ['email', 'name', 'manager'],
      ['dan.berg@x.org', 'Dan', 'Eva Lund'],
      ['eva.lund@x.org', '', ''],
    ];
    expect(plan(file).rows[0]?.set.managerKey).toBe('eva.lund@x.org');
    expect(changedAgain(file)).toEqual([]);
  });

  it('takes a manager of signs alone for nobody', () => {
    const file = [
      ['email', 'name', 'manager'],
      ['a@x.org', 'south ', ':'],
      ['а@x.org', '', 'a@x.org'],
      ['d@x.org', '-', ''],
    ];
    const first = plan(file);
    expect(first.rows.map((row) => row.set.managerKey)).toEqual([undefined, 'a@x.org', undefined]);
    expect(first.rows[0]?.problems.map((problem) => [problem.code, problem.detail])).toEqual([['manager_unknown', ':']]);
    expect(changedAgain(file)).toEqual([]);
  });

  it('leaves a person the spelling that they have, where two are known', () => {
    const known = [
      buildPerson({ key: 'ann@x.org', values: { name: 'Ann', territory: 'south' } }),
      buildPerson({ key: 'cy@x.org', values: { name: 'Cy', territory: 'SOUTH' } }),
    ];
    const file = [
      ['email', 'territory'],
      ['ann@x.org', 'East'],
      ['cy@x.org', 'South'],
      ['new@x.org', 'South'],
    ];
    expect(plan(file, known).rows.map((row) => [row.status, row.set.territory])).toEqual([['changed', 'East'], ['same', undefined], ['new', 'south']]);
    expect(changedAgain(file, known)).toEqual([]);
  });

  it('survives headings and words that are names of object parts', () => {
    const result = plan([['__proto__', 'email', 'constructor', 'function'], ['x', 'ann@x.org', 'y', '__proto__']]);
    expect(result.counts.new).toBe(1);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});

const text = fc.oneof(fc.constantFrom('', 'North', 'NORTH', 'south ', '=1+1', "'=x", 'Ann Lee', 'Lee, Ann', 'sales', 'Leiter', 'x', '1/2/2024', '13.2.2024', '__proto__'), fc.string({ maxLength: 12 }));
const address = fc.constantFrom('a@x.org', 'B@x.org', 'c@x.org', 'd@x.org', ' a@X.org', 'ｂ@x.org', 'а@x.org', 'nonsense', '');
const rowOf = fc.tuple(address, text, text, text, fc.oneof(address, text), text, text, text, text).map((cells): string[] => [...cells]);
const headings = ['email', 'name', 'function', 'level', 'manager', 'start date', 'department', 'site', 'territory'];
const columns: Mapping['columns'] = ['email', 'name', 'function', 'level', 'manager', 'startDate', 'department', 'site', 'territory'];
const mapping: Mapping = { columns, dateOrder: 'dmy', words: [] };
/** What somebody changed by hand since. */
const edit = fc.oneof(fc.constant({}), fc.record({ territory: fc.constantFrom('north', 'North', 'SOUTH', null), site: fc.constantFrom('X', 'x', null) }));
const someRules: Rules = { departments: new Map([['north', 'sales'], ['x', null]]), sites: new Map([['north', 'South'], ['x', 'East']]) };

describe('planImport, whatever the file', () => {
  it('counts every row once, makes no circle, and changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.array(rowOf, { maxLength: 8 }), fc.array(rowOf, { maxLength: 8 }), fc.boolean(), fc.array(fc.record({ archived: fc.boolean(), edited: edit }), { minLength: 8, maxLength: 8 }), (before, rows, ruled, since) => {
        const rules = ruled ? someRules : NO_RULES;
        const known = write([], plan([headings, ...before], [], rules, mapping)).map((person, at) => ({
          ...person,
          archived: since[at]?.archived ?? false,
          values: { ...person.values, ...since[at]?.edited },
        }));
        const first = plan([headings, ...rows], known, rules, mapping);
        expect(Object.values(first.counts).reduce((sum, count) => sum + count, 0)).toBe(rows.length);
        const people = write(known, first);
        expect(cyclesIn(new Map(people.map((person) => [person.key, person.values.managerKey])))).toEqual([]);
        const second = plan([headings, ...rows], people, rules, mapping);
        expect({ new: second.counts.new, changed: second.counts.changed }).toEqual({ new: 0, changed: 0 });
        expect(second.counts.rejected).toBe(first.counts.rejected);
      }),
      { numRuns: 600 },
    );
  });
});
