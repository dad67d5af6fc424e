import type { Side } from '../../../lib/vocabulary';
import { MEDIA, mediumOf } from './media';
import { countAnew, endAt, EPOCH, hasSignal, NEVER, reaching, type LeadColumns, type LeadTable, type PerPortion } from './lead-columns';
import type { StageEnd } from './stages';
import { joined, medianOf } from './stays';

const DAY = 86_400;

/** Seconds since the start of 2000, as columns hold them: the first whole one that is not before the instant. */
export const secondsOf = (instant: Date): number => Math.ceil(instant.getTime() / 1000) - EPOCH;

export type LeadSums = { part: string | null; leads: number; qualified: number; salesQualified: number; won: number; lost: number; recycled: number; open: number; untouched: number };
export type LeadSplit = 'none' | 'origin' | 'channel' | 'medium';

/** By stage: where the pipeline's first, its marketing qualified and its sales qualified stage stand; a lead that came further has passed them. */
export type Marks = { inquiry: ArrayLike<number>; qualified: ArrayLike<number>; salesQualified: ArrayLike<number> };

const MOST_PARTS = 12;

/** The part a lead belongs to, as a number, and what it is called; null: not said. */
type Parts = { of: (leads: LeadColumns, row: number) => number; nameOf: (part: number) => string | null };

const partsBy = (channels: readonly string[], split: LeadSplit): Parts => {
  const channelAt = (leads: LeadColumns, row: number): number => leads.channel[row] ?? 0;
  if (split === 'none') return { of: () => 0, nameOf: () => null };
  if (split === 'origin') return { of: (leads, row) => Number(hasSignal(leads, row, 'marketing')), nameOf: (part) => (part === 1 ? 'marketing' : 'sales') };
  if (split === 'channel') return { of: channelAt, nameOf: (part) => channels[part] || null };
  const media = channels.map((channel) => MEDIA.indexOf(mediumOf(channel) ?? 'online') + (mediumOf(channel) === null ? MEDIA.length : 0));
  return { of: (leads, row) => media[channelAt(leads, row)] ?? MEDIA.length, nameOf: (part) => MEDIA[part] ?? null };
};

type Sums = Omit<LeadSums, 'part'>;
const KEPT = ['leads', 'qualified', 'salesQualified', 'won', 'lost', 'recycled', 'open', 'untouched'] as const satisfies readonly (keyof Sums)[];

const nothing = (): Sums => ({ leads: 0, qualified: 0, salesQualified: 0, won: 0, lost: 0, recycled: 0, open: 0, untouched: 0 });

const sumPortion = (leads: LeadColumns, partOf: Parts['of'], marks: Marks, from: number, until: number): Map<number, Sums> => {
  const sums = new Map<number, Sums>();
  for (let row = 0; row < leads.n; row += 1) {
    const entered = leads.entered[row] ?? NEVER;
    if (entered < from || entered >= until) continue;
    const part = partOf(leads, row);
    let sum = sums.get(part);
    if (!sum) sums.set(part, (sum = nothing()));
    const [stage, furthest, end] = [leads.stage[row] ?? 0, leads.furthest[row] ?? 0, endAt(leads, row)];
    sum.leads += 1;
    sum[end] += 1;
    if (furthest >= (marks.qualified[stage] ?? Infinity)) sum.qualified += 1;
    if (furthest >= (marks.salesQualified[stage] ?? Infinity)) sum.salesQualified += 1;
    const first = marks.inquiry[stage] ?? Infinity;
    if (end === 'open' && furthest <= (first === Infinity ? -1 : first)) sum.untouched += 1;
  }
  return sums;
};

const keyOf = ({ inquiry, qualified, salesQualified }: Marks): string => [inquiry, qualified, salesQualified].map((positions) => Array.from(positions).join()).join(';');

/** Leads that entered from `from` to before `until`, by how far they have come. Parts ordered by size, at most twelve; null: not said. */
export const sumLeads = ({ portions, channels }: LeadTable, marks: Marks, from: number, until: number, split: LeadSplit, per: PerPortion = countAnew): LeadSums[] => {
  const parts = partsBy(channels, split);
  const key = `sums ${split} ${from} ${keyOf(marks)}`;
  const sums = new Map<number, Sums>();
  for (const leads of portions)
    for (const [part, counted] of per(leads, `${key} ${reaching(leads.entered, until)}`, () => sumPortion(leads, parts.of, marks, from, until))) {
      const sum = sums.get(part) ?? nothing();
      for (const field of KEPT) sum[field] += counted[field];
      sums.set(part, sum);
    }
  const order = (a: LeadSums, b: LeadSums): number => b.leads - a.leads || Number(a.part === null) - Number(b.part === null) || ((a.part ?? '') < (b.part ?? '') ? -1 : 1);
  return [...sums].map(([part, sum]) => ({ part: parts.nameOf(part), ...sum })).toSorted(order).slice(0, MOST_PARTS);
};

export type Cycle = { part: string | null; median: number; n: number };

const cyclesOfPortion = (leads: LeadColumns, partOf: Parts['of'], from: number, until: number): [number, Float64Array][] => {
  const days = new Map<number, number[]>();
  for (let row = 0; row < leads.n; row += 1) {
    const [entered, ended] = [leads.entered[row] ?? NEVER, leads.ended[row] ?? NEVER];
    if (endAt(leads, row) !== 'won' || ended < from || ended >= until || entered === NEVER) continue;
    const part = partOf(leads, row);
    const own = days.get(part);
    const took = Math.max(0, ended - entered) / DAY;
    if (own) own.push(took);
    else days.set(part, [took]);
  }
  return [...days].map(([part, own]) => [part, Float64Array.from(own)]);
};

/** Median days from entry to the win, of leads won from `from` to before `until`: of all, and by part, the largest twelve. */
export const cyclesOf = ({ portions, channels }: LeadTable, from: number, until: number, split: LeadSplit, per: PerPortion = countAnew): { all: Cycle | null; parts: Cycle[] } => {
  const parts = partsBy(channels, split);
  const days = new Map<number, Float64Array[]>();
  for (const leads of portions)
    for (const [part, own] of per(leads, `cycles ${split} ${from} ${reaching(leads.ended, until)}`, () => cyclesOfPortion(leads, parts.of, from, until))) {
      const known = days.get(part);
      if (known) known.push(own);
      else days.set(part, [own]);
    }
  const told = (part: string | null, own: readonly Float64Array[]): Cycle => {
    const all = joined(own);
    return { part, median: medianOf(all), n: all.length };
  };
  return { all: days.size > 0 ? told(null, [...days.values()].flat()) : null, parts: [...days].map(([part, own]) => told(parts.nameOf(part), own)).toSorted((a, b) => b.n - a.n || ((a.part ?? '') < (b.part ?? '') ? -1 : 1)).slice(0, MOST_PARTS) };
};

const wonOfPortion = (leads: LeadColumns, from: number, until: number): Map<number, number> => {
  const won = new Map<number, number>();
  for (let row = 0; row < leads.n; row += 1) {
    const ended = leads.ended[row] ?? NEVER;
    if (endAt(leads, row) !== 'won' || ended < from || ended >= until || !hasSignal(leads, row, 'marketing')) continue;
    const channel = leads.channel[row] ?? 0;
    won.set(channel, (won.get(channel) ?? 0) + 1);
  }
  return won;
};

/** Marketing's leads won from `from` to before `until`, by channel in small letters; none where no channel is said. */
export const wonByChannel = ({ portions, channels }: LeadTable, from: number, until: number, per: PerPortion = countAnew): Map<string, number> => {
  const won = new Map<string, number>();
  for (const leads of portions)
    for (const [channel, n] of per(leads, `won ${from} ${reaching(leads.ended, until)}`, () => wonOfPortion(leads, from, until))) {
      const name = (channels[channel] ?? '').trim().toLowerCase();
      if (name !== '') won.set(name, (won.get(name) ?? 0) + n);
    }
  return won;
};

export type Standing = { leads: number; anyQualified: boolean; anySalesQualified: boolean; anyWon: boolean; anyEnded: boolean; open: number };

const standingOfPortion = (leads: LeadColumns, marks: Marks): Standing => {
  const found: Standing = { leads: leads.n, anyQualified: false, anySalesQualified: false, anyWon: false, anyEnded: false, open: 0 };
  for (let row = 0; row < leads.n; row += 1) {
    const [stage, furthest, end] = [leads.stage[row] ?? 0, leads.furthest[row] ?? 0, endAt(leads, row)];
    if (end === 'won') found.anyWon = true;
    else {
      if (furthest >= (marks.qualified[stage] ?? Infinity)) found.anyQualified = true;
      if (furthest >= (marks.salesQualified[stage] ?? Infinity)) found.anySalesQualified = true;
    }
    if (end === 'won' || end === 'lost') found.anyEnded = true;
    if (end === 'open') found.open += 1;
  }
  return found;
};

/** What leads can tell at all: whether any came as far without being won, whether any was won or lost, and how many are open. */
export const standingOf = ({ portions }: LeadTable, marks: Marks, per: PerPortion = countAnew): Standing => {
  const each = portions.map((leads) => per(leads, `standing ${keyOf(marks)}`, () => standingOfPortion(leads, marks)));
  const any = (field: 'anyQualified' | 'anySalesQualified' | 'anyWon' | 'anyEnded'): boolean => each.some((found) => found[field]);
  const sum = (field: 'leads' | 'open'): number => each.reduce((total, found) => total + found[field], 0);
  return { leads: sum('leads'), open: sum('open'), anyQualified: any('anyQualified'), anySalesQualified: any('anySalesQualified'), anyWon: any('anyWon'), anyEnded: any('anyEnded') };
};

export type DayCounts = { days: number; n: number }[];

/** How far back leads are looked at that say how leads fare, in days. */
const LOOK_BACK = 1095;
const FATES = ['open', 'won', 'others'] as const;
/** How many leads for each number of days, one column for each fate. */
type Fates = Record<(typeof FATES)[number], Uint32Array>;

const noFates = (): Fates => ({ open: new Uint32Array(LOOK_BACK + 1), won: new Uint32Array(LOOK_BACK + 1), others: new Uint32Array(LOOK_BACK + 1) });

const fatesOfPortion = (leads: LeadColumns, now: number): Fates => {
  const counts = noFates();
  for (let row = 0; row < leads.n; row += 1) {
    const entered = leads.entered[row] ?? NEVER;
    if (entered <= now - LOOK_BACK * DAY || entered > now) continue;
    const [end, ended] = [endAt(leads, row), leads.ended[row] ?? NEVER];
    const open = end === 'open' || ended === NEVER || ended > now;
    const days = Math.max(0, Math.floor(((open ? now : ended) - entered) / DAY));
    const fate = counts[open ? 'open' : end === 'won' ? 'won' : 'others'];
    fate[days] = (fate[days] ?? 0) + 1;
  }
  return counts;
};

/** Leads that entered in the last three years: the age of those open, and after how many whole days the others were won or ended otherwise. */
export const daysOf = ({ portions }: LeadTable, instant: Date, per: PerPortion = countAnew): { open: DayCounts; won: DayCounts; others: DayCounts } => {
  const now = Math.floor(instant.getTime() / 1000) - EPOCH;
  const counts = noFates();
  for (const leads of portions) {
    const own = per(leads, `days ${now}`, () => fatesOfPortion(leads, now));
    for (const fate of FATES) own[fate].forEach((n, days) => (counts[fate][days] = (counts[fate][days] ?? 0) + n));
  }
  const listed = (fate: Uint32Array): DayCounts => Array.from(fate, (n, days) => ({ days, n })).filter(({ n }) => n > 0);
  return { open: listed(counts.open), won: listed(counts.won), others: listed(counts.others) };
};

export type AtStage = { stageId: string; leads: number; amount: number; oldest: Date | null };

/** How many leads stand at each stage now, what they are worth, and since when the oldest has stood there. */
export const standAt = ({ portions, channels, stages }: LeadTable, { origin, channel }: { origin?: Side | undefined; channel?: string | undefined }): AtStage[] => {
  const only = channel === undefined ? undefined : channels.indexOf(channel);
  const [counts, amounts, since] = [new Float64Array(stages.length), new Float64Array(stages.length), new Float64Array(stages.length).fill(Infinity)];
  for (const leads of portions)
    for (let row = 0; row < leads.n; row += 1) {
      if ((only !== undefined && leads.channel[row] !== only) || (origin && hasSignal(leads, row, 'marketing') !== (origin === 'marketing'))) continue;
      const [at, amount] = [leads.stage[row] ?? 0, leads.amount[row] ?? NaN];
      counts[at] = (counts[at] ?? 0) + 1;
      if (!Number.isNaN(amount)) amounts[at] = (amounts[at] ?? 0) + amount;
      since[at] = Math.min(since[at] ?? Infinity, leads.since[row] ?? Infinity);
    }
  return stages.flatMap((stageId, at) => ((counts[at] ?? 0) > 0 ? [{ stageId, leads: counts[at] ?? 0, amount: amounts[at] ?? 0, oldest: new Date(((since[at] ?? 0) + EPOCH) * 1000) }] : []));
};

export type LeadFacts = { leads: number; won: number; lost: number; recycled: number; lostWithReason: number; /** Leads that stand somewhere since later than they entered. */ moved: number; byOrigin: Record<Side, number>; channels: number };

type PortionFacts = Record<StageEnd, number> & { lostWithReason: number; marketing: number; moved: number; channels: ReadonlySet<number> };

const factsOfPortion = (leads: LeadColumns): PortionFacts => {
  const channels = new Set<number>();
  const found = { open: 0, won: 0, lost: 0, recycled: 0, lostWithReason: 0, marketing: 0, moved: 0, channels };
  for (let row = 0; row < leads.n; row += 1) {
    const end = endAt(leads, row);
    found[end] += 1;
    if (end === 'lost' && hasSignal(leads, row, 'reasonSaid')) found.lostWithReason += 1;
    if (hasSignal(leads, row, 'marketing')) found.marketing += 1;
    if ((leads.since[row] ?? NEVER) > (leads.entered[row] ?? NEVER)) found.moved += 1;
    if (leads.channel[row]) channels.add(leads.channel[row] ?? 0);
  }
  return found;
};

/** What the ladder asks of leads; of channels no more than a hundred are told apart. */
export const factsOfLeads = ({ portions }: LeadTable, per: PerPortion = countAnew): LeadFacts => {
  const each = portions.map((leads) => per(leads, 'facts', () => factsOfPortion(leads)));
  const sum = (field: Exclude<keyof PortionFacts, 'channels'>): number => each.reduce((total, found) => total + found[field], 0);
  const [leads, marketing] = [portions.reduce((total, { n }) => total + n, 0), sum('marketing')];
  const channels = new Set(each.flatMap((found) => [...found.channels]));
  return { leads, won: sum('won'), lost: sum('lost'), recycled: sum('recycled'), lostWithReason: sum('lostWithReason'), moved: sum('moved'), byOrigin: { marketing, sales: leads - marketing }, channels: Math.min(100, channels.size) };
};
