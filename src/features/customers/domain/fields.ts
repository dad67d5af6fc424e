/**
 * What an export can hold, and the fields each kind of row has (domain guide: pipeline, "Linked customer view"). A record is what one
 * system says of one thing; an event is what happened at a time. Spellings of headings stand in `heading-words.json`.
 */
export const RECORD_KINDS = ['lead', 'contact', 'account', 'deal'] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

export const EVENT_KINDS = ['stage', 'touch', 'activity', 'order', 'spend'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

export const ROW_KINDS = [...RECORD_KINDS, ...EVENT_KINDS] as const;
export type RowKind = (typeof ROW_KINDS)[number];

export const isRecordKind = (kind: RowKind): kind is RecordKind => (RECORD_KINDS as readonly string[]).includes(kind);

/** Events that their system may put right later: an order is cancelled, a month's spend grows until it ends, a task is done. All others happened and stay as they were said. */
const RESTATED: readonly RowKind[] = ['order', 'spend', 'activity'];

/** What systems say of an activity that has not taken place, in small letters with single spaces. */
export const NOT_DONE: readonly string[] = [
  'not started', 'planned', 'scheduled', 'open', 'to do', 'upcoming', 'pending', 'queued', 'waiting', 'waiting on someone else', 'deferred', 'canceled', 'cancelled',
  'nicht begonnen', 'geplant', 'offen', 'abgesagt', 'zurückgestellt', 'niet gestart', 'gepland', 'geannuleerd', 'non démarrée', 'planifié', 'planifiée', 'annulé', 'annulée', 'no iniciada', 'programado', 'programada', 'cancelado', 'cancelada',
];

/** Whether a row that comes again under its key may change what is kept. */
export const isChangeable = (kind: RowKind): boolean => isRecordKind(kind) || RESTATED.includes(kind);

/** How a cell is read; `text` as it stands, spaces trimmed. */
export type FieldType = 'text' | 'email' | 'phone' | 'instant' | 'number' | 'flag';

export const FIELDS = {
  key: 'text',
  name: 'text',
  firstName: 'text',
  lastName: 'text',
  email: 'email',
  phone: 'phone',
  jobTitle: 'text',
  company: 'text',
  website: 'text',
  street: 'text',
  postcode: 'text',
  city: 'text',
  country: 'text',
  industry: 'text',
  accountKey: 'text',
  contactKey: 'text',
  leadKey: 'text',
  dealKey: 'text',
  owner: 'text',
  channel: 'text',
  campaign: 'text',
  territory: 'text',
  status: 'text',
  stage: 'text',
  pipeline: 'text',
  product: 'text',
  amount: 'number',
  currency: 'text',
  probability: 'number',
  /** Gross profit of an order or a deal. */
  profit: 'number',
  /** What a deal was expected to bring, as it stood before it ended. */
  forecast: 'number',
  /** What an account spends in a year on offers like ours, with everybody. */
  wallet: 'number',
  /** How content a customer is, on the scale of the system that asked. */
  satisfaction: 'number',
  enteredAt: 'instant',
  changedAt: 'instant',
  qualifiedAt: 'instant',
  passedAt: 'instant',
  acceptedAt: 'instant',
  contactedAt: 'instant',
  returnedAt: 'instant',
  convertedAt: 'instant',
  closedAt: 'instant',
  /** Only of what was won; kept as `won` and `closedAt`. */
  wonAt: 'instant',
  won: 'flag',
  closed: 'flag',
  deleted: 'flag',
  optedOut: 'flag',
  reason: 'text',
  at: 'instant',
  until: 'instant',
  type: 'text',
  content: 'text',
  actor: 'text',
  /** The record that this one was merged into; it is gone there. */
  mergedInto: 'text',
  /** Records that were merged into this one. */
  mergedKeys: 'text',
} as const satisfies Record<string, FieldType>;
export type Field = keyof typeof FIELDS;
export const FIELD_NAMES = Object.keys(FIELDS) as Field[];

const IDENTITY: readonly Field[] = ['name', 'firstName', 'lastName', 'email', 'phone', 'jobTitle', 'company', 'website', 'street', 'postcode', 'city', 'country', 'industry'];
const PASSING: readonly Field[] = ['qualifiedAt', 'passedAt', 'acceptedAt', 'contactedAt', 'returnedAt', 'convertedAt', 'reason'];
const COMMON: readonly Field[] = ['key', 'owner', 'territory', 'enteredAt', 'changedAt', 'deleted', 'optedOut', 'mergedInto', 'mergedKeys'];
const SUBJECT: readonly Field[] = ['leadKey', 'contactKey', 'accountKey', 'dealKey', 'email'];

/** The fields a kind of row may hold; the first ones are what it is recognised by. */
export const FIELDS_OF: Readonly<Record<RowKind, readonly Field[]>> = {
  lead: [...COMMON, ...IDENTITY, ...PASSING, 'channel', 'campaign', 'status', 'stage', 'accountKey', 'contactKey', 'dealKey', 'amount', 'currency', 'won', 'closed', 'closedAt', 'wonAt', 'product'],
  contact: [...COMMON, ...IDENTITY, ...PASSING, 'channel', 'campaign', 'status', 'stage', 'accountKey', 'leadKey', 'dealKey', 'closedAt', 'satisfaction'],
  account: [...COMMON, ...IDENTITY, 'accountKey', 'channel', 'status', 'amount', 'currency', 'wallet', 'satisfaction'],
  deal: [...COMMON, 'name', 'stage', 'pipeline', 'amount', 'currency', 'probability', 'closedAt', 'wonAt', 'won', 'closed', 'reason', 'leadKey', 'contactKey', 'accountKey', 'company', 'email', 'channel', 'campaign', 'product', 'status', 'contactedAt', 'returnedAt', 'profit', 'forecast'],
  stage: ['key', ...SUBJECT, 'deleted', 'stage', 'pipeline', 'at', 'until', 'actor', 'reason', 'type'],
  touch: ['key', ...SUBJECT, 'deleted', 'channel', 'campaign', 'content', 'type', 'status', 'at', 'actor'],
  activity: ['key', ...SUBJECT, 'deleted', 'changedAt', 'type', 'content', 'at', 'actor', 'status', 'owner'],
  order: ['key', ...SUBJECT, 'deleted', 'changedAt', 'company', 'amount', 'currency', 'at', 'product', 'status', 'profit'],
  spend: ['key', 'deleted', 'changedAt', 'channel', 'campaign', 'amount', 'currency', 'at', 'until', 'territory', 'type'],
};

/** Without these a row of the kind cannot be kept. One of each inner list is enough. */
export const NEEDED: Readonly<Record<RowKind, readonly (readonly Field[])[]>> = {
  lead: [['key', 'email']],
  contact: [['key', 'email']],
  account: [['key', 'name', 'company', 'website']],
  deal: [['key', 'name']],
  stage: [['leadKey', 'contactKey', 'dealKey', 'email'], ['stage'], ['at']],
  touch: [['leadKey', 'contactKey', 'accountKey', 'dealKey', 'email'], ['at']],
  activity: [['leadKey', 'contactKey', 'accountKey', 'dealKey', 'email'], ['at']],
  order: [['leadKey', 'contactKey', 'accountKey', 'dealKey', 'email', 'company'], ['amount'], ['at']],
  spend: [['channel', 'campaign'], ['amount'], ['at']],
};
