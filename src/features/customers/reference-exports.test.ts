import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleOf } from './commands/receive-file';
import { mappingFault, proposeImport } from './domain/mapping';

const folder = process.env.LOCKSTEP_REFERENCE_DATA ?? '';
const has = folder !== '' && existsSync(join(folder, 'export-schemas'));

/** Files that hold customers or what happened with them; the others are a system's own lists (owners, forms, properties) or joins. */
const KINDS: Readonly<Record<string, string>> = {
  'export-schemas/hubspot/company_data.csv': 'account', 'export-schemas/hubspot/contact_data.csv': 'contact', 'export-schemas/hubspot/deal_data.csv': 'deal', 'export-schemas/hubspot/deal_stage_data.csv': 'stage',
  'export-schemas/hubspot/deal_company_data.csv': 'deal', 'export-schemas/hubspot/deal_contact_data.csv': 'deal', 'export-schemas/hubspot/email_event_data.csv': 'touch', 'export-schemas/hubspot/contact_form_submission_data.csv': 'touch',
  'export-schemas/hubspot/contact_list_member_data.csv': 'touch', 'export-schemas/hubspot/deal_property_history_data.csv': 'stage', 'export-schemas/hubspot/contact_property_history_data.csv': 'stage',
  'export-schemas/hubspot/engagement_call_data.csv': 'activity', 'export-schemas/hubspot/engagement_task_data.csv': 'activity', 'export-schemas/hubspot/engagement_meeting_data.csv': 'activity',
  'export-schemas/marketo/marketo_lead_data.csv': 'lead', 'export-schemas/marketo/marketo_activity_change_data_value_data.csv': 'stage', 'export-schemas/marketo/marketo_activity_click_email_data.csv': 'touch',
  'export-schemas/marketo/marketo_activity_open_email_data.csv': 'touch', 'export-schemas/marketo/marketo_activity_unsubscribe_email_data.csv': 'touch', 'export-schemas/marketo/marketo_activity_email_bounced_data.csv': 'touch',
  'olist/olist_marketing_qualified_leads_dataset.csv': 'lead', 'olist/olist_closed_deals_dataset.csv': 'lead', 'maven-crm/sales_pipeline.csv': 'deal', 'maven-crm/accounts.csv': 'account',
};
const all = has ? ['export-schemas/hubspot', 'export-schemas/marketo', 'olist', 'maven-crm'].flatMap((part) => readdirSync(join(folder, part)).filter((name) => name.endsWith('.csv')).map((name) => `${part}/${name}`)) : [];

describe.runIf(has)('exports of systems, made by others', () => {
  it.each(Object.entries(KINDS))('%s holds rows of kind %s', async (path, kind) => {
    const sample = await sampleOf(join(folder, path));
    expect(proposeImport(sample, { fileName: path }).mapping.kind).toBe(kind);
  });
  it.each(all)('%s: every column has a meaning or is kept, none has the byte-order mark', async (path) => {
    const sample = await sampleOf(join(folder, path));
    const { mapping } = proposeImport(sample, { fileName: path });
    expect(mapping.columns).toHaveLength(sample.headings.length);
    expect(mapping.columns.filter(({ to }) => to === 'skip')).toEqual([]);
    expect(sample.headings.join()).not.toContain('\uFEFF');
    // A list that lacks what rows of the kind need says so; it never has a field twice or one that does not belong.
    expect([undefined, 'needs_one_of']).toContain(mappingFault(mapping, sample.headings)?.code);
  });
});
