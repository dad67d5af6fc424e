import fc from 'fast-check';
import { PASSED_ON, signsOf, WORKED, type CountFacts, type CountGroup, type CountRule, type Frame } from './reconcile';

export const DAY = 86_400_000;
/** 1 January 2026. */
export const START = 1_767_225_600_000;

const instant = fc.integer({ min: -60, max: 200 }).map((day) => START + day * DAY);
const maybe = fc.option(instant, { nil: null });

export const anyLead: fc.Arbitrary<CountFacts> = fc.record({
  passes: fc.array(instant, { maxLength: 4 }), entries: fc.array(instant, { maxLength: 4 }), marketingRecords: fc.nat(4), salesRecords: fc.nat(3), arrivedAt: maybe, enteredAt: instant, contactedAt: maybe,
  salesOwner: fc.boolean(), accepted: fc.boolean(), deal: fc.boolean(), end: fc.constantFrom('open', 'won', 'lost', 'recycled'), takenHere: fc.boolean(),
});
export const anyRule: fc.Arbitrary<CountRule> = fc.record({ passedOn: fc.constantFrom(...PASSED_ON), worked: fc.constantFrom(...WORKED), dueDays: fc.integer({ min: 0, max: 120 }) });
export const anyFrame: fc.Arbitrary<Frame> = fc.record({ from: maybe, to: maybe, now: instant, rule: anyRule, by: fc.constantFrom('passes', 'entries') });

/** Leads grouped by their signs, as the database hands them over. */
export const groupsOf = (leads: readonly CountFacts[], frame: Frame): CountGroup[] => {
  const groups = new Map<number, CountGroup>();
  for (const lead of leads) {
    const { code, passes } = signsOf(lead, frame);
    const group = groups.get(code) ?? { code, leads: 0, passes: 0 };
    groups.set(code, { code, leads: group.leads + 1, passes: group.passes + passes });
  }
  return [...groups.values()];
};

/** A lead passed on once at the start of 2026, nothing else. */
export const buildLead = (more: Partial<CountFacts> = {}): CountFacts => ({
  passes: [START], entries: [START], marketingRecords: 1, salesRecords: 0, arrivedAt: null, enteredAt: START, contactedAt: null, salesOwner: false, accepted: false, deal: false, end: 'open', takenHere: false, ...more,
});
