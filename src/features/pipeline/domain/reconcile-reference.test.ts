import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gapsOf } from './count-gaps';
import { gapOf, PASSED_ON, reconcile, WORKED, type CountFacts, type CountRule, type Frame } from './reconcile';
import { DAY, groupsOf } from './reconcile.test-support';

const folder = join(process.env.LOCKSTEP_REFERENCE_DATA ?? '', 'olist');
const present = Boolean(process.env.LOCKSTEP_REFERENCE_DATA) && existsSync(folder);

const table = (name: string): Record<string, string>[] => {
  const [head = '', ...lines] = readFileSync(join(folder, name), 'utf8').trim().split(/\r?\n/u);
  const headings = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [headings[at] ?? '', cell])));
};

/** A real company's marketing-qualified leads and its sellers won. Skipped without the data. */
describe.runIf(present)('reference data: leads and closed deals', () => {
  const companies = (): CountFacts[] => {
    const deals = new Map(table('olist_closed_deals_dataset.csv').map((row) => [row.mql_id, row]));
    return table('olist_marketing_qualified_leads_dataset.csv').map((row): CountFacts => {
      const [deal, entered] = [deals.get(row.mql_id), Date.parse(row.first_contact_date ?? '')];
      const won = deal ? Date.parse(deal.won_date ?? '') : null;
      return { passes: [], entries: [entered], marketingRecords: 1, salesRecords: deal ? 1 : 0, arrivedAt: won, enteredAt: entered, contactedAt: null, salesOwner: Boolean(deal?.sr_id), accepted: Boolean(deal), deal: Boolean(deal), end: deal ? 'won' : 'open', takenHere: false };
    });
  };
  const whole = (rule: CountRule): Frame => ({ from: null, to: null, now: Date.UTC(2018, 11, 1), rule, by: 'entries' });

  test('8,000 leads and 842 deals: the bridge says what these two files can say', () => {
    const rule: CountRule = { passedOn: 'marked', worked: 'kept', dueDays: 14 };
    const groups = groupsOf(companies(), whole(rule));
    const bridge = reconcile(groups, rule);
    expect(bridge).toMatchObject({ passed: 8_000, worked: 842, ownFinds: 0, rows: { same_person: 0, never_arrived: 7_158, no_owner: 0, returned: 0, not_due: 0, past_due: 0 } });
    expect(gapsOf(groups, rule, false).map(({ missing }) => missing)).toEqual(['passing_date', 'return', 'contact']);
  });

  test('closes under every rule, in every month and at every deadline', () => {
    const leads = companies();
    const months = Array.from({ length: 13 }, (_, at) => [Date.UTC(2017, 5 + at, 1), Date.UTC(2017, 6 + at, 1)] as const);
    let passed = 0;
    for (const passedOn of PASSED_ON) for (const worked of WORKED) for (const dueDays of [0, 14]) for (const [from, to] of months) {
      const rule = { passedOn, worked, dueDays };
      const bridge = reconcile(groupsOf(leads, { ...whole(rule), from, to, now: to + 20 * DAY }), rule);
      expect(gapOf(bridge)).toBe(0);
      if (passedOn === 'marked' && worked === 'deal' && dueDays === 14) passed += bridge.passed;
    }
    expect(passed).toBe(8_000);
  });
});
