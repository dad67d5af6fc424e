import type { z } from 'zod';
import { refuse } from '../../../platform/http/refusal';
import type { Scope } from '../../../platform/rpc/with-workspace';
import type { customerView } from '../contract';
import { FIELD_NAMES, type Field } from '../domain/fields';
import { joinedView, type FieldValue, type SystemRecord } from '../domain/golden';
import type { RecordData } from '../domain/read-row';
import { listSources } from '../import-repo';
import { partyOf } from '../links-repo';
import { presentPair } from '../present-links';
import { linksWithin } from '../queue-repo';
import { notesOf } from './notes';
import { dealsOf, eventsOf, optedOut, organisationsOf, peopleOf, recordsOfParty, type ViewRecord } from '../view-repo';

export type CustomerView = z.infer<typeof customerView>;

/** Keys and dates of a system's own say nothing about the customer. */
const NOT_SHOWN: readonly Field[] = ['key', 'accountKey', 'contactKey', 'leadKey', 'dealKey', 'optedOut', 'deleted', 'changedAt'];
const SHOWN = FIELD_NAMES.filter((field) => !NOT_SHOWN.includes(field));
const CUSTOM = 'custom.';
const MOST_EVENTS = 300;

const textOf = (value: string | number | boolean): string => (typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value));

/** A record for the joined view; a system's date of change counts for all its fields. */
const systemRecord = (row: ViewRecord): SystemRecord => {
  const at = typeof row.data.changedAt === 'string' ? Date.parse(row.data.changedAt) : NaN;
  const value = (text: string): FieldValue => ({ value: text, ...(Number.isNaN(at) ? {} : { at }) });
  const fields = SHOWN.flatMap((field): [string, FieldValue][] => (row.data[field] === undefined ? [] : [[field, value(textOf(row.data[field]))]]));
  const custom = Object.entries(row.data.custom ?? {}).map(([heading, text]): [string, FieldValue] => [`${CUSTOM}${heading}`, value(text)]);
  return { system: row.sourceId, key: row.id, kind: row.kind === 'account' ? 'organisation' : 'contact', fields: Object.fromEntries([...fields, ...custom]), ...(row.optedOut ? { optOuts: [{ channel: 'all' }] } : {}) };
};

const nameOf = (data: RecordData, key: string): string => {
  const whole = [data.firstName, data.lastName].filter((part) => typeof part === 'string').join(' ');
  for (const text of [data.name, whole, data.company, data.email]) if (typeof text === 'string' && text !== '') return text;
  return key;
};

/** One line for each other customer, however many records it has. */
const others = async ({ tx, workspaceId }: Scope, rows: readonly ViewRecord[]) => {
  const found = new Map<string, { party: string; name: string; title: string | null; sides: Set<ViewRecord['side']> }>();
  for (const row of rows) {
    const known = found.get(row.party) ?? { party: row.party, name: nameOf(row.data, row.key), title: typeof row.data.jobTitle === 'string' ? row.data.jobTitle : null, sides: new Set() };
    known.sides.add(row.side);
    found.set(row.party, known);
  }
  const out = await optedOut(tx, workspaceId, [...found.keys()]);
  return [...found.values()].map(({ sides, ...rest }) => ({ ...rest, sides: [...sides].toSorted(), optedOut: out.has(rest.party) }));
};

const stringOrNull = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const numberOrNull = (value: unknown): number | null => (typeof value === 'number' ? value : null);

const dealView = ({ id, data, key, side, sourceName }: ViewRecord): CustomerView['deals'][number] => ({
  id, name: nameOf(data, key), stage: stringOrNull(data.stage), amount: numberOrNull(data.amount), currency: stringOrNull(data.currency), enteredAt: stringOrNull(data.enteredAt), closedAt: stringOrNull(data.closedAt), won: data.won === true, side, sourceName,
});

/**
 * Everything both systems say about one customer.
 * @param id a party's id, or that of any of its records
 * @throws 404
 */
export const viewCustomer = async (scope: Scope, id: string): Promise<CustomerView> => {
  const { tx, workspaceId } = scope;
  const at = await partyOf(tx, id);
  if (!at || at.kind === 'deal') throw refuse.notFound('customer');
  const records = await recordsOfParty(tx, workspaceId, at.party);
  const systems = (await listSources(tx)).map((row) => row.id);
  const view = joinedView(records.map(systemRecord), { systems });
  const isOrganisation = view.kind === 'organisation';
  const people = isOrganisation ? await peopleOf(tx, workspaceId, at.party) : [];
  const parties = [at.party, ...new Set(people.map((row) => row.party))];
  const deals = await dealsOf(tx, workspaceId, parties);
  const events = await eventsOf(tx, workspaceId, parties, deals.map((row) => row.id), MOST_EVENTS);
  const systemOf = new Map(records.map((row) => [row.id, row]));
  const said = ({ key, value, at: when }: { key: string; value: string; at?: number }) => ({ record: key, side: systemOf.get(key)?.side ?? 'sales', sourceName: systemOf.get(key)?.sourceName ?? '', value, at: when === undefined ? null : new Date(when).toISOString() });
  const out = view.optOuts[0];
  return {
    party: at.party,
    kind: isOrganisation ? 'organisation' : 'person',
    name: nameOf(records[0]?.data ?? {}, records[0]?.key ?? ''),
    optedOut: out ? { by: out.by.map(({ key }) => key), unaware: out.unawareOf.map(({ key }) => key) } : null,
    records: records.map(({ id: record, kind, key, sourceName, side, optedOut, changedAt, data }) => ({ id: record, kind, key, sourceName, side, optedOut, changedAt: new Date(changedAt).toISOString(), name: nameOf(data, key) })),
    fields: Object.entries(view.fields).map(([field, { shown, why, says, disagrees }]) => ({ field, custom: field.startsWith(CUSTOM), shown: said(shown), why, disagrees, says: says.map(said) })),
    organisations: isOrganisation ? [] : await others(scope, await organisationsOf(tx, workspaceId, at.party)),
    people: await others(scope, people),
    deals: deals.map(dealView),
    events: events.map(({ id: event, kind, at: when, sourceName, side, data }) => ({
      id: event, kind, at: new Date(when).toISOString(), sourceName, side, type: stringOrNull(data.type), channel: stringOrNull(data.channel), content: stringOrNull(data.content) ?? stringOrNull(data.campaign) ?? stringOrNull(data.product),
      stage: stringOrNull(data.stage), actor: stringOrNull(data.actor), amount: numberOrNull(data.amount), currency: stringOrNull(data.currency),
    })),
    eventsCut: events.length === MOST_EVENTS,
    notes: await notesOf(scope, parties),
    links: (await linksWithin(tx, workspaceId, at.party)).map(presentPair),
  };
};
