import { expect, it } from 'vitest';
import { draftOf } from './count-drafts';
import { CHANGER, DISPUTED_ROWS, type DisputedRow } from './reconcile';

it('every row leads to a draft; a promise is owed by a side that can change the row', () => {
  for (const row of DISPUTED_ROWS) {
    const draft = draftOf(row, 14);
    if (draft.draft !== 'commitment') continue;
    const changer = CHANGER[row as keyof typeof CHANGER];
    expect([row, changer === 'both' || changer === 'time' || changer === draft.owes]).toEqual([row, true]);
  }
});

it.each<[DisputedRow, number, unknown]>([
  ['past_due', 14, { draft: 'commitment', owes: 'sales', from: 'passed', until: 'contact', limit: 10, unit: 'days' }],
  ['not_due', 0, { draft: 'commitment', owes: 'sales', from: 'passed', until: 'contact', limit: 1, unit: 'days' }],
  ['no_owner', 14, { draft: 'commitment', owes: 'sales', from: 'arrived', until: 'stage', stage: 'accepted', limit: 1, unit: 'days' }],
  ['returned', 14, { draft: 'term', name: 'Qualified lead' }],
  ['same_person', 14, { draft: 'term', name: 'Lead' }],
])('%s, due after %i days', (row, days, draft) => expect(draftOf(row, days)).toEqual(draft));
