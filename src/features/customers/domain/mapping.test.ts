import { describe, expect, it } from 'vitest';
import { mappingFault, proposeImport, readEntered, type ImportMapping } from './mapping';
import { rowReader, type RecordData } from './read-row';

/** What each heading became: a field, `@stage` for a date of entry, or nothing for a column of its own. */
const columnsOf = (headings: readonly string[], fileName = ''): string[] => {
  const { mapping } = proposeImport({ headings, rows: [] }, { fileName });
  expect(mappingFault(mapping, headings), headings.join()).toBeNull();
  return [mapping.kind, ...mapping.columns.map((column) => (column.to === 'field' ? column.field : column.to === 'entered' ? `@${column.stage}` : ''))];
};

const EXPORTS: readonly (readonly [name: string, headings: string, meaning: string])[] = [
  ['HubSpot contacts, screen', 'Record ID,First Name,Last Name,Email,Phone Number,Lifecycle Stage,Lead Status,Create Date,Original Source,Associated Company,Contact owner', 'contact,key,firstName,lastName,email,phone,stage,status,enteredAt,channel,company,owner'],
  ['HubSpot contacts, newer screen', 'Record ID,First Name,Last Name,Email,Job Title,Company Name,Country/Region,Original Traffic Source,Lifecycle Stage,Number of Associated Deals,Merged Contact IDs', 'contact,key,firstName,lastName,email,jobTitle,company,country,channel,stage,,mergedKeys'],
  ['HubSpot contacts, API', 'hs_object_id,firstname,lastname,email,lifecyclestage,hs_lead_status,hs_analytics_source,createdate,hubspot_owner_id', 'contact,key,firstName,lastName,email,stage,status,channel,enteredAt,owner'],
  ['HubSpot companies, screen', 'Record ID,Company name,Company Domain Name,Industry,Company owner,Create Date,Last Activity Date', 'account,key,name,website,industry,owner,enteredAt,'],
  ['HubSpot deals, screen', 'Record ID,Deal Name,Deal Stage,Pipeline,Amount,Close Date,Create Date,Deal owner,Associated Company IDs,Associated Contact IDs', 'deal,key,name,stage,pipeline,amount,closedAt,enteredAt,owner,accountKey,contactKey'],
  ['HubSpot deals, API', 'hs_object_id,dealname,dealstage,pipeline,amount,closedate,createdate,hs_lastmodifieddate', 'deal,key,name,stage,pipeline,amount,closedAt,enteredAt,changedAt'],
  ['HubSpot deals with dates of entry', 'Record ID,Deal Name,Deal Stage,"Date entered ""Proposal (Sales Pipeline)""","Date exited ""Proposal (Sales Pipeline)""",Date entered current stage', 'deal,key,name,stage,@Proposal,,'],
  ['a connector’s HubSpot deals', 'deal_id,is_deleted,deal_pipeline_id,deal_pipeline_stage_id,owner_id,property_dealname,property_amount,property_closedate,property_createdate', 'deal,key,deleted,pipeline,stage,owner,name,amount,closedAt,enteredAt'],
  ['a connector’s stage history', 'deal_id,date_entered,source_id,value', 'stage,dealKey,at,actor,stage'],
  ['e-mail events', 'id,created,email_campaign_id,type,recipient', 'touch,key,at,campaign,type,email'],
  ['form submissions', 'timestamp,form_id,contact_id,page_url', 'touch,at,campaign,contactKey,content'],
  ['Salesforce leads, report', 'Lead ID,FirstName,LastName,Email,Phone,Company,LeadSource,Status,OwnerId', 'lead,key,firstName,lastName,email,phone,company,channel,status,owner'],
  ['Salesforce leads, API', 'Id,FirstName,LastName,Company,Title,Email,Phone,LeadSource,Status,OwnerId,Industry,HasOptedOutOfEmail,IsConverted,ConvertedDate,ConvertedAccountId,ConvertedContactId,ConvertedOpportunityId,MasterRecordId,CreatedDate,SystemModstamp,IsDeleted', 'lead,key,firstName,lastName,company,jobTitle,email,phone,channel,status,owner,industry,optedOut,,convertedAt,accountKey,contactKey,dealKey,mergedInto,enteredAt,changedAt,deleted'],
  ['Salesforce opportunities, API', 'Id,AccountId,Name,StageName,Amount,Probability,CloseDate,LeadSource,CampaignId,ContactId,OwnerId,IsClosed,IsWon,CreatedDate', 'deal,key,accountKey,name,stage,amount,probability,closedAt,channel,campaign,contactKey,owner,closed,won,enteredAt'],
  ['Salesforce opportunities, report', 'Opportunity ID,Opportunity Name,Account Name,Stage,Amount,Close Date,Created Date,Opportunity Owner,Lead Source', 'deal,key,name,company,stage,amount,closedAt,enteredAt,owner,channel'],
  ['OpportunityHistory', 'Id,OpportunityId,StageName,CreatedById,CreatedDate', 'stage,key,dealKey,stage,actor,at'],
  ['LeadHistory', 'Id,LeadId,Field,OldValue,NewValue,CreatedDate', 'stage,key,leadKey,type,,stage,at'],
  ['OpportunityHistory, all of its columns', 'Id,OpportunityId,StageName,Amount,CloseDate,Probability,ForecastCategory,CreatedById,CreatedDate,SystemModstamp,IsDeleted', 'stage,key,dealKey,stage,,,,,actor,at,,deleted'],
  ['Salesforce opportunity history, report', 'Opportunity Name,Opportunity ID,Stage,From Stage,To Stage,Created Date,Last Modified,Last Modified By,Amount,Probability (%),Close Date', 'stage,,dealKey,,,stage,,at,actor,,,'],
  ['Salesforce lead history, report', 'Lead ID,Field / Event,Old Value,New Value,Edit Date,Edited By', 'stage,leadKey,type,,stage,at,actor'],
  ['Salesforce leads, report of labels', 'Lead ID,First Name,Last Name,Company / Account,Lead Status,Last Activity,Email Opt Out', 'lead,key,firstName,lastName,company,status,contactedAt,optedOut'],
  ['Salesforce opportunities in several currencies', 'Opportunity ID,Opportunity Name,Stage,Expected Revenue,Amount Currency,Amount,Close Date', 'deal,key,name,stage,,currency,amount,closedAt'],
  ['Salesforce campaign members, report', 'Campaign Name,Lead ID,Contact ID,Member Status,First Name,Last Name,Email,Member First Responded Date', 'touch,campaign,leadKey,contactKey,status,,,email,at'],
  ['Salesforce accounts, report', 'Account ID,Account Name,Account Owner,Billing Street,Billing City,Billing Zip/Postal Code', 'account,key,name,owner,street,city,postcode'],
  ['Salesforce orders, report', 'Order Number,Account Name,Order Start Date,Order Amount,Order Currency,Status', 'order,key,company,at,amount,currency,status'],
  ['Salesforce orders, API', 'Id,OrderNumber,AccountId,OpportunityId,EffectiveDate,TotalAmount,CurrencyIsoCode', 'order,key,,accountKey,dealKey,at,amount,currency'],
  ['HubSpot contacts, first and last contact', 'Record ID,Email,Lifecycle Stage,Last Contacted,Date of first engagement', 'contact,key,email,stage,,contactedAt'],
  ['HubSpot deals, closed', 'Record ID,Deal Name,Deal Stage,Is Deal Closed?,Is Closed Won', 'deal,key,name,stage,closed,won'],
  ['Marketo people, screen', 'Id,First Name,Last Name,Email Address,Person Source,Person Status,Revenue Stage', 'lead,key,firstName,lastName,email,channel,status,stage'],
  ['CampaignMember', 'Id,CampaignId,LeadId,ContactId,Status,HasResponded,FirstRespondedDate', 'touch,key,campaign,leadKey,contactKey,status,,at'],
  ['Task', 'Id,WhoId,WhatId,Subject,ActivityDate,Status,OwnerId,TaskSubtype', 'activity,key,contactKey,dealKey,content,at,status,owner,type'],
  ['Marketo leads', 'id,created_at,updated_at,email,first_name,last_name', 'lead,key,enteredAt,changedAt,email,firstName,lastName'],
  ['Marketo changed values', 'activity_date,activity_type_id,id,lead_id,modifying_user,new_value,old_value,primary_attribute_value,reason', 'stage,at,,key,leadKey,actor,stage,,type,'],
  ['Marketo e-mail activities', 'activity_date,activity_type_id,campaign_id,email_template_id,id,lead_id,primary_attribute_value', 'touch,at,type,campaign,,key,leadKey,content'],
  ['marketplace leads', 'mql_id,first_contact_date,landing_page_id,origin', 'lead,key,enteredAt,campaign,channel'],
  ['opportunities of a plain file', 'opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value', 'deal,key,owner,product,accountKey,stage,enteredAt,closedAt,amount'],
  ['accounts of a plain file', 'account,sector,year_established,revenue,employees,office_location,subsidiary_of', 'account,key,industry,,amount,,country,'],
  ['orders', 'Order ID,Email,Amount,Currency,Order Date', 'order,key,email,amount,currency,at'],
  ['spend', 'Channel,Campaign,Cost,Currency,Month', 'spend,channel,campaign,amount,currency,at'],
  ['German orders', 'Bestellnummer,Bestelldatum,Kunde,Betrag,Währung', 'order,key,at,company,amount,currency'],
  ['spend, as one network writes it', 'Start Date (in UTC),Campaign Name,Currency,Total Spent,Clicks', 'spend,at,campaign,currency,amount,'],
  ['German leads', 'Lead-ID,Vorname,Nachname,E-Mail-Adresse,Firma,Quelle,Lead-Status,Erstellt am,Übergeben am', 'lead,key,firstName,lastName,email,company,channel,status,enteredAt,passedAt'],
  ['Dutch contacts', 'Contact-ID,Voornaam,Achternaam,E-mailadres,Telefoon,Bedrijf,Bron,Aangemaakt op', 'contact,key,firstName,lastName,email,phone,company,channel,enteredAt'],
  ['French leads', 'Lead ID,Prénom,Nom,Adresse e-mail,Société,Canal,Statut,Date de création', 'lead,key,firstName,lastName,email,company,channel,status,enteredAt'],
  ['Spanish leads', 'Lead ID,Nombre,Apellidos,Correo electrónico,Empresa,Canal,Estado,Fecha de creación', 'lead,key,firstName,lastName,email,company,channel,status,enteredAt'],
];

/** A line of headings as a CSV file writes them. */
const split = (line: string): string[] => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/gu)].map((found) => (found[1] ?? found[2] ?? '').replaceAll('""', '"'));

/** Spellings of one heading that programs make of it. */
const SPELLED: readonly (readonly [string, (heading: string) => string])[] = [
  ['as it is', (heading) => heading],
  ['upper case', (heading) => (/date e/iu.test(heading) ? heading : heading.toUpperCase())],
  ['lower case', (heading) => (/date e/iu.test(heading) ? heading : heading.toLowerCase())],
  ['snake case', (heading) => (/date e/iu.test(heading) ? heading : heading.replace(/[\s/-]+/gu, '_').toLowerCase())],
  ['camel case', (heading) => (/date e/iu.test(heading) ? heading : heading.replace(/[\s/_-]+(\p{L})/gu, (_, letter: string) => letter.toUpperCase()))],
];

describe('headings of exports', () => {
  for (const [spelling, write] of SPELLED) it.each(EXPORTS)(`%s, ${spelling}`, (_name, headings, meaning) => expect(columnsOf(split(headings).map(write))).toEqual(meaning.split(',')));

  it('dates of entry name the stage and the pipeline', () => {
    expect(readEntered('Date entered "Marketing Qualified Lead (Lifecycle Stage Pipeline)"')).toEqual({ stage: 'Marketing Qualified Lead', pipeline: 'Lifecycle Stage Pipeline' });
    expect(readEntered('Date entered Won')).toEqual({ stage: 'Won', pipeline: null });
    expect(readEntered('hs_v2_date_entered_opportunity')).toEqual({ stage: 'opportunity', pipeline: null });
    expect(readEntered('Date entered "Closed Won (Sales Pipeline (EU))"')).toEqual({ stage: 'Closed Won', pipeline: 'Sales Pipeline (EU)' });
    for (const other of ['Date entered current stage', 'hs_date_entered_current_stage', 'Date exited "Won"', 'Date entered']) expect(readEntered(other)).toBeUndefined();
  });

  it('headings that name parts of every object are headings', () => {
    const headings = ['Lead ID', 'Email', '__proto__', 'constructor', 'toString'];
    expect(columnsOf(headings)).toEqual(['lead', 'key', 'email', '', '', '']);
    const read = rowReader(proposeImport({ headings, rows: [] }).mapping, headings, 'UTC');
    const { data } = read(['L1', 'a@example.org', 'x', 'y', 'z']);
    expect(JSON.stringify(data.custom)).toBe('{"__proto__":"x","constructor":"y","toString":"z"}');
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it('what somebody chose wins over what the file looks like and what is remembered', () => {
    const sample = { headings: ['Lead ID', 'Email', 'Status'], rows: [] };
    const remembered: ImportMapping = { kind: 'lead', columns: [{ to: 'field', field: 'key' }, { to: 'skip' }, { to: 'field', field: 'stage' }], dateOrder: 'mdy', decimal: ',' };
    expect(proposeImport(sample, { remembered }).mapping).toEqual(remembered);
    expect(proposeImport(sample, { remembered, kind: 'contact' }).mapping).toMatchObject({ kind: 'contact', columns: [{ field: 'leadKey' }, { field: 'email' }, { field: 'status' }] });
  });
});

const rowsOf = (headings: string, ...lines: string[]): RecordData[] => {
  const [names, rows] = [split(headings), lines.map(split)];
  const { mapping } = proposeImport({ headings: names, rows });
  const read = rowReader(mapping, names, 'UTC');
  return rows.map((cells) => read(cells).data);
};

describe('cells of exports', () => {
  it.each([
    ['001A0000006Vm9r', '001A0000006Vm9rIAC'],
    ['0015g00000AbCdE', '0015g00000AbCdEAAV'],
    ['0015g00000abcde', '0015g00000abcdeAAA'],
  ])('ids of 15 and 18 characters are one: %s', (short, long) => {
    expect(rowsOf('Lead ID,Email', `${short},a@example.org`, `${long},a@example.org`).map(({ key }) => key)).toEqual([short, short]);
    // As the key of another record, too.
    expect(rowsOf('Deal ID,Deal Name,Account ID', `1,Big,${long}`)[0]?.accountKey).toBe(short);
  });
  it.each(['001A0000006Vm9rIAD', '001A0000006Vm9rIA', '001A0000006vm9rIAC', 'ABCDEFGHIJKLMNO001'])('%s is no such id and stays as it is', (id) => expect(rowsOf('Lead ID,Email', `${id},a@example.org`)[0]?.key).toBe(id));
  it('several ids in a cell are all kept, the first one is the main one', () => {
    const [deal, one] = rowsOf('Record ID,Deal Name,Associated Contact IDs,Associated Company IDs', '1,Big,12; 34;12,"7,8"', '2,Small,5,');
    expect(deal).toMatchObject({ contactKey: '12', accountKey: '7', listed: { contactKey: ['12', '34'], accountKey: ['7', '8'] } });
    expect(one).toMatchObject({ contactKey: '5' });
    expect(one?.listed).toBeUndefined();
  });
  it('an account that is called by its name keeps its comma', () => {
    expect(rowsOf('opportunity_id,account,deal_stage,close_value', 'X1,"Acme, Inc.",Won,5')[0]?.accountKey).toBe('Acme, Inc.');
  });
  it('the id of a person tells whether it is a lead', () => {
    const tasks = rowsOf('Id,WhoId,WhatId,Subject,ActivityDate', '00T1,00Q5g00000AbCdE,,Call,2026-01-02', '00T2,0035g00000AbCdE,0065g00000AbCdE,Call,2026-01-02', '00T3,,0015g00000AbCdE,Call,2026-01-02');
    expect(tasks.map(({ leadKey, contactKey, dealKey, accountKey }) => [leadKey, contactKey, dealKey, accountKey])).toEqual([
      ['00Q5g00000AbCdE', undefined, undefined, undefined], [undefined, '0035g00000AbCdE', '0065g00000AbCdE', undefined], [undefined, undefined, undefined, '0015g00000AbCdE'],
    ]);
  });
  it('a currency may stand in the heading, that of the cell counts more', () => {
    const rows = rowsOf('Reporting starts,Reporting ends,Campaign name,Amount spent (EUR)', '2026-01-01,2026-01-31,Spring,120.50', '2026-01-01,2026-01-31,Autumn,80 USD');
    expect(rows.map(({ amount, currency }) => [amount, currency])).toEqual([[120.5, 'EUR'], [80, 'USD']]);
  });
  it('two ways of writing a time stand in one column', () => {
    expect(rowsOf('Record ID,Email,Lifecycle Stage,Create Date', '1,a@example.org,lead,2024-03-12 09:14', '2,b@example.org,lead,3/15/2024 2:30 PM').map((row) => row.enteredAt)).toEqual(['2024-03-12T09:14:00.000Z', '2024-03-15T14:30:00.000Z']);
  });
  it('months first, as one file of deals writes them', () => {
    expect(rowsOf('opportunity_id,deal_stage,engage_date,close_date', 'X1,Won,10/20/2016,3/1/2017')[0]).toMatchObject({ enteredAt: '2016-10-20T00:00:00.000Z', closedAt: '2017-03-01T00:00:00.000Z' });
  });
  it('a day of winning says that it was won, unless the row denies it', () => {
    const rows = rowsOf('mql_id,seller_id,won_date,lead_type', 'a,s1,2018-02-26 19:58:54,online', 'b,s2,,online');
    expect(rows.map(({ won, closedAt, wonAt }) => [won, closedAt, wonAt])).toEqual([[true, '2018-02-26T19:58:54.000Z', undefined], [undefined, undefined, undefined]]);
    expect(rowsOf('Deal ID,Deal Name,Won Date,Close Date,Is Won', '1,A,2026-02-03,2026-02-09,', '2,B,2026-02-03,2026-02-09,false').map(({ won, closedAt }) => [won, closedAt])).toEqual([[true, '2026-02-03T00:00:00.000Z'], [false, '2026-02-09T00:00:00.000Z']]);
  });
  it('a blank origin is not "unknown"', () => {
    expect(rowsOf('mql_id,first_contact_date,origin', 'a,2018-01-01,unknown', 'b,2018-01-01,').map((row) => row.channel)).toEqual(['unknown', undefined]);
  });
  it('the currency stays with the amount', () => {
    expect(rowsOf('Deal ID,Deal Name,Amount,Currency', '1,A,"1,200.50",CHF', '2,B,€ 300,').map(({ amount, currency }) => [amount, currency])).toEqual([[1200.5, 'CHF'], [300, 'EUR']]);
  });
  it('a record merged into another is gone', () => {
    expect(rowsOf('Id,LastName,Email,MasterRecordId,IsDeleted', '1,Lee,a@example.org,00Q5g00000AbCdE,false')[0]).toMatchObject({ mergedInto: '00Q5g00000AbCdE', deleted: true });
  });
  it('the history of other properties is not that of stages', () => {
    const headings = ['deal_id', 'timestamp', 'name', 'value'];
    const { mapping } = proposeImport({ headings, rows: [] }, { kind: 'stage' });
    const read = rowReader(mapping, headings, 'UTC');
    expect(read(['1', '2026-01-01', 'dealstage', 'won']).problem).toBeNull();
    expect(read(['1', '2026-01-01', 'amount', '12']).problem).toBe('not_a_stage');
    const log = ['activity_date', 'activity_type_id', 'id', 'lead_id', 'new_value', 'old_value', 'primary_attribute_value', 'reason'];
    const change = rowReader(proposeImport({ headings: log, rows: [] }).mapping, log, 'UTC');
    expect(change(['2026-01-05 09:30:00.000', '13', '77', '1282844', 'MQL', 'Known', 'Lead Status', 'Smart Campaign 12'])).toMatchObject({ key: '77', problem: null, data: { leadKey: '1282844', stage: 'MQL', at: '2026-01-05T09:30:00.000Z' } });
    expect(change(['2026-01-05 09:30:00.000', '13', '77', '1282844', 'MQL', 'Known', 'Lead Status', 'Smart Campaign 12']).data.reason).toBeUndefined();
    expect(change(['2026-01-05 09:30:00.000', '13', '78', '1282844', '12', '10', 'Demographic Score', '']).problem).toBe('not_a_stage');
  });
});
