import { describe, expect, test } from 'vitest';
import { codesOf, COUNT_ROWS, gapOf, placeOf, reconcile, signsOf, USUAL_RULES, type CountFacts, type CountRule, type Frame } from './reconcile';
import { gapsOf } from './count-gaps';
import { buildLead, DAY, groupsOf, START } from './reconcile.test-support';

const MARKETING: CountRule = { ...USUAL_RULES.marketing, dueDays: 14 };
const SALES: CountRule = { ...USUAL_RULES.sales, dueDays: 14 };
const frame = (rule: CountRule, more: Partial<Frame> = {}): Frame => ({ from: START, to: START + 90 * DAY, now: START + 30 * DAY, rule, by: 'passes', ...more });
const place = (lead: CountFacts, of: Frame) => placeOf(signsOf(lead, of).code, of.rule);
const inCrm = { salesRecords: 1, arrivedAt: START + DAY };
const owned = { ...inCrm, salesOwner: true };
const contacted = { ...owned, contactedAt: START + 3 * DAY };

describe('one lead, one row', () => {
  const cases: [what: string, lead: Partial<CountFacts>, marketing: ReturnType<typeof place>, sales: ReturnType<typeof place>][] = [
    ['nothing on the other side', {}, 'never_arrived', null],
    ['in the CRM, nobody has it', inCrm, 'no_owner', 'no_owner'],
    ['somebody has it, long due', owned, 'past_due', 'past_due'],
    ['passed on yesterday', { ...owned, passes: [START + 29 * DAY] }, 'not_due', 'not_due'],
    ['came to the CRM a month after it was passed on', { ...owned, arrivedAt: START + 29 * DAY }, 'past_due', 'not_due'],
    ['contacted', contacted, 'worked', 'worked'],
    ['contacted and then returned: an answer to marketing, work to sales', { ...contacted, end: 'recycled' }, 'returned', 'worked'],
    ['returned without a contact', { ...owned, end: 'recycled' }, 'returned', 'returned'],
    ['returned, and nobody owned it', { ...inCrm, end: 'recycled' }, 'returned', 'returned'],
    ['closed by sales without a contact', { ...owned, end: 'lost' }, 'returned', 'returned'],
    ['contacted, then lost', { ...contacted, end: 'lost' }, 'worked', 'worked'],
    ['contacted after the day it was due', { ...owned, contactedAt: START + 29 * DAY }, 'worked', 'worked'],
    ['contacted though nobody owns it', { ...inCrm, contactedAt: START + DAY }, 'worked', 'worked'],
    ['a deal and no date of contact', { ...inCrm, deal: true, accepted: true, end: 'won' }, 'worked', 'worked'],
    ['marketing says nurture, sales never had it', { end: 'recycled' }, 'never_arrived', null],
    ['taken on by a link in a mail', { takenHere: true }, 'past_due', 'past_due'],
    ['passed on in another period', { ...contacted, passes: [START - DAY] }, null, null],
    ['never passed on, contacted by sales', { ...contacted, passes: [], marketingRecords: 0 }, 'own_find', 'own_find'],
    ['marketing knows it and never passed it on', { ...contacted, passes: [] }, 'own_find', 'own_find'],
    ['sales’ own find of another period', { ...contacted, passes: [], arrivedAt: START - DAY }, null, null],
    ['never passed on, never contacted', { ...owned, passes: [] }, null, null],
  ];
  test.each(cases)('%s', (_, lead, marketing, sales) => {
    expect([place(buildLead(lead), frame(MARKETING)), place(buildLead(lead), frame(SALES))]).toEqual([marketing, sales]);
  });

  test('accepted and deal as words for worked', () => {
    const accepted = buildLead({ ...owned, accepted: true });
    expect(place(accepted, frame({ ...MARKETING, worked: 'accepted' }))).toBe('worked');
    expect(place(accepted, frame({ ...MARKETING, worked: 'deal' }))).toBe('past_due');
    expect(place(buildLead(contacted), frame({ ...MARKETING, worked: 'accepted' }))).toBe('past_due');
  });

  test('the day a contact is due counts as due', () => {
    const lead = buildLead(owned);
    expect(place(lead, frame(MARKETING, { now: START + 14 * DAY - 1 }))).toBe('not_due');
    expect(place(lead, frame(MARKETING, { now: START + 14 * DAY }))).toBe('past_due');
  });
});

/** A company whose figures are those of the design: 412 passed on, 138 worked. */
const many = (n: number, more: Partial<CountFacts>): CountFacts[] => Array.from({ length: n }, () => buildLead(more));
const COMPANY: CountFacts[] = [
  ...many(31, { ...contacted, passes: [START, START + DAY], marketingRecords: 2 }), ...many(78, contacted), ...many(47, {}), ...many(38, inCrm), ...many(52, { ...owned, end: 'recycled' }),
  ...many(74, { ...owned, passes: [START + 20 * DAY] }), ...many(61, owned), ...many(29, { ...contacted, passes: [], marketingRecords: 0 }),
];

test('412 and 138', () => {
  const bridge = reconcile(groupsOf(COMPANY, frame(MARKETING)), MARKETING);
  expect(bridge).toEqual({
    passed: 412, rows: { same_person: 31, never_arrived: 47, no_owner: 38, returned: 52, not_due: 74, past_due: 61 }, ownFinds: 29, worked: 138,
    byChanger: { marketing: 31, sales: 99, both: 99, time: 74 }, owned: 296, due: 170,
  });
  expect(gapOf(bridge)).toBe(0);
});

test('by sales’ rule only persons that arrived were passed on', () => {
  const bridge = reconcile(groupsOf(COMPANY, frame(SALES)), SALES);
  expect([bridge.passed, bridge.rows.same_person, bridge.rows.never_arrived, bridge.worked, gapOf(bridge)]).toEqual([334, 0, 0, 138, 0]);
});

test('a bridge that lost a lead does not close', () => {
  const bridge = reconcile(groupsOf(COMPANY, frame(MARKETING)), MARKETING);
  expect(gapOf({ ...bridge, rows: { ...bridge.rows, returned: 51 } })).toBe(1);
});

test('signs of a row lead back to its leads', () => {
  const of = frame(MARKETING);
  const groups = groupsOf(COMPANY, of);
  const counts = COUNT_ROWS.map((row) => COMPANY.filter((lead) => codesOf(row, groups, MARKETING).includes(signsOf(lead, of).code)).length);
  expect(Object.fromEntries(COUNT_ROWS.map((row, at) => [row, counts[at]]))).toEqual({ same_person: 383 - 2, never_arrived: 47, no_owner: 38, returned: 52, not_due: 74, past_due: 61, own_find: 29, worked: 138 });
});

describe('what cannot be told', () => {
  const missing = (leads: CountFacts[], rule = MARKETING, marked = true) => gapsOf(groupsOf(leads, frame(rule)), rule, marked).map((gap) => gap.missing);
  test('a whole company tells everything', () => expect(missing(COMPANY)).toEqual([]));
  test('no date of passing on', () => expect(missing(COMPANY, MARKETING, false)).toEqual(['passing_date']));
  test('no owner column', () => expect(missing(COMPANY.map((lead) => ({ ...lead, salesOwner: false })))).toEqual(['owner']));
  test('no date of contact', () => expect(missing(COMPANY.map((lead) => ({ ...lead, contactedAt: null })))).toEqual(['contact']));
  test('nothing returned', () => expect(missing(COMPANY.map((lead) => ({ ...lead, end: 'open' as const })))).toEqual(['return']));
  test('no record of one side is linked with one of the other', () => expect(missing(COMPANY.flatMap((lead) => [{ ...lead, salesRecords: 0 }, { ...lead, marketingRecords: 0 }]))).toEqual(['match']));
  test('a rule that does not ask for a contact does not miss it', () => expect(missing(COMPANY.map((lead) => ({ ...lead, contactedAt: null })), { ...MARKETING, worked: 'accepted' })).toEqual([]));
  test('one side alone: there is nothing to compare yet', () => expect(missing(many(3, {}))).toEqual([]));
});
