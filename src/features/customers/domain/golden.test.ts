import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinedView, mayContact, type SystemRecord } from './golden';
import { addLink, customersOf, EMPTY_BOOK, refKey, removeLink, type CustomerLink, type LinkBook } from './link-book';

const RULES = { systems: ['crm', 'marketing'] };

const record = (system: string, key: string, fields: Record<string, string | [string, number]>, more: Partial<SystemRecord> = {}): SystemRecord => ({
  system,
  key,
  kind: 'contact',
  fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? { value } : { value: value[0], at: value[1] }])),
  ...more,
});

const shownIn = (records: SystemRecord[], rules = RULES as Parameters<typeof joinedView>[1]) =>
  Object.fromEntries(Object.entries(joinedView(records, rules).fields).map(([name, { shown, why, disagrees }]) => [name, [shown.value, shown.system, why, disagrees]]));

describe('the joined view', () => {
  it.each<[string, Record<string, string | [string, number]>, Record<string, string | [string, number]>, unknown[]]>([
    ['only one says it', { title: 'CFO' }, { title: ' ' }, ['CFO', 'crm', 'only', false]],
    ['both say the same in other writing', { title: 'Direktör' }, { title: 'DIREKTOR' }, ['Direktör', 'crm', 'agreed', false]],
    ['both dated: the newer is shown, the older kept', { title: ['CFO', 10] }, { title: ['CEO', 20] }, ['CEO', 'marketing', 'newest', true]],
    ['one date proves nothing', { title: 'CFO' }, { title: ['CEO', 20] }, ['CFO', 'crm', 'first', true]],
    ['telephone signs do not disagree', { title: '+49 30 123-45' }, { title: '49 (30) 12345' }, ['+49 30 123-45', 'crm', 'agreed', false]],
    ['mail signs do', { title: 'a.nn@x.example' }, { title: 'ann@x.example' }, ['a.nn@x.example', 'crm', 'first', true]],
  ])('%s', (_, crm, marketing, expected) => {
    const records = [record('marketing', 'm1', marketing), record('crm', 'c1', crm)];
    expect(shownIn(records)).toEqual({ title: expected });
    expect(shownIn([...records].reverse())).toEqual({ title: expected });
  });

  it('follows a preferred system, and still says who else says what', () => {
    const records = [record('crm', 'c1', { owner: ['Ann', 5] }), record('marketing', 'm1', { owner: ['Ben', 9] })];
    const { owner } = joinedView(records, { ...RULES, preferred: { owner: 'crm' } }).fields;
    expect([owner?.shown.value, owner?.why, owner?.disagrees]).toEqual(['Ann', 'preferred', true]);
    expect(owner?.says).toEqual([{ system: 'crm', key: 'c1', value: 'Ann', at: 5 }, { system: 'marketing', key: 'm1', value: 'Ben', at: 9 }]);
  });

  it('takes no field from what every object inherits', () => {
    const tricky = record('crm', 'c1', { ['__proto__x']: 'a', constructor: 'b' });
    expect(Object.keys(joinedView([tricky, record('marketing', 'm1', { toString: 'c' })], RULES).fields).sort()).toEqual(['__proto__x', 'constructor', 'toString']);
  });
});

describe('opt-out', () => {
  const silent = record('crm', 'c1', {});
  it.each([
    ['an old one against a newer record', { channel: 'email', at: 1 }],
    ['an undated one', { channel: 'email' }],
  ])('on either side wins: %s', (_, optOut) => {
    for (const side of ['crm', 'marketing']) {
      const view = joinedView([record('crm', 'c1', { email: ['a@x.example', 99] }, side === 'crm' ? { optOuts: [optOut] } : {}), record('marketing', 'm1', { email: ['a@x.example', 99] }, side === 'marketing' ? { optOuts: [optOut] } : {})], RULES);
      expect([mayContact(view, 'email'), mayContact(view, 'phone')]).toEqual([false, true]);
      expect(view.optOuts.map(({ by, unawareOf }) => [by.map(({ system }) => system), unawareOf.map(({ system }) => system)])).toEqual([[[side], [side === 'crm' ? 'marketing' : 'crm']]]);
    }
  });

  it('from everything covers every channel', () => expect(mayContact(joinedView([silent, record('marketing', 'm1', {}, { optOuts: [{ channel: 'all' }] })], RULES), 'post')).toBe(false));
  it('is not invented', () => expect(mayContact(joinedView([silent, record('marketing', 'm1', {})], RULES), 'email')).toBe(true));
});

const link = (id: string, one: SystemRecord, other: SystemRecord, by: CustomerLink['by'] = 'person'): CustomerLink => ({ id, one, other, by, at: 1 });

describe('links', () => {
  const [a, b] = [record('crm', '1', { name: 'Ann' }), record('marketing', '1', { name: 'Anne' })];

  it('are refused by the matching where somebody said never, and restored by a person', () => {
    const parted = removeLink(addLink(EMPTY_BOOK, link('l1', a, b, 'matching')), 'l1', true);
    expect(addLink(parted, link('l2', b, a, 'matching'))).toBe(parted);
    const again = addLink(parted, link('l3', b, a));
    expect([again.links.length, again.never.size]).toEqual([1, 0]);
  });

  it('change nothing when they hold already, join a record with itself or are unknown', () => {
    const book = addLink(EMPTY_BOOK, link('l1', a, b));
    expect([addLink(book, link('l2', b, a)), addLink(book, link('l3', a, a)), removeLink(book, 'l9', true)]).toEqual([book, book, book]);
  });

  const records = Array.from({ length: 8 }, (_, at) => record(at % 2 === 0 ? 'crm' : 'marketing', String(at), { name: `N${at}`, city: at % 3 === 0 ? '' : `C${at % 3}` }, { kind: at < 6 ? 'contact' : 'organisation', organisation: at < 6 ? String(6 + (at % 2)) : undefined, optOuts: at === 3 ? [{ channel: 'email' }] : [] }));
  const steps = fc.array(fc.record({ one: fc.nat(7), other: fc.nat(7), remove: fc.boolean(), never: fc.boolean() }), { maxLength: 30 });

  it('unlinking restores both sides exactly, whatever happened before', () => {
    const before = structuredClone(records);
    fc.assert(
      fc.property(steps, fc.nat(7), fc.nat(7), (history, one, other) => {
        let book: LinkBook = EMPTY_BOOK;
        history.forEach((step, index) => {
          book = step.remove ? removeLink(book, `h${step.one}`, step.never) : addLink(book, link(`h${index}`, records[step.one] as SystemRecord, records[step.other] as SystemRecord));
        });
        const views = customersOf(records, book, RULES);
        const linked = addLink(book, link('new', records[one] as SystemRecord, records[other] as SystemRecord));
        expect(customersOf(records, removeLink(linked, 'new', false), RULES)).toEqual(views);
        const all = [...views.organisations.map(({ view }) => view), ...new Set([...views.alone, ...views.organisations.flatMap(({ contacts }) => contacts)])];
        expect(all.flatMap(({ members }) => members.map(refKey)).sort()).toEqual(records.map(refKey).sort());
        expect(views.counts.contacts + views.counts.organisations).toBe(all.length);
      }),
      { numRuns: 300, seed: 1 },
    );
    expect(records).toEqual(before);
  });

  it('show a contact under both organisations when the systems disagree about the job, and count it once', () => {
    const world = [record('crm', 'o1', { name: 'Velox' }, { kind: 'organisation' }), record('marketing', 'o2', { name: 'Karst' }, { kind: 'organisation' }), record('crm', 'p', { name: 'Ann' }, { organisation: 'o1' }), record('marketing', 'p', { name: 'Ann' }, { organisation: 'o2' })];
    const { organisations, counts, alone } = customersOf(world, addLink(EMPTY_BOOK, link('l', world[2] as SystemRecord, world[3] as SystemRecord)), RULES);
    expect([organisations.map(({ contacts }) => contacts.length), counts, alone]).toEqual([[1, 1], { contacts: 1, organisations: 2 }, []]);
  });
});
