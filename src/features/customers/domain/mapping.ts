import { columnOrder, type DateOrder } from '../../../lib/civil';
import { FIELDS, FIELDS_OF, FIELD_NAMES, NEEDED, ROW_KINDS, type Field, type RowKind } from './fields';
import words from './heading-words.json';
import { plain } from '../../../lib/plain';

/** What a column becomes. `entered` is the date a row came into a stage: `Date entered "Stage (Pipeline)"`. */
export type ColumnMeaning =
  | { to: 'field'; field: Field }
  | { to: 'entered'; stage: string; pipeline: string | null }
  | { to: 'custom' }
  | { to: 'skip' };

export type ImportMapping = { kind: RowKind; columns: ColumnMeaning[]; dateOrder: DateOrder; decimal: '.' | ',' };

export type ProposedImport = { mapping: ImportMapping; dates: 'certain' | 'unclear' | 'mixed'; decimals: 'certain' | 'unclear'; kinds: { kind: RowKind; score: number }[] };

/** A file's headings and some of its rows, as far as they are needed to understand it. */
export type Sample = { headings: readonly string[]; rows: readonly (readonly string[])[] };

/** A heading without what connectors put around a system's own names, `property_`, `__c`, and without the currency behind it: `Amount spent (EUR)`. */
const folded = (heading: string): string => plain(heading.replace(/\s*\([A-Z]{3}\)$/u, '').replace(/^propert(?:y|ies)(?:[_.\s]+|(?=[A-Z]))/u, '').replace(/^propert(?:y|ies)[_.\s]+/iu, '').replace(/__c$/iu, ''));

const SPELLINGS: ReadonlyMap<string, readonly Field[]> = (() => {
  const map = new Map<string, Field[]>();
  for (const field of FIELD_NAMES) {
    for (const spelling of [field, ...(words as Record<Field, string[]>)[field]]) {
      const known = map.get(folded(spelling)) ?? [];
      if (!known.includes(field)) map.set(folded(spelling), [...known, field]);
    }
  }
  return map;
})();

/** `Date entered "Opportunity (Sales Pipeline)"`, and the same in API spelling: `hs_date_entered_opportunity`. */
export const readEntered = (heading: string): { stage: string; pipeline: string | null } | undefined => {
  const api = /^(?:propert(?:y|ies)[_.])?hs_(?:v2_)?date_entered_(.+)$/iu.exec(heading.trim());
  if (api?.[1]) return /^current_?stage$/iu.test(api[1]) ? undefined : { stage: api[1].replaceAll('_', ' ').trim(), pipeline: null };
  const match = /^(?:date entered|datum (?:des )?eintritts?|datum van invoer|date d['’]entrée|fecha de entrada)\s+(?:(?:in|en|dans|in de fase)\s+)?["“„«']?(.+?)["”“»']?$/iu.exec(heading.trim());
  const inner = match?.[1]?.replace(/["”“»']$/u, '').trim();
  if (!inner || /^current stage$/iu.test(inner)) return undefined;
  const parts = /^(.+?)\s*\(((?:[^()]|\([^()]*\))+)\)$/u.exec(inner);
  return parts ? { stage: (parts[1] ?? inner).replace(/["”“»']$/u, '').trim(), pipeline: parts[2] ?? null } : { stage: inner, pipeline: null };
};

/** A kind's own id; in rows of another kind the same heading says which lead, contact, account or deal they are about. */
const OWN_KEY: Readonly<Record<RowKind, readonly string[]>> = {
  lead: ['leadid', 'mqlid', 'prospectid'], contact: ['contactid'], account: ['accountid', 'companyid', 'account'], deal: ['dealid', 'opportunityid'], stage: ['historyid', 'eventid'],
  touch: ['eventid', 'touchid', 'campaignmemberid'], activity: ['activityid', 'taskid', 'eventid'], order: ['orderid', 'ordernumber', 'invoicenumber'], spend: [],
};

/** Headings that mean something else in rows of one kind. */
const OF_KIND: Readonly<Partial<Record<RowKind, Readonly<Record<string, Field>>>>> = {
  stage: { value: 'stage', newvalue: 'stage', stageid: 'stage', fivetranend: 'until', name: 'type', property: 'type', propertyname: 'type', field: 'type', systemmodstamp: 'at', primaryattributevalue: 'type', sourceid: 'actor', changedate: 'at',
    lastmodified: 'at', lastmodifieddate: 'at', editdate: 'at', lastmodifiedby: 'actor', editedby: 'actor', fieldevent: 'type' },
  touch: { name: 'content', title: 'content', pagetitle: 'content', formtitle: 'content', source: 'channel' },
  activity: { description: 'content', title: 'content' },
  order: { totalprice: 'amount', customerid: 'accountKey', customer: 'company', accountname: 'company', customername: 'company', id: 'key' },
  spend: { campaignname: 'campaign', adplatform: 'channel', platform: 'channel', budget: 'amount', from: 'at', to: 'until' },
  deal: { account: 'accountKey', accountname: 'company', companyname: 'company', contactid: 'contactKey' },
  lead: { companyname: 'company', accountname: 'company' },
  contact: { companyname: 'company', accountname: 'company' },
};

const fieldsFor = (heading: string, kind: RowKind): readonly Field[] => {
  const name = folded(heading);
  if (OWN_KEY[kind].includes(name)) return ['key'];
  const meant = OF_KIND[kind] && Object.hasOwn(OF_KIND[kind], name) ? OF_KIND[kind][name] : undefined;
  return meant ? [meant] : (SPELLINGS.get(name) ?? []).filter((field) => FIELDS_OF[kind].includes(field));
};

/** Headings that count only where no other one says the same: the last contact beside the first, an estimate beside the amount, where a deal stands beside where it went. */
const YIELDING: ReadonlySet<string> = new Set(['lastactivity', 'lastactivitydate', 'lastcontacted', 'expectedrevenue', 'annualrevenue']);
const YIELDING_STEPS: ReadonlySet<string> = new Set(['stage', 'stagename', 'createddate', 'systemmodstamp']);
const yields = (heading: string, kind: RowKind): boolean => (kind === 'stage' ? YIELDING_STEPS : YIELDING).has(folded(heading));

/** In a log of changed values the heading says what changed; the kind of activity is always the same, and the reason names a flow rather than why somebody decided. */
const LOG_OF_VALUES = ['primaryattributevalue', 'newvalue'] as const;
const BESIDE_VALUES = new Set(['activitytypeid', 'reason']);

/** Columns that Lockstep itself adds to a file of rejected rows. */
const OURS = /\(Lockstep\)$/u;

/** Whether a text is a heading that some system writes. */
export const recognised = (heading: string): boolean => SPELLINGS.has(folded(heading)) || readEntered(heading) !== undefined;

const columnsFor = (headings: readonly string[], kind: RowKind): ColumnMeaning[] => {
  const taken = new Set<Field>();
  const names = new Set(headings.map(folded));
  const better = new Set(headings.flatMap((heading) => (yields(heading, kind) ? [] : fieldsFor(heading, kind).slice(0, 1))));
  const ofValues = kind === 'stage' && LOG_OF_VALUES.every((name) => names.has(name));
  return headings.map((heading): ColumnMeaning => {
    if (OURS.test(heading)) return { to: 'skip' };
    if (ofValues && BESIDE_VALUES.has(folded(heading))) return { to: 'custom' };
    const entered = kind === 'lead' || kind === 'contact' || kind === 'deal' ? readEntered(heading) : undefined;
    if (entered) return { to: 'entered', ...entered };
    const stands = yields(heading, kind) ? better : taken;
    const field = fieldsFor(heading, kind).find((candidate) => !taken.has(candidate) && !stands.has(candidate));
    if (!field) return { to: 'custom' };
    taken.add(field);
    return { to: 'field', field };
  });
};

/** Headings that name the kind outright. */
const TELLING: Readonly<Record<RowKind, RegExp>> = {
  lead: /^(mql.?id|lead.?id|lead.?source|lead.?status|is.?converted|convertedopportunityid|first.?contact.?date)$/iu,
  contact: /^(contact.?owner|lifecycle.?stage|lifecyclestage|associated company|number of associated deals|contact.?id)$/iu,
  account: /^(company.?owner|company.?domain.?name|subsidiary.?of|number.?of.?employees|sector|year.?established)$/iu,
  deal: /^(deal.?(name|stage|owner)|dealname|dealstage|opportunity.?(id|name)|stage.?name|is.?won|forecast.?category(name)?|close.?(date|value)|won.?date|probability)$/iu,
  stage: /^(from.?stage|to.?stage|old.?value|new.?value|opportunity.?history|date.?entered|stage.?history|date.?exited)$/iu,
  touch: /^(campaign.?member|member.?(status|type|first.?responded.?date)|has.?responded|first.?responded.?date|campaign.?id|utm.?(source|medium|campaign)|touch.*|landing.?page)$/iu,
  activity: /^(activity.?(id|type|date|type.?id)|task.?subtype|who.?id|primary.?attribute.?value)$/iu,
  order: /^(order.?(id|date|number|start.?date|amount)|invoice.*|quantity|bestell.?(nummer|datum)|effective.?date)$/iu,
  spend: /^(spend|cost|budget|impressions|clicks|total.?spent|amount.?spent.*)$/iu,
};

/** Headings that only rows of one kind have together. */
const TOGETHER: readonly (readonly [kind: RowKind, headings: readonly string[]])[] = [
  ['stage', ['id', 'opportunityid', 'stagename']], ['stage', ['opportunityid', 'stagename', 'createdbyid']], ['stage', ['dealid', 'dateentered', 'value']], ['stage', ['leadid', 'tostage']],
  ['stage', ['leadid', 'oldvalue', 'newvalue']], ['stage', ['primaryattributevalue', 'newvalue']], ['stage', ['opportunityid', 'fromstage', 'tostage']], ['stage', ['recordid', 'fromstage', 'tostage']],
  ['touch', ['campaignid', 'leadid', 'contactid']], ['touch', ['campaignid', 'contactid', 'status']], ['touch', ['campaignid', 'leadid', 'status']], ['touch', ['emailcampaignid', 'recipient']],
  ['touch', ['formid', 'contactid']], ['touch', ['contactlistid', 'contactid']], ['touch', ['emailtemplateid', 'leadid', 'activitydate']], ['touch', ['recipient', 'type']],
  ['activity', ['whoid', 'activitydate']], ['activity', ['whoid', 'subject']], ['activity', ['whatid', 'activitydate']], ['activity', ['engagementid', 'timestamp']], ['activity', ['engagementid', 'type']],
  ['order', ['orderid', 'amount']], ['order', ['ordernumber', 'totalamount']], ['order', ['invoicenumber', 'amount']], ['spend', ['campaign', 'cost']], ['spend', ['channel', 'spend']], ['spend', ['channel', 'cost']],
  ['deal', ['dealid', 'companyid']], ['deal', ['dealid', 'contactid']], ['deal', ['dealid', 'dealname']], ['contact', ['email', 'hscalculatedmergedvids']], ['contact', ['email', 'lifecyclestage']],
  ['lead', ['leadsource', 'isconverted']],
];

const PERSON: readonly Field[] = ['email', 'firstName', 'lastName'];

/** Words in a file's name; what stands in the file says more. */
const NAMED: readonly (readonly [kind: RowKind, words: RegExp])[] = [
  ['stage', /history|stage[-_ ]?(?:log|event|change)|verlauf|historie/iu], ['touch', /campaign[-_ ]?member|touch|email[-_ ]?event|form[-_ ]?submission/iu], ['activity', /activit|task|engagement|call|meeting|aktivit/iu],
  ['order', /order|invoice|bestell|commande|pedido|rechnung/iu], ['spend', /spend|cost|budget|kosten/iu], ['deal', /deal|opportunit|pipeline/iu], ['account', /account|compan|firmen|bedrij|entreprise|empresa/iu],
  ['contact', /contact|kontakt/iu], ['lead', /lead|inquir/iu],
];

const missingOf = (kind: RowKind, fields: ReadonlySet<Field>): number => NEEDED[kind].filter((choice) => !choice.some((field) => fields.has(field))).length;

/** A row that says where from and where to, or names its deal beside an id of its own, is no deal, though all of the deal's columns stand in it. */
const isStep = (names: ReadonlySet<string>): boolean => (names.has('fromstage') && names.has('tostage')) || (names.has('id') && (names.has('opportunityid') || names.has('dealid')));

/** A person has an address or names, a company has neither. */
const misfit = (kind: RowKind, fields: ReadonlySet<Field>, names: ReadonlySet<string>): number => {
  if (kind === 'deal') return isStep(names) ? 20 : 0;
  const person = PERSON.filter((field) => fields.has(field)).length;
  if (kind === 'account') return person > 0 ? 5 : 0;
  return (kind === 'lead' || kind === 'contact') && person === 0 ? 3 : 0;
};

/** How well each kind fits, best first: named columns count once, telling ones thrice, those found together most; a missing necessity weighs against it. */
export const rankKinds = (headings: readonly string[], fileName = ''): { kind: RowKind; score: number }[] => {
  const names = new Set(headings.map(folded));
  const said = NAMED.find(([, pattern]) => pattern.test(fileName))?.[0];
  return ROW_KINDS.map((kind) => {
    const columns = columnsFor(headings, kind);
    const fields = new Set(columns.flatMap((column) => (column.to === 'field' ? [column.field] : [])));
    const telling = headings.filter((heading) => TELLING[kind].test(heading.trim().replace(/^propert(?:y|ies)[_.\s]+/iu, ''))).length;
    const together = TOGETHER.some(([of, all]) => of === kind && all.every((name) => names.has(name))) ? 10 : 0;
    return { kind, score: fields.size + 3 * telling + together + (said === kind ? 4 : 0) - 8 * missingOf(kind, fields) - misfit(kind, fields, names) };
  }).toSorted((a, b) => b.score - a.score || ROW_KINDS.indexOf(a.kind) - ROW_KINDS.indexOf(b.kind));
};

const cellsOf = (sample: Sample, columns: readonly ColumnMeaning[], type: 'instant' | 'number'): string[][] =>
  columns.flatMap((column, index) =>
    (column.to === 'field' && FIELDS[column.field] === type) || (type === 'instant' && column.to === 'entered') ? [sample.rows.map((row) => row[index] ?? '')] : [],
  );

/** Counts what cells say of the decimal mark: `1.234,50` and `12,5` mean a comma, `1,234.50` a point. A lone sign before three digits could be either. */
export const decimalTally = () => {
  let comma = 0;
  let point = 0;
  let open = 0;
  return {
    add: (cell: string): void => {
      const bare = cell.replace(/[^\d.,]/gu, '');
      const last = Math.max(bare.lastIndexOf(','), bare.lastIndexOf('.'));
      if (last < 0) return;
      const sign = bare[last];
      const both = bare.includes(',') && bare.includes('.');
      const repeated = bare.split(sign ?? '').length > 2;
      if (!repeated && !both && bare.length - last - 1 === 3) open++;
      // A sign that stands twice parts thousands, so the other one is the decimal mark.
      else if ((sign === ',') !== repeated) comma++;
      else point++;
    },
    result: (): { decimal: '.' | ','; certain: boolean; told: boolean } =>
      comma > point ? { decimal: ',', certain: point === 0, told: true } : { decimal: '.', certain: comma === 0 && (point > 0 || open === 0), told: point > 0 },
  };
};

/** The decimal mark of cells that one program wrote. */
export const decimalOf = (cells: readonly string[]): { decimal: '.' | ','; certain: boolean; told: boolean } => {
  const tally = decimalTally();
  for (const cell of cells) tally.add(cell);
  return tally.result();
};

/** What the file probably holds. `kind` and `remembered` are what somebody said. */
export const proposeImport = (sample: Sample, chosen: { kind?: RowKind; remembered?: ImportMapping; fileName?: string } = {}): ProposedImport => {
  const kinds = rankKinds(sample.headings, chosen.fileName);
  const { remembered } = chosen;
  const kind = chosen.kind ?? remembered?.kind ?? kinds[0]?.kind ?? 'lead';
  const columns = remembered && remembered.kind === kind && remembered.columns.length === sample.headings.length ? remembered.columns : columnsFor(sample.headings, kind);
  const dates = columnOrder(cellsOf(sample, columns, 'instant').flat());
  const numbers = decimalOf(cellsOf(sample, columns, 'number').flat());
  const mapping: ImportMapping = { kind, columns, dateOrder: dates.told ? dates.order : (remembered?.dateOrder ?? dates.order), decimal: numbers.told ? numbers.decimal : (remembered?.decimal ?? numbers.decimal) };
  return { mapping, dates: dates.certainty, decimals: numbers.certain ? 'certain' : 'unclear', kinds };
};

export type MappingFault = { code: 'column_count' | 'field_twice' | 'field_not_of_kind' | 'needs_one_of'; fields: Field[] };

/** What keeps a mapping from being used, or nothing. */
export const mappingFault = (mapping: ImportMapping, headings: readonly string[]): MappingFault | null => {
  if (mapping.columns.length !== headings.length) return { code: 'column_count', fields: [] };
  const fields = mapping.columns.flatMap((column) => (column.to === 'field' ? [column.field] : []));
  const twice = fields.filter((field, index) => fields.indexOf(field) !== index);
  if (twice.length > 0) return { code: 'field_twice', fields: [...new Set(twice)] };
  const strange = fields.filter((field) => !FIELDS_OF[mapping.kind].includes(field));
  if (strange.length > 0) return { code: 'field_not_of_kind', fields: strange };
  const known = new Set(fields);
  const missing = NEEDED[mapping.kind].find((choice) => !choice.some((field) => known.has(field)));
  return missing ? { code: 'needs_one_of', fields: [...missing] } : null;
};
