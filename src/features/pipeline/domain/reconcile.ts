/**
 * Two counts, reconciled: from the number marketing counts as passed on to the number sales counts as worked, every lead in exactly
 * one row (domain guide: pipeline, "Handoff" and "Commitments"; diagnosis, operating evidence of cause 5).
 *
 * Which row a lead is in, decided in this order, so that nothing is counted twice:
 *  1. worked, by the rule's own word for it — so the last figure is what that side itself would count, returned leads included where
 *     the rule says so;
 *  2. never arrived: nothing on sales' side knows it;
 *  3. returned: given back, or closed by sales, before it counted as worked — an answer was given, so an owner or a date that is
 *     missing beside it decides nothing;
 *  4. no owner; 5. not yet due; 6. past due.
 * A lead that marketing passed on more than once in the period counts once; each further passing is "same person twice".
 * What sales worked and marketing never passed on, whenever, is sales' own find of the period in which it came to sales.
 */
export const PASSED_ON = ['marked', 'arrived', 'entered'] as const;
/** Marked by marketing as qualified or handed over; of those, only what came into the CRM, each person once; everything marketing entered. */
export type PassedOn = (typeof PASSED_ON)[number];

export const WORKED = ['contacted', 'kept', 'accepted', 'deal'] as const;
/** A contact (or deal) is recorded; the same and not returned since; taken on at a stage of sales; became an opportunity. */
export type Worked = (typeof WORKED)[number];

export type CountRule = { passedOn: PassedOn; worked: Worked; dueDays: number };

export const RULE_NAMES = ['marketing', 'sales', 'agreed'] as const;
export type RuleName = (typeof RULE_NAMES)[number];

/** Days until a first contact is due while nothing is agreed. */
export const ASSUMED_DAYS = 14;

/** What each side usually means, until a rule is agreed. */
export const USUAL_RULES: Readonly<Record<Exclude<RuleName, 'agreed'>, Omit<CountRule, 'dueDays'>>> = {
  marketing: { passedOn: 'marked', worked: 'kept' },
  sales: { passedOn: 'arrived', worked: 'contacted' },
};

export const LOSSES = ['same_person', 'never_arrived', 'no_owner', 'returned', 'not_due', 'past_due'] as const;
export type Loss = (typeof LOSSES)[number];
/** Rows that hold leads; between the first bar and the last. */
export const COUNT_ROWS = [...LOSSES, 'own_find', 'worked'] as const;
export type CountRow = (typeof COUNT_ROWS)[number];

export type Changer = 'marketing' | 'sales' | 'both' | 'time';
export const DISPUTED_ROWS = ['passed', ...COUNT_ROWS] as const;
export type DisputedRow = (typeof DISPUTED_ROWS)[number];

/** Who can change a row; own finds and what is worked need no change. */
export const CHANGER: Readonly<Record<Loss, Changer>> = { same_person: 'marketing', never_arrived: 'both', no_owner: 'sales', returned: 'both', not_due: 'time', past_due: 'sales' };

/** What is known of one lead. Times are milliseconds since 1970. */
export type CountFacts = {
  /** When each record of marketing's was marked qualified or passed on. */
  passes: readonly number[];
  /** When each record of marketing's was entered. */
  entries: readonly number[];
  marketingRecords: number;
  /** Leads, contacts and deals of sales' systems. */
  salesRecords: number;
  arrivedAt: number | null;
  enteredAt: number;
  contactedAt: number | null;
  salesOwner: boolean;
  /** Reached a stage at which sales has taken it on, or a deal. */
  accepted: boolean;
  deal: boolean;
  end: 'open' | 'won' | 'lost' | 'recycled';
  /** Sales took it on in the product itself. */
  takenHere: boolean;
};

/** What decides a lead's row under a rule, as signs (bit n is the n-th name). */
export const SIGNS = ['passed', 'everPassed', 'arrived', 'cameInPeriod', 'owned', 'contacted', 'accepted', 'deal', 'returned', 'closed', 'due', 'marketing', 'sales'] as const;
export type Sign = (typeof SIGNS)[number];

export type Frame = {
  /** From inclusive, to exclusive; null = open. */
  from: number | null;
  to: number | null;
  now: number;
  rule: CountRule;
  /** Which of marketing's dates say when a lead was passed on. */
  by: 'passes' | 'entries';
};

const DAY = 86_400_000;
const inPeriod = (at: number, { from, to }: Frame): boolean => (from === null || at >= from) && (to === null || at < to);

const BIT = Object.fromEntries(SIGNS.map((sign, bit) => [sign, 2 ** bit])) as Record<Sign, number>;

/** A lead's signs as a bit mask; how often marketing passed it on in the period, and when first and last. Asked of every lead there is, so nothing is made on the way. */
export const signsOf = (lead: CountFacts, frame: Frame): { code: number; passes: number; first: number | null; last: number | null } => {
  const all = frame.by === 'passes' ? lead.passes : lead.entries;
  let [passes, first, last] = [0, Infinity, -Infinity];
  for (const at of all) {
    if (!inPeriod(at, frame)) continue;
    passes += 1;
    first = Math.min(first, at);
    last = Math.max(last, at);
  }
  const arrived = lead.salesRecords > 0 || lead.contactedAt !== null || lead.takenHere;
  // Sales' clock starts when the lead reaches it, everybody else's when it is passed on.
  const start = frame.rule.passedOn === 'arrived' ? Math.max(lead.arrivedAt ?? first, first) : first;
  let code = 0;
  if (passes > 0) code += BIT.passed;
  if (all.length > 0) code += BIT.everPassed;
  if (arrived) code += BIT.arrived;
  if (inPeriod(lead.arrivedAt ?? lead.enteredAt, frame)) code += BIT.cameInPeriod;
  if (lead.salesOwner || lead.takenHere) code += BIT.owned;
  if (lead.contactedAt !== null) code += BIT.contacted;
  if (arrived && (lead.accepted || lead.takenHere)) code += BIT.accepted;
  if (arrived && lead.deal) code += BIT.deal;
  if (lead.end === 'recycled') code += BIT.returned;
  if (lead.end === 'lost') code += BIT.closed;
  if (passes > 0 && start + frame.rule.dueDays * DAY <= frame.now) code += BIT.due;
  if (lead.marketingRecords > 0) code += BIT.marketing;
  if (lead.salesRecords > 0) code += BIT.sales;
  return { code, passes, first: passes > 0 ? first : null, last: passes > 0 ? last : null };
};

export const hasSign = (code: number, sign: Sign): boolean => (code & BIT[sign]) !== 0;

const isPassed = (code: number, rule: CountRule): boolean => hasSign(code, 'passed') && (rule.passedOn !== 'arrived' || hasSign(code, 'arrived'));

/** Whether the rule's side counts such a lead as worked, whoever it came from. */
export const isWorked = (code: number, rule: CountRule): boolean => {
  const contacted = hasSign(code, 'contacted') || hasSign(code, 'deal');
  if (rule.worked === 'contacted') return contacted;
  if (rule.worked === 'kept') return contacted && !hasSign(code, 'returned');
  return hasSign(code, rule.worked === 'accepted' ? 'accepted' : 'deal');
};

/** The one row such leads are in; null for leads that this period and rule do not count at all. */
export const placeOf = (code: number, rule: CountRule): Exclude<CountRow, 'same_person'> | null => {
  const worked = isWorked(code, rule);
  if (!isPassed(code, rule)) return worked && !hasSign(code, 'everPassed') && hasSign(code, 'cameInPeriod') ? 'own_find' : null;
  if (worked) return 'worked';
  if (!hasSign(code, 'arrived')) return 'never_arrived';
  if (hasSign(code, 'returned') || hasSign(code, 'closed')) return 'returned';
  if (!hasSign(code, 'owned')) return 'no_owner';
  return hasSign(code, 'due') ? 'past_due' : 'not_due';
};

/** Leads that share all signs: how many, and how many passings they had in the period. */
export type CountGroup = { code: number; leads: number; passes: number };

export type Bridge = {
  /** What counts as passed on: records, except by sales' rule, which counts persons. */
  passed: number;
  rows: Record<Loss, number>;
  ownFinds: number;
  worked: number;
  /** Losses by who can change them. */
  byChanger: Record<Changer, number>;
  /** Leads that somebody in sales had, of which some came back. */
  owned: number;
  /** Leads whose contact was due by now, or had been made. */
  due: number;
};

const sum = (groups: readonly CountGroup[], of: (group: CountGroup) => number): number => groups.reduce((total, group) => total + of(group), 0);

/** The bridge of one rule. First and last figure are counted from the leads on their own, not from the rows between them. */
export const reconcile = (groups: readonly CountGroup[], rule: CountRule): Bridge => {
  const passed = groups.filter(({ code }) => isPassed(code, rule));
  const counted = (group: CountGroup): number => (rule.passedOn === 'arrived' ? group.leads : group.passes);
  const at = (row: CountRow): number => sum(groups.filter(({ code }) => placeOf(code, rule) === row), ({ leads }) => leads);
  const ownFinds = at('own_find');
  const rows: Record<Loss, number> = {
    same_person: sum(passed, (group) => counted(group) - group.leads),
    never_arrived: at('never_arrived'), no_owner: at('no_owner'), returned: at('returned'), not_due: at('not_due'), past_due: at('past_due'),
  };
  const byChanger: Record<Changer, number> = { marketing: 0, sales: 0, both: 0, time: 0 };
  for (const row of LOSSES) byChanger[CHANGER[row]] += rows[row];
  const persons = sum(passed, ({ leads }) => leads);
  const owned = persons - rows.never_arrived - rows.no_owner;
  return { passed: sum(passed, counted), rows, ownFinds, worked: sum(groups.filter(({ code }) => isWorked(code, rule) && inScope(code, rule)), ({ leads }) => leads), byChanger, owned, due: owned - rows.returned - rows.not_due };
};

/** Passed on in the period, or come to sales in it without ever being passed on. */
const inScope = (code: number, rule: CountRule): boolean => isPassed(code, rule) || (!hasSign(code, 'everPassed') && hasSign(code, 'cameInPeriod'));

/** First − losses + own finds − last: nought, or leads were lost or counted twice. */
export const gapOf = ({ passed, rows, ownFinds, worked }: Bridge): number => passed - LOSSES.reduce((total, row) => total + rows[row], 0) + ownFinds - worked;

const inRow = (row: DisputedRow, code: number, rule: CountRule): boolean => {
  if (row === 'passed') return isPassed(code, rule);
  if (row === 'same_person') return rule.passedOn !== 'arrived' && isPassed(code, rule);
  const place = placeOf(code, rule);
  return place === row || (row === 'worked' && place === 'own_find');
};

/** The sign combinations of one row, or of the first figure, for reading its leads. */
export const codesOf = (row: DisputedRow, groups: readonly CountGroup[], rule: CountRule): number[] => groups.filter(({ code }) => inRow(row, code, rule)).map(({ code }) => code);
