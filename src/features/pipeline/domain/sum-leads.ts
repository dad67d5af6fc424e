import { median } from '../../../lib/statistics/describe';
import type { Side } from '../../../lib/vocabulary';
import { MEDIA, mediumOf } from './media';
import { endAt, EPOCH, hasSignal, NEVER, type LeadColumns, type LeadTable } from './lead-columns';
import type { StageEnd } from './stages';

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

/** Leads that entered from `from` to before `until`, by how far they have come. Parts ordered by size, at most twelve; null: not said. */
export const sumLeads = ({ portions, channels }: LeadTable, marks: Marks, from: number, until: number, split: LeadSplit): LeadSums[] => {
  const sums = new Map<number, LeadSums>();
  const parts = partsBy(channels, split);
  for (const leads of portions)
    for (let row = 0; row < leads.n; row += 1) {
      const entered = leads.entered[row] ?? NEVER;
      if (entered < from || entered >= until) continue;
      const part = parts.of(leads, row);
      let sum = sums.get(part);
      if (!sum) sums.set(part, (sum = { part: parts.nameOf(part), leads: 0, qualified: 0, salesQualified: 0, won: 0, lost: 0, recycled: 0, open: 0, untouched: 0 }));
      const [stage, furthest, end] = [leads.stage[row] ?? 0, leads.furthest[row] ?? 0, endAt(leads, row)];
      sum.leads += 1;
      sum[end] += 1;
      if (furthest >= (marks.qualified[stage] ?? Infinity)) sum.qualified += 1;
      if (furthest >= (marks.salesQualified[stage] ?? Infinity)) sum.salesQualified += 1;
      const first = marks.inquiry[stage] ?? Infinity;
      if (end === 'open' && furthest <= (first === Infinity ? -1 : first)) sum.untouched += 1;
    }
  const order = (a: LeadSums, b: LeadSums): number => b.leads - a.leads || Number(a.part === null) - Number(b.part === null) || ((a.part ?? '') < (b.part ?? '') ? -1 : 1);
  return [...sums.values()].toSorted(order).slice(0, MOST_PARTS);
};

export type Cycle = { part: string | null; median: number; n: number };

/** Median days from entry to the win, of leads won from `from` to before `until`: of all, and by part, the largest twelve. */
export const cyclesOf = ({ portions, channels }: LeadTable, from: number, until: number, split: LeadSplit): { all: Cycle | null; parts: Cycle[] } => {
  const parts = partsBy(channels, split);
  const days = new Map<number, number[]>();
  for (const leads of portions)
    for (let row = 0; row < leads.n; row += 1) {
      const [entered, ended] = [leads.entered[row] ?? NEVER, leads.ended[row] ?? NEVER];
      if (endAt(leads, row) !== 'won' || ended < from || ended >= until || entered === NEVER) continue;
      const part = parts.of(leads, row);
      const own = days.get(part);
      const took = Math.max(0, ended - entered) / DAY;
      if (own) own.push(took);
      else days.set(part, [took]);
    }
  const told = (part: string | null, own: readonly number[]): Cycle => ({ part, median: median(own), n: own.length });
  const all = [...days.values()].flat();
  return { all: all.length > 0 ? told(null, all) : null, parts: [...days].map(([part, own]) => told(parts.nameOf(part), own)).toSorted((a, b) => b.n - a.n || ((a.part ?? '') < (b.part ?? '') ? -1 : 1)).slice(0, MOST_PARTS) };
};

export type Standing = { leads: number; anyQualified: boolean; anySalesQualified: boolean; anyWon: boolean; anyEnded: boolean; open: number };

/** What leads can tell at all: whether any came as far without being won, whether any was won or lost, and how many are open. */
export const standingOf = ({ portions }: LeadTable, marks: Marks): Standing => {
  const found: Standing = { leads: 0, anyQualified: false, anySalesQualified: false, anyWon: false, anyEnded: false, open: 0 };
  for (const leads of portions)
    for (let row = 0; row < leads.n; row += 1) {
      const [stage, furthest, end] = [leads.stage[row] ?? 0, leads.furthest[row] ?? 0, endAt(leads, row)];
      found.leads += 1;
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

export type DayCounts = { days: number; n: number }[];

/** How far back leads are looked at that say how leads fare. */
const LOOK_BACK = 1095 * DAY;

/** Leads that entered in the last three years: the age of those open, and after how many whole days the others were won or ended otherwise. */
export const daysOf = ({ portions }: LeadTable, instant: Date): { open: DayCounts; won: DayCounts; others: DayCounts } => {
  const now = Math.floor(instant.getTime() / 1000) - EPOCH;
  const counts = { open: new Map<number, number>(), won: new Map<number, number>(), others: new Map<number, number>() };
  for (const leads of portions)
    for (let row = 0; row < leads.n; row += 1) {
      const entered = leads.entered[row] ?? NEVER;
      if (entered <= now - LOOK_BACK || entered > now) continue;
      const [end, ended] = [endAt(leads, row), leads.ended[row] ?? NEVER];
      const open = end === 'open' || ended === NEVER || ended > now;
      const days = Math.max(0, Math.floor(((open ? now : ended) - entered) / DAY));
      const fate = counts[open ? 'open' : end === 'won' ? 'won' : 'others'];
      fate.set(days, (fate.get(days) ?? 0) + 1);
    }
  const listed = (fate: ReadonlyMap<number, number>): DayCounts => [...fate].map(([days, n]) => ({ days, n })).toSorted((a, b) => a.days - b.days);
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

export type LeadFacts = { leads: number; won: number; lost: number; recycled: number; lostWithReason: number; byOrigin: Record<Side, number>; channels: number };

/** What the ladder asks of leads; of channels no more than a hundred are told apart. */
export const factsOfLeads = ({ portions }: LeadTable): LeadFacts => {
  const ends: Record<StageEnd, number> = { open: 0, won: 0, lost: 0, recycled: 0 };
  let [leads, lostWithReason, marketing] = [0, 0, 0];
  const channels = new Set<number>();
  for (const portion of portions)
    for (let row = 0; row < portion.n; row += 1) {
      const end = endAt(portion, row);
      leads += 1;
      ends[end] += 1;
      if (end === 'lost' && hasSignal(portion, row, 'reasonSaid')) lostWithReason += 1;
      if (hasSignal(portion, row, 'marketing')) marketing += 1;
      if (portion.channel[row]) channels.add(portion.channel[row] ?? 0);
    }
  return { leads, won: ends.won, lost: ends.lost, recycled: ends.recycled, lostWithReason, byOrigin: { marketing, sales: leads - marketing }, channels: Math.min(100, channels.size) };
};
