import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CHANGER, COUNT_ROWS, gapOf, isWorked, LOSSES, PASSED_ON, placeOf, reconcile, signsOf, WORKED, type CountFacts, type CountRule, type Frame } from './reconcile';
import { DAY, groupsOf, START } from './reconcile.test-support';

const instant = fc.integer({ min: -60, max: 200 }).map((day) => START + day * DAY);
const maybe = fc.option(instant, { nil: null });

const anyLead: fc.Arbitrary<CountFacts> = fc.record({
  passes: fc.array(instant, { maxLength: 4 }), entries: fc.array(instant, { maxLength: 4 }), marketingRecords: fc.nat(4), salesRecords: fc.nat(3), arrivedAt: maybe, enteredAt: instant, contactedAt: maybe,
  salesOwner: fc.boolean(), accepted: fc.boolean(), deal: fc.boolean(), end: fc.constantFrom('open', 'won', 'lost', 'recycled'), takenHere: fc.boolean(),
});
const anyRule: fc.Arbitrary<CountRule> = fc.record({ passedOn: fc.constantFrom(...PASSED_ON), worked: fc.constantFrom(...WORKED), dueDays: fc.integer({ min: 0, max: 120 }) });
const anyFrame: fc.Arbitrary<Frame> = fc.record({ from: maybe, to: maybe, now: instant, rule: anyRule, by: fc.constantFrom('passes', 'entries') });

const anyCompany = fc.array(anyLead, { maxLength: 60 });
const RUNS = { numRuns: 2_000 };

test('the sum closes under every rule, period and date', () => {
  fc.assert(fc.property(anyCompany, anyFrame, (leads, frame) => {
    const bridge = reconcile(groupsOf(leads, frame), frame.rule);
    expect(gapOf(bridge)).toBe(0);
    expect(Math.min(bridge.passed, bridge.ownFinds, bridge.worked, bridge.owned, bridge.due, ...LOSSES.map((row) => bridge.rows[row]))).toBeGreaterThanOrEqual(0);
  }), RUNS);
});

test('every lead that is counted is in exactly one row, and the rows are as long as their leads are many', () => {
  fc.assert(fc.property(anyCompany, anyFrame, (leads, frame) => {
    const bridge = reconcile(groupsOf(leads, frame), frame.rule);
    const places = leads.map((lead) => placeOf(signsOf(lead, frame).code, frame.rule));
    for (const row of COUNT_ROWS) {
      const here = places.filter((place) => place === row).length;
      if (row === 'worked') expect(here + bridge.ownFinds).toBe(bridge.worked);
      else if (row === 'own_find') expect(here).toBe(bridge.ownFinds);
      else if (row !== 'same_person') expect(here).toBe(bridge.rows[row]);
    }
  }), RUNS);
});

test('the last figure is what the side itself counts: its leads of the period that are worked, one by one', () => {
  fc.assert(fc.property(anyCompany, anyFrame, (leads, frame) => {
    const counted = leads.filter((lead) => placeOf(signsOf(lead, frame).code, frame.rule) !== null && isWorked(signsOf(lead, frame).code, frame.rule));
    expect(reconcile(groupsOf(leads, frame), frame.rule).worked).toBe(counted.length);
  }), RUNS);
});

test('order of leads does not matter, and two companies side by side are their sums', () => {
  fc.assert(fc.property(anyCompany, anyCompany, anyFrame, (one, other, frame) => {
    const of = (leads: typeof one) => reconcile(groupsOf(leads, frame), frame.rule);
    expect(of([...other, ...one])).toEqual(of([...one, ...other]));
    expect(of([...one, ...other]).worked).toBe(of(one).worked + of(other).worked);
    expect(of([...one, ...other]).passed).toBe(of(one).passed + of(other).passed);
  }), RUNS);
});

test('who can change it: every loss has somebody, and they add up', () => {
  fc.assert(fc.property(anyCompany, anyFrame, (leads, frame) => {
    const { rows, byChanger } = reconcile(groupsOf(leads, frame), frame.rule);
    expect(Object.values(byChanger).reduce((total, n) => total + n, 0)).toBe(LOSSES.reduce((total, row) => total + rows[row], 0));
    expect(byChanger.time).toBe(LOSSES.filter((row) => CHANGER[row] === 'time').reduce((total, row) => total + rows[row], 0));
  }), RUNS);
});

test('a longer deadline only moves leads from past due to not yet due', () => {
  fc.assert(fc.property(anyCompany, anyFrame, fc.integer({ min: 1, max: 60 }), (leads, frame, more) => {
    const later = { ...frame, rule: { ...frame.rule, dueDays: frame.rule.dueDays + more } };
    const [a, b] = [reconcile(groupsOf(leads, frame), frame.rule), reconcile(groupsOf(leads, later), later.rule)];
    expect(b.rows.past_due).toBeLessThanOrEqual(a.rows.past_due);
    expect({ ...b, rows: { ...b.rows, not_due: 0, past_due: 0 }, byChanger: null, due: 0 }).toEqual({ ...a, rows: { ...a.rows, not_due: 0, past_due: 0 }, byChanger: null, due: 0 });
  }), RUNS);
});

test('stricter words for worked count no more: a deal is a contact, and what was kept was contacted', () => {
  fc.assert(fc.property(anyCompany, anyFrame, (leads, frame) => {
    const worked = Object.fromEntries(WORKED.map((word) => [word, reconcile(groupsOf(leads, frame), { ...frame.rule, worked: word }).worked]));
    expect(worked.kept).toBeLessThanOrEqual(worked.contacted ?? 0);
    expect(worked.deal).toBeLessThanOrEqual(worked.contacted ?? 0);
  }), RUNS);
});
