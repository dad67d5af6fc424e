import { describe, expect, test } from 'vitest';
import type { RowKind } from '../features/customers/domain/fields';
import { proposeImport } from '../features/customers/domain/mapping';
import goals from '../features/goals/messages/en.json';
import { COLUMNS } from '../features/pipeline/domain/count-gaps';
import answers from '../features/pipeline/messages/answers.en.json';

const unread = (kind: RowKind, headings: readonly string[]): string[] =>
  proposeImport({ headings, rows: [] }, { kind }).mapping.columns.flatMap(({ to }, at) => (to === 'field' || to === 'entered' ? [] : [headings[at] ?? '']));

/** Headings that advice names, by the kind of file they are to stand in. */
const NAMED: readonly (readonly [message: string, kind: RowKind, ...headings: string[]])[] = [
  ['recipe.hubspot.leads', 'contact', 'Record ID', 'Email', 'Create Date', 'Lifecycle Stage'],
  ['recipe.hubspot.deals', 'deal', 'Record ID', 'Deal Stage', 'Amount', 'Create Date', 'Close Date', 'Associated Contact IDs'],
  ['recipe.hubspot.outcome', 'deal', 'Deal Stage', 'Close Date', 'Associated Contact IDs'],
  ['recipe.hubspot.groups', 'contact', 'Original Traffic Source'], ['recipe.hubspot.groups', 'contact', 'Original Source'],
  ['recipe.hubspot.history', 'deal', 'Date entered “… (your pipeline)”'], ['recipe.hubspot.history', 'contact', 'Date entered “… (Lifecycle Stage Pipeline)”'],
  ['recipe.hubspot.losses', 'contact', 'Lead Status'], ['recipe.hubspot.losses', 'deal', 'Close Date'],
  ['recipe.hubspot.traits', 'contact', 'Job Title', 'Country/Region'], ['recipe.hubspot.traits', 'account', 'Industry'],
  ['recipe.hubspot.touches', 'touch', 'Email'], ['recipe.hubspot.touch_keys', 'touch', 'Email'],
  ['recipe.salesforce.leads', 'lead', 'Lead ID', 'Email', 'LeadSource', 'Status', 'CreatedDate'],
  ['recipe.salesforce.deals', 'deal', 'Opportunity ID', 'StageName', 'Amount', 'CreatedDate', 'CloseDate', 'IsWon', 'IsClosed', 'ContactId'], ['recipe.salesforce.deals', 'lead', 'ConvertedOpportunityId'],
  ['recipe.salesforce.outcome', 'deal', 'IsWon', 'CloseDate', 'ContactId'], ['recipe.salesforce.outcome', 'lead', 'ConvertedDate', 'ConvertedOpportunityId'],
  ['recipe.salesforce.groups', 'lead', 'LeadSource'], ['recipe.salesforce.history', 'stage', 'StageName', 'CreatedDate'],
  ['recipe.salesforce.losses', 'lead', 'Status'], ['recipe.salesforce.losses', 'deal', 'IsClosed', 'IsWon', 'CloseDate'],
  ['recipe.salesforce.traits', 'lead', 'Industry', 'Title', 'AnnualRevenue'],
  ['recipe.salesforce.touches', 'touch', 'CampaignId', 'LeadId', 'ContactId', 'FirstRespondedDate'], ['recipe.salesforce.touch_keys', 'touch', 'LeadId', 'ContactId'],
  ['recipe.marketo.leads', 'lead', 'id', 'email', 'created_at'], ['recipe.marketo.history', 'stage', 'lead_id', 'activity_date', 'new_value'],
  ['recipe.marketo.traits', 'lead', 'industry', 'title', 'country'], ['recipe.marketo.touches', 'touch', 'lead_id', 'activity_date', 'primary_attribute_value'], ['recipe.marketo.touch_keys', 'touch', 'lead_id'],
  ['missing.stages', 'contact', 'Date entered …'], ['missing.wins', 'deal', 'Is closed won', 'Associated contact IDs'], ['missing.wins', 'deal', 'Won', 'Lead ID'],
  ['missing.orders', 'deal', 'Amount', 'Close Date'], ['missing.marketing_spend', 'spend', 'Spend'], ['missing.marketing_spend', 'spend', 'Actual Cost'],
  ['missing.activities', 'activity', 'Associated contact IDs'], ['missing.activities', 'activity', 'Lead ID', 'Contact ID'],
  ['missing.profit', 'order', 'Gross profit'], ['missing.profit', 'deal', 'Gross profit'],
  ['missing.satisfaction', 'contact', 'Satisfaction score'], ['missing.satisfaction', 'account', 'CSAT'], ['missing.satisfaction', 'contact', 'NPS'], ['missing.satisfaction', 'contact', 'Last NPS survey rating'],
  ['missing.wallet', 'account', 'Annual category spend'], ['missing.forecast', 'deal', 'Forecast value'],
];

/** Systems and files, and columns that the advice warns of. */
const NO_HEADING = new Set(['HubSpot', 'OpportunityHistory', 'Forecast amount', 'Expected Revenue']);

describe('columns that advice asks for', () => {
  const texts: Readonly<Record<string, string>> = { ...goals, ...answers };

  for (const [message, kind, ...headings] of NAMED)
    test(`${message}, in rows of ${kind}: ${headings.join(', ')}`, () => {
      for (const heading of headings) expect(texts[message]).toContain(heading);
      expect(unread(kind, headings)).toEqual([]);
    });

  test('every heading that a text names is among them', () => {
    const advice = [...Object.entries(answers).filter(([key]) => key.startsWith('recipe.')), ...Object.entries(goals).filter(([key]) => key.startsWith('missing.'))];
    const forgotten = advice.flatMap(([key, text]) => {
      const known = NAMED.flatMap(([message, , ...headings]) => (message === key ? headings : []));
      const named = [...text.matchAll(/\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\b|\b[a-z]+(?:_[a-z]+)+\b/gu)].map(([word]) => word).concat(key.startsWith('missing.') ? [...text.matchAll(/“([^”]+)”/gu)].map((found) => found[1] ?? '') : []);
      return named.filter((heading) => !NO_HEADING.has(heading) && !known.includes(heading)).map((heading) => `${key}: ${heading}`);
    });
    expect(advice.length).toBeGreaterThan(40);
    expect(forgotten).toEqual([]);
  });

  test('what the two counts ask for fills the field that tells the row', () => {
    const FILLS: Readonly<Record<keyof typeof COLUMNS, readonly string[]>> = { passing_date: ['qualifiedAt', 'entered'], match: ['email'], owner: ['owner'], return: ['status'], contact: ['contactedAt'] };
    for (const [missing, columns] of Object.entries(COLUMNS) as [keyof typeof COLUMNS, (typeof COLUMNS)[keyof typeof COLUMNS]][])
      for (const { system, heading } of columns) {
        const [column] = proposeImport({ headings: [heading], rows: [] }, { kind: system === 'HubSpot' ? 'contact' : 'lead' }).mapping.columns;
        expect(FILLS[missing], `${system}: ${heading}`).toContain(column?.to === 'field' ? column.field : column?.to);
      }
  });
});
