import type { FunctionName } from '../../../../lib/vocabulary';
import type { Customer } from '../calls';
import { l } from '../linking/text';
import { t } from '../text';

export type Note = Customer['notes'][number];

/** One line on the time line; `side` is null for what was said here. */
export type Moment = { key: string; /** Of two at one instant, the higher is the later. */ rank?: number; at: string; side: FunctionName | null; what: string; more: string; source: string; note?: Note };

/** What stages are called, how a reason reads, and what is past; milliseconds since 1970. */
export type Words = { stageName: (id: string) => string; reasonText: (reason: string) => string; now: number };

type LogEntry = { at: string; stageId: string; term: { name: string; version: number } | null; reason: string | null; actor: string | null; from: 'import' | 'hand' | 'link' | 'api' };

const joined = (...parts: readonly (string | null | undefined)[]): string => parts.filter((part) => part !== null && part !== undefined && part !== '').join(' · ');

const money = (amount: number | null, currency: string | null): string | null => (amount === null ? null : joined(new Intl.NumberFormat('en-GB').format(amount), currency).replace(' · ', ' '));

/** Systems hold a closing date of open deals too: the one that somebody hopes for. */
const dealEnd = (won: boolean, closedAt: string, now: number) => (won ? 'time.dealWon' : Date.parse(closedAt) > now ? 'time.dealExpected' : 'time.dealClosed');

/** Where a deal stands belongs to its end: it did not stand there when it was opened. */
const dealMoments = (deal: Customer['deals'][number], now: number): Moment[] => {
  const common = { side: deal.side, source: deal.sourceName };
  const amount = money(deal.amount, deal.currency);
  return [
    ...(deal.enteredAt ? [{ ...common, key: `o${deal.id}`, more: joined(amount), at: deal.enteredAt, what: l('time.dealOpened', { name: deal.name }) }] : []),
    ...(deal.closedAt ? [{ ...common, key: `c${deal.id}`, more: joined(deal.stage, amount), at: deal.closedAt, what: l(dealEnd(deal.won, deal.closedAt, now), { name: deal.name }) }] : []),
  ];
};

const eventMoment = (event: Customer['events'][number]): Moment => {
  const kinds = { touch: l('time.touch'), activity: l('time.activity'), order: l('time.order'), spend: l('time.spend') };
  const what = event.kind === 'stage' ? l('time.stageSaid', { stage: event.stage ?? '' }) : event.kind in kinds ? kinds[event.kind as keyof typeof kinds] : t(`kind.${event.kind}`);
  return { key: event.id, at: event.at, side: event.side, source: event.sourceName, what: joined(what, event.type), more: joined(event.channel, event.content, money(event.amount, event.currency), event.actor) };
};

/**
 * Everything that has a date, newest first: what both systems recorded, and the shared process. Where the process has a log, stages are
 * told from it alone, since systems' histories are part of it.
 */
export const momentsOf = (customer: Customer, log: readonly LogEntry[], { stageName, reasonText, now }: Words): Moment[] => {
  const entered = customer.fields.find(({ field }) => field === 'enteredAt')?.says ?? [];
  const moments = [
    ...entered.map(({ record, side, sourceName, value }): Moment => ({ key: `e${record}`, at: value, side, source: sourceName, what: l('time.entered', { system: sourceName }), more: '' })),
    ...customer.deals.flatMap((deal) => dealMoments(deal, now)),
    ...customer.events.filter(({ kind }) => kind !== 'stage' || log.length === 0).map(eventMoment),
    ...customer.notes.map((note): Moment => ({ key: `n${note.id}`, at: note.writtenAt, side: note.function, source: note.author, what: l('time.note'), more: note.changedAt ? l('time.noteChanged') : '', note })),
    ...log.map(({ at, stageId, term, reason, actor, from }, index): Moment => ({ key: `l${index}`, rank: index + 1, at, side: null, source: from === 'import' ? '' : l(`time.by.${from}`), what: l('time.stage', { stage: stageName(stageId) }), more: joined(reason && reasonText(reason), actor, term && l('time.term', term)) })),
  ];
  return moments.filter(({ at }) => !Number.isNaN(Date.parse(at))).toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at) || (other.rank ?? 0) - (one.rank ?? 0) || (one.key < other.key ? -1 : 1));
};
