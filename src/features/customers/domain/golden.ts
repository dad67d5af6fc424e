import { fold } from './matching/fold';

/** A record of one system, exactly as that system holds it. Nothing in Lockstep ever writes to it. */
export type SystemRecord = {
  system: string;
  key: string;
  /** "Customer" in both meanings: a contact (a person), or an organisation. */
  kind: 'contact' | 'organisation';
  fields: Readonly<Record<string, FieldValue>>;
  /** Key of the organisation, in the same system, to which a contact belongs. */
  organisation?: string;
  /** Channels ("email", "phone", … or "all") on which this system says that the customer does not want to hear from us. */
  optOuts?: readonly OptOut[];
};

/** `at`: when the system last set the value, milliseconds since 1970; left out when its export does not tell. */
export type FieldValue = { value: string; at?: number };
export type OptOut = { channel: string; at?: number };

export type RecordRef = { system: string; key: string };

/** Who says what about a field. */
export type Statement = RecordRef & FieldValue;

/** Why one value is shown: `preferred` by the workspace's rule, said by the `only` one, `agreed`, the `newest`, or merely of the system listed `first`. */
export type Reason = 'preferred' | 'only' | 'agreed' | 'newest' | 'first';

export type JoinedField = { shown: Statement; why: Reason; says: readonly Statement[]; disagrees: boolean };

export type JoinedOptOut = {
  channel: string;
  /** Always true: one side's word is enough, however old. */
  out: true;
  by: readonly (RecordRef & { at?: number })[];
  /** Records of this customer that do not say so, to be corrected in their own system. */
  unawareOf: readonly RecordRef[];
};

export type JoinedView = { kind: SystemRecord['kind']; members: readonly RecordRef[]; fields: Readonly<Record<string, JoinedField>>; optOuts: readonly JoinedOptOut[] };

/** Systems in the order in which they are asked; for some fields one system is preferred: sales' CRM for the owner, say. */
export type ViewRules = { systems: readonly string[]; preferred?: Readonly<Record<string, string>> };

/** Texts that only differ in writing agree; addresses and numbers keep the signs that matter. */
const sameValue = (left: string, right: string): boolean => {
  if (left === right) return true;
  if (left.includes('@') || right.includes('@')) return left.trim().toLowerCase() === right.trim().toLowerCase();
  const [one, other] = [fold(left), fold(right)];
  if (/^[\d ]+$/u.test(one) && /^[\d ]+$/u.test(other)) return one.replaceAll(' ', '') === other.replaceAll(' ', '');
  return one !== '' && one === other;
};

const compareTexts = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

const rank = (systems: readonly string[], system: string): number => {
  const at = systems.indexOf(system);
  return at < 0 ? systems.length : at;
};

const inOrder = <Ref extends RecordRef>(refs: readonly Ref[], { systems }: ViewRules): Ref[] =>
  [...refs].sort((left, right) => rank(systems, left.system) - rank(systems, right.system) || compareTexts(left.system, right.system) || compareTexts(left.key, right.key));

const newestOf = (says: readonly Statement[]): Statement | undefined => {
  if (says.some(({ at }) => at === undefined)) return undefined;
  return says.reduce((newest, each) => ((each.at as number) > (newest.at as number) ? each : newest));
};

/** @param says at least one statement, in the systems' order */
const joinField = (field: string, says: readonly Statement[], { preferred }: ViewRules): JoinedField => {
  const [first, ...others] = says as [Statement, ...Statement[]];
  const disagrees = others.some(({ value }) => !sameValue(value, first.value));
  const wanted = says.find(({ system }) => system === preferred?.[field]);
  if (wanted) return { shown: wanted, why: 'preferred', says, disagrees };
  if (others.length === 0) return { shown: first, why: 'only', says, disagrees };
  const newest = newestOf(says);
  if (!disagrees) return { shown: newest ?? first, why: 'agreed', says, disagrees };
  // A date on one side alone proves nothing about the other side's value.
  return newest ? { shown: newest, why: 'newest', says, disagrees } : { shown: first, why: 'first', says, disagrees };
};

const refOf = ({ system, key }: RecordRef): RecordRef => ({ system, key });

const joinOptOuts = (records: readonly SystemRecord[]): JoinedOptOut[] => {
  const channels = [...new Set(records.flatMap(({ optOuts }) => (optOuts ?? []).map(({ channel }) => channel)))].sort(compareTexts);
  return channels.map((channel) => {
    const said = (record: SystemRecord): OptOut | undefined => record.optOuts?.find((each) => each.channel === channel);
    return {
      channel,
      out: true,
      by: records.flatMap((record) => {
        const own = said(record);
        return own ? [{ ...refOf(record), ...(own.at === undefined ? {} : { at: own.at }) }] : [];
      }),
      unawareOf: records.filter((record) => said(record) === undefined).map(refOf),
    };
  });
};

/**
 * The one view of records that are linked: for every field what is shown and why, who says what and whether they disagree. Blank says
 * nothing. The records stay as they are; the same records give the same view in any order.
 * @param linked at least one record, all of one kind
 */
export const joinedView = (linked: readonly SystemRecord[], rules: ViewRules): JoinedView => {
  const records = inOrder(linked, rules);
  const names = [...new Set(records.flatMap(({ fields }) => Object.keys(fields)))].sort(compareTexts);
  const fields = names.flatMap((field): [string, JoinedField][] => {
    const says = records.flatMap((record): Statement[] => {
      const own = Object.hasOwn(record.fields, field) ? record.fields[field] : undefined;
      return own && own.value.trim() !== '' ? [{ ...refOf(record), ...own }] : [];
    });
    return says.length === 0 ? [] : [[field, joinField(field, says, rules)]];
  });
  return { kind: records[0]?.kind ?? 'contact', members: records.map(refOf), fields: Object.fromEntries(fields), optOuts: joinOptOuts(records) };
};

/** Whether the customer may be written to or called on a channel. */
export const mayContact = ({ optOuts }: JoinedView, channel: string): boolean => !optOuts.some((each) => each.channel === channel || each.channel === 'all');
