import { signsOf, type CountFacts, type CountGroup, type Frame } from './reconcile';

export const DAY = 86_400_000;
/** 1 January 2026. */
export const START = 1_767_225_600_000;

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
