import type { DisputedRow } from './reconcile';

/** What a row of the two counts leads to: a word to be agreed on, or a promise. Names of terms are those that a workspace starts with. */
export type CountDraft =
  | { draft: 'term'; name: 'Lead' | 'Qualified lead' }
  | { draft: 'commitment'; owes: 'sales' | 'marketing'; from: 'passed' | 'arrived' | 'returned'; until: 'contact' | 'answer' | 'stage'; stage?: 'accepted'; limit: number; unit: 'days' };

/** Calendar days as working days of a usual week, at least one. */
const workingDays = (days: number): number => Math.max(1, Math.round((days * 5) / 7));

/**
 * The draft that would change a row. Whoever can change the row promises; where it is a matter of words, the word is drafted.
 * @param dueDays days until a first contact is due by the rule that is looked at
 */
export const draftOf = (row: DisputedRow, dueDays: number): CountDraft => {
  const promise = (more: Pick<Extract<CountDraft, { draft: 'commitment' }>, 'owes' | 'from' | 'until'> & { stage?: 'accepted' }, limit: number): CountDraft => ({ draft: 'commitment', ...more, limit, unit: 'days' });
  switch (row) {
    case 'no_owner': return promise({ owes: 'sales', from: 'arrived', until: 'stage', stage: 'accepted' }, 1);
    case 'never_arrived': return promise({ owes: 'sales', from: 'passed', until: 'stage', stage: 'accepted' }, 2);
    case 'not_due':
    case 'past_due': return promise({ owes: 'sales', from: 'passed', until: 'contact' }, workingDays(dueDays));
    case 'same_person':
    case 'own_find': return { draft: 'term', name: 'Lead' };
    default: return { draft: 'term', name: 'Qualified lead' };
  }
};
