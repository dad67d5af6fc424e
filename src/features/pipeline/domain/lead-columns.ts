import type { CountFacts } from './reconcile';
import { STAGE_ENDS, type StageEnd } from './stages';

/**
 * Leads as columns of numbers, one entry a lead: what figures of all leads are counted from. A million leads take some 120 MB so, and are
 * counted in a tenth of a second. Instants are whole seconds since the start of 2000 (1931 to 2068), `NEVER` where there is none.
 */
export type LeadColumns = {
  portion: number;
  n: number;
  /** Sixteen bytes each. */
  ids: Uint8Array;
  entered: Int32Array; since: Int32Array; ended: Int32Array; arrived: Int32Array;
  /** NaN where none is known. */
  amount: Float64Array;
  furthest: Int16Array;
  /** Indexes into the lists of `LeadTable`. */
  stage: Int16Array; channel: Int32Array; reason: Int32Array;
  /** `SIGNALS` as bits; above them the end, as its place in `STAGE_ENDS`. */
  signals: Int16Array;
  /** Marketing's instants of all leads, one lead after the other, and where each lead's begin. */
  passes: Int32Array; passesFrom: Uint32Array;
  entries: Int32Array; entriesFrom: Uint32Array;
  /** Each lead's name and company as UTF-8 in small letters, a line each, and where the lines begin. */
  texts: Uint8Array; textsFrom: Uint32Array;
};

/** All leads of a workspace, in portions; what a channel, a reason or a stage is called by its index. '' stands for none. */
export type LeadTable = { portions: LeadColumns[]; channels: readonly string[]; reasons: readonly string[]; stages: readonly string[] };

/** Counts one portion, or knows from before what `key` counted of it. */
export type PerPortion = <T>(portion: LeadColumns, key: string, count: () => T) => T;

export const countAnew: PerPortion = (_portion, _key, count) => count();

/** The end of a stretch as it reaches into a column: where nothing lies beyond, a stretch to now counts the same while time passes. */
export const reaching = (column: Int32Array, until: number): number => {
  for (let row = 0; row < column.length; row += 1) if ((column[row] ?? 0) >= until) return until;
  return Infinity;
};

export const NEVER = -2_147_483_648;
/** Seconds from 1970 to 2000. */
export const EPOCH = 946_684_800;

export const SIGNALS = ['marketing', 'contacted', 'salesOwner', 'marketingRecords', 'salesRecords', 'takenHere', 'reasonSaid'] as const;
export type Signal = (typeof SIGNALS)[number];
const END_BIT = SIGNALS.length;

const BIT = Object.fromEntries(SIGNALS.map((signal, bit) => [signal, 1 << bit])) as Record<Signal, number>;

export const hasSignal = (leads: LeadColumns, row: number, signal: Signal): boolean => ((leads.signals[row] ?? 0) & BIT[signal]) !== 0;
export const endAt = (leads: LeadColumns, row: number): StageEnd => STAGE_ENDS[(leads.signals[row] ?? 0) >> END_BIT] ?? 'open';

/** Milliseconds since 1970; null for none. */
export const instantAt = (column: Int32Array, row: number): number | null => {
  const seconds = column[row] ?? NEVER;
  return seconds === NEVER ? null : (seconds + EPOCH) * 1000;
};

const NONE: readonly number[] = [];

const several = (values: Int32Array, from: Uint32Array, row: number): readonly number[] => {
  const [first, past] = [from[row] ?? 0, from[row + 1] ?? 0];
  if (first === past) return NONE;
  const instants: number[] = [];
  for (let at = first; at < past; at += 1) instants.push(((values[at] ?? 0) + EPOCH) * 1000);
  return instants;
};

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export const idAt = (leads: LeadColumns, row: number): string => {
  let id = '';
  for (let byte = 0; byte < 16; byte += 1) id += `${byte === 4 || byte === 6 || byte === 8 || byte === 10 ? '-' : ''}${HEX[leads.ids[row * 16 + byte] ?? 0] ?? ''}`;
  return id;
};

/** From which position on, by stage, a lead counts as taken on by sales, and as a deal. */
export type Taken = { accepted: ArrayLike<number>; deal: ArrayLike<number> };

/** One lead as the two counts ask for it. */
export const countFacts = (leads: LeadColumns, row: number, taken: Taken): CountFacts => {
  const [stage, furthest] = [leads.stage[row] ?? 0, leads.furthest[row] ?? 0];
  return {
    passes: several(leads.passes, leads.passesFrom, row), entries: several(leads.entries, leads.entriesFrom, row),
    marketingRecords: Number(hasSignal(leads, row, 'marketingRecords')), salesRecords: Number(hasSignal(leads, row, 'salesRecords')),
    arrivedAt: instantAt(leads.arrived, row), enteredAt: instantAt(leads.entered, row) ?? 0, contactedAt: hasSignal(leads, row, 'contacted') ? 0 : null, salesOwner: hasSignal(leads, row, 'salesOwner'),
    accepted: furthest >= (taken.accepted[stage] ?? Infinity), deal: furthest >= (taken.deal[stage] ?? Infinity), end: endAt(leads, row), takenHere: hasSignal(leads, row, 'takenHere'),
  };
};
