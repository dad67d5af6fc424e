import { describe, expect, test } from 'vitest';
import type { RowKind } from '../features/customers/domain/fields';
import { proposeImport } from '../features/customers/domain/mapping';
import goals from '../features/goals/messages/en.json';
import { COLUMNS } from '../features/pipeline/domain/count-gaps';
import answers from '../features/pipeline/messages/answers.en.json';

const headingOf = (line: string): string => line.slice(0, line.lastIndexOf(' = '));

/** Each heading with the field that the importer reads it into. */
const readAs = (kind: RowKind, headings: readonly string[]): string[] =>
  proposeImport({ headings, rows: [] }, { kind }).mapping.columns.map((column, at) => `${headings[at] ?? ''} = ${column.to === 'field' ? column.field : column.to}`);

/** Headings that advice names with the field they are to fill, by the kind of file they are to stand in. */
const NAMED: readonly (readonly [message: string, kind: RowKind, ...headings: string[]])[] = [
  ['recipe.hubspot.leads', 'contact', 'Record ID = key', 'Email = email', 'Create Date = enteredAt', 'Lifecycle Stage = stage'],
  ['recipe.hubspot.deals', 'deal', 'Record ID = key', 'Deal Stage = stage', 'Amount = amount', 'Create Date = enteredAt', 'Close Date = closedAt', 'Associated Contact IDs = contactKey'],
  ['recipe.hubspot.outcome', 'deal', 'Deal Stage = stage', 'Close Date = closedAt', 'Associated Contact IDs = contactKey'],
  ['recipe.hubspot.groups', 'contact', 'Original Traffic Source = channel'], ['recipe.hubspot.groups', 'contact', 'Original Source = channel'],
  ['recipe.hubspot.history', 'deal', 'Date entered “… (your pipeline)” = entered'], ['recipe.hubspot.history', 'contact', 'Date entered “… (Lifecycle Stage Pipeline)” = entered'],
  ['recipe.hubspot.losses', 'contact', 'Lead Status = status'], ['recipe.hubspot.losses', 'deal', 'Close Date = closedAt'],
  ['recipe.hubspot.traits', 'contact', 'Job Title = jobTitle', 'Country/Region = country'], ['recipe.hubspot.traits', 'account', 'Industry = industry'],
  ['recipe.hubspot.touches', 'touch', 'Email = email'], ['recipe.hubspot.touch_keys', 'touch', 'Email = email'],
  ['recipe.salesforce.leads', 'lead', 'Lead ID = key', 'Email = email', 'LeadSource = channel', 'Status = status', 'CreatedDate = enteredAt'],
  ['recipe.salesforce.deals', 'deal', 'Opportunity ID = key', 'StageName = stage', 'Amount = amount', 'CreatedDate = enteredAt', 'CloseDate = closedAt', 'IsWon = won', 'IsClosed = closed', 'ContactId = contactKey'], ['recipe.salesforce.deals', 'lead', 'ConvertedOpportunityId = dealKey'],
  ['recipe.salesforce.outcome', 'deal', 'IsWon = won', 'CloseDate = closedAt', 'ContactId = contactKey'], ['recipe.salesforce.outcome', 'lead', 'ConvertedDate = convertedAt', 'ConvertedOpportunityId = dealKey'],
  ['recipe.salesforce.groups', 'lead', 'LeadSource = channel'], ['recipe.salesforce.history', 'stage', 'StageName = stage', 'CreatedDate = at'],
  ['recipe.salesforce.losses', 'lead', 'Status = status'], ['recipe.salesforce.losses', 'deal', 'IsClosed = closed', 'IsWon = won', 'CloseDate = closedAt'],
  ['recipe.salesforce.traits', 'lead', 'Industry = industry', 'Title = jobTitle', 'AnnualRevenue = amount'],
  ['recipe.salesforce.touches', 'touch', 'CampaignId = campaign', 'LeadId = leadKey', 'ContactId = contactKey', 'FirstRespondedDate = at'], ['recipe.salesforce.touch_keys', 'touch', 'LeadId = leadKey', 'ContactId = contactKey'],
  ['recipe.marketo.leads', 'lead', 'id = key', 'email = email', 'created_at = enteredAt'], ['recipe.marketo.history', 'stage', 'lead_id = leadKey', 'activity_date = at', 'primary_attribute_value = type', 'new_value = stage'],
  ['recipe.marketo.traits', 'lead', 'industry = industry', 'title = jobTitle', 'country = country'], ['recipe.marketo.touches', 'touch', 'lead_id = leadKey', 'activity_date = at', 'primary_attribute_value = content'], ['recipe.marketo.touch_keys', 'touch', 'lead_id = leadKey'],
  ['missing.stages', 'contact', 'Date entered … = entered'], ['missing.wins', 'deal', 'Is closed won = won', 'Associated contact IDs = contactKey'], ['missing.wins', 'deal', 'Won = won', 'Lead ID = leadKey'],
  ['missing.orders', 'deal', 'Amount = amount', 'Close Date = closedAt'], ['missing.marketing_spend', 'spend', 'Spend = amount'], ['missing.marketing_spend', 'spend', 'Actual Cost = amount'],
  ['missing.activities', 'activity', 'Associated contact IDs = contactKey'], ['missing.activities', 'activity', 'Lead ID = leadKey', 'Contact ID = contactKey'],
  ['missing.profit', 'order', 'Gross profit = profit'], ['missing.profit', 'deal', 'Gross profit = profit'],
  ['missing.satisfaction', 'contact', 'Satisfaction score = satisfaction'], ['missing.satisfaction', 'account', 'CSAT = satisfaction'], ['missing.satisfaction', 'contact', 'NPS = satisfaction'], ['missing.satisfaction', 'contact', 'Last NPS survey rating = satisfaction'],
  ['missing.wallet', 'account', 'Annual category spend = wallet'], ['missing.forecast', 'deal', 'Forecast value = forecast'],
  ['missing.territories', 'lead', 'Territory = territory'], ['missing.industries', 'lead', 'Industry = industry'], ['missing.industries', 'account', 'Industry = industry'],
  ['missing.market_spend', 'spend', 'Territory = territory'], ['missing.kind_of_work', 'spend', 'Kind of work = type'],
];

/** Systems and files, and columns that the advice warns of. */
const NO_HEADING = new Set(['HubSpot', 'OpportunityHistory', 'Forecast amount', 'Expected Revenue']);

describe('columns that advice asks for', () => {
  const texts: Readonly<Record<string, string>> = { ...goals, ...answers };

  for (const [message, kind, ...lines] of NAMED)
    test(`${message}, in rows of ${kind}: ${lines.join(', ')}`, () => {
      const headings = lines.map(headingOf);
      for (const heading of headings) expect(texts[message]).toContain(heading);
      expect(readAs(kind, headings)).toEqual(lines);
    });

  test.each<[RowKind, string]>([
    ['contact', 'Record ID,Email,Create Date,Lifecycle Stage'], ['deal', 'Record ID,Deal Stage,Amount,Create Date,Close Date,Associated Contact IDs'], ['lead', 'Lead ID,Email,LeadSource,Status,CreatedDate'],
    ['deal', 'Opportunity ID,StageName,Amount,CreatedDate,CloseDate,IsWon,IsClosed,ContactId'], ['stage', 'OpportunityId,StageName,CreatedDate,CreatedById'], ['stage', 'LeadId,Field,OldValue,NewValue,CreatedDate'],
    ['touch', 'CampaignId,LeadId,ContactId,FirstRespondedDate'], ['lead', 'id,email,created_at'], ['stage', 'lead_id,activity_date,primary_attribute_value,new_value'],
    ['stage', 'activity_date,activity_type_id,id,lead_id,new_value,old_value,primary_attribute_value'], ['touch', 'activity_date,activity_type_id,campaign_id,email_template_id,id,lead_id,primary_attribute_value'],
  ])('a file as the advice describes it is taken for rows of %s: %s', (kind, headings) => expect(proposeImport({ headings: headings.split(','), rows: [] }).mapping.kind).toBe(kind));

  test('every heading that a text names is among them', () => {
    const advice = [...Object.entries(answers).filter(([key]) => key.startsWith('recipe.')), ...Object.entries(goals).filter(([key]) => key.startsWith('missing.'))];
    const forgotten = advice.flatMap(([key, text]) => {
      const known = NAMED.flatMap(([message, , ...headings]) => (message === key ? headings.map(headingOf) : []));
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
