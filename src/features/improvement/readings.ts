import { wilson } from '../../lib/statistics/wilson';
import { wallClock } from '../../lib/zoned-time';
import type { Scope } from '../../platform/rpc/with-workspace';
import { keptByQuarter } from '../agreements/public';
import { resultsPublished, type WaveResults } from '../assessment/public';
import { metricsOfQuarter, type QuarterFigures } from '../goals/public';
import { workspaceFacts } from '../workspace/public';
import { isReading, sizeOf, type Measure, type NoReading, type Reading } from './domain/measures';
import { changeBetween, type Change } from './domain/movement';
import { quarterBefore, quarterOfDay, daysOf } from './domain/quarter';

export type Told = Reading | NoReading;
type At = Pick<Scope, 'tx' | 'workspaceId' | 'now'>;

/** Fewer promises due than this are counts, no share; the same as where commitments are shown. */
const FEWEST_DUE = 10;
const tenth = (value: number): number => Math.round(value * 10) / 10;

const readGap = (wave: WaveResults, section: WaveResults['tools'][number]['sections'][number]): Told => {
  if (!section.gap) return { none: 'hidden' };
  const { difference, ci95 } = section.gap;
  const sides = new Set(wave.blocks.filter(({ kind, function: of }) => kind === 'function' && of !== 'leadership').map(({ id }) => id));
  const n = section.groups.filter(({ blockId }) => sides.has(blockId)).reduce((sum, group) => sum + group.n, 0);
  return { ...sizeOf(difference, 'low' in ci95 ? ci95 : null), n, label: wave.wave.name, at: wave.wave.closedAt, currency: null };
};

/** What a published survey says to a measure, as the disclosure gate let it out. */
export const readSaid = (wave: WaveResults, measure: Extract<Measure, { kind: 'said' }>): Told => {
  const section = wave.wave.instrumentId === 'c3' ? wave.tools.flatMap((tool) => tool.sections).find(({ sectionId }) => sectionId === measure.section) : undefined;
  if (!section) return { none: 'not_asked' };
  if (measure.of === 'gap') return readGap(wave, section);
  const block = wave.blocks.find(({ kind, function: of }) => kind === 'function' && of === measure.of);
  const group = section.groups.find(({ blockId }) => blockId === block?.id);
  if (!group || typeof group.mean !== 'number') return { none: 'hidden' };
  const interval = 'low' in group.ci95 ? group.ci95 : null;
  return { value: group.mean, low: interval?.low ?? null, high: interval?.high ?? null, n: group.n, label: wave.wave.name, at: wave.wave.closedAt, currency: null };
};

type Row = NonNullable<WaveResults['change']>['sections'][number];

const rowOf = (later: WaveResults, section: string, of: 'sales' | 'marketing'): (Row & { ci95: { low: number; high: number } }) | null => {
  const block = later.blocks.find((each) => each.kind === 'function' && each.function === of);
  const row = later.change?.sections.find(({ sectionId, blockId }) => sectionId === section && blockId === block?.id);
  return row && 'low' in row.ci95 ? { ...row, ci95: row.ci95 } : null;
};

/** How much wider or narrower a gap became: the two functions' told changes against each other; they are different people, so that their intervals add up in squares. */
const gapChange = (value: number, opened: number, sales: NonNullable<ReturnType<typeof rowOf>>, marketing: NonNullable<ReturnType<typeof rowOf>>): Change => {
  const down = Math.hypot(sales.difference - sales.ci95.low, marketing.ci95.high - marketing.difference);
  const up = Math.hypot(sales.ci95.high - sales.difference, marketing.difference - marketing.ci95.low);
  const [below, above] = opened >= 0 ? [down, up] : [up, down];
  return { value, low: value - below, high: value + above };
};

/** A change as the results themselves tell it, where the later survey compares with the earlier one directly; null where it does not. */
const toldChange = (later: WaveResults, earlier: string, { of, section }: Extract<Measure, { kind: 'said' }>, value: number): Change | null => {
  if (later.change?.previousWaveId !== earlier) return null;
  if (of !== 'gap') {
    const row = rowOf(later, section, of);
    return row && { value: row.difference, ...row.ci95 };
  }
  const [sales, marketing] = [rowOf(later, section, 'sales'), rowOf(later, section, 'marketing')];
  return sales && marketing ? gapChange(value, sales.before - marketing.before, sales, marketing) : null;
};

const readMetric = ({ startsOn, endsOn, currency, metrics }: QuarterFigures, id: string, unit: Measure['unit']): Told => {
  const found = metrics.find((metric) => metric.id === id);
  if (!found || found.value === null) return { none: found?.reason === 'too_few' ? 'too_few' : 'nothing_yet' };
  return { value: found.value, low: found.low, high: found.high, n: found.n, label: quarterOfDay(startsOn), at: `${endsOn}T00:00:00.000Z`, currency: unit === 'money' ? currency : null };
};

export type Figures = {
  today: string;
  waves(): Promise<readonly WaveResults[]>;
  /** The last whole quarter, or one before it. */
  recorded(measure: Measure, back?: number): Promise<Told>;
};

/** Reads each source once, and only those that are asked for. */
export const figuresOf = async (scope: At): Promise<Figures> => {
  const today = wallClock(scope.now, (await workspaceFacts(scope.tx)).timeZone).slice(0, 10);
  let waves: readonly WaveResults[] | undefined;
  let kept: Awaited<ReturnType<typeof keptByQuarter>> | undefined;
  const quarters = new Map<number, QuarterFigures>();
  const readWord = async (of: 'both' | 'sales' | 'marketing', back: number): Promise<Told> => {
    const quarter = quarterBefore(quarterOfDay(today), back);
    kept ??= await keptByQuarter(scope);
    const rows = kept.filter((row) => row.quarter === quarter && (of === 'both' || row.side === of));
    const [due, done] = [rows.reduce((sum, row) => sum + row.due, 0), rows.reduce((sum, row) => sum + row.kept, 0)];
    if (due < FEWEST_DUE) return { none: due === 0 ? 'nothing_yet' : 'too_few' };
    return { value: done / due, ...wilson(done, due), n: due, label: quarter, at: `${daysOf(quarter).to}T23:59:59.000Z`, currency: null };
  };
  return {
    today,
    waves: async () => (waves ??= await resultsPublished(scope.tx)),
    recorded: async (measure, back = 1) => {
      if (measure.kind === 'said') return { none: 'nothing_yet' };
      if (measure.kind === 'word') return readWord(measure.of, back);
      const known = quarters.get(back) ?? (await metricsOfQuarter(scope, -back));
      quarters.set(back, known);
      return readMetric(known, measure.id, measure.unit);
    },
  };
};

export type Tracked = { measure: string; then: Told; now: Reading | null; change: Change | null };

/** A said measure from one survey to the newest published one after it. */
export const trackSaid = async (figures: Figures, key: string, measure: Extract<Measure, { kind: 'said' }>, waveId: string | null): Promise<Tracked> => {
  const waves = await figures.waves();
  const from = waves.find((wave) => wave.wave.id === waveId);
  const then: Told = from ? readSaid(from, measure) : { none: 'nothing_yet' };
  const later = from ? waves.filter((wave) => wave.wave.closedAt > from.wave.closedAt && isReading(readSaid(wave, measure))).at(-1) : undefined;
  const now = later ? readSaid(later, measure) : null;
  if (!isReading(then) || !isReading(now) || !later) return { measure: key, then, now: null, change: null };
  const change = toldChange(later, waveId ?? '', measure, now.value - then.value) ?? changeBetween(then, now);
  return { measure: key, then, now, change: { value: tenth(change.value), low: change.low === null ? null : tenth(change.low), high: change.high === null ? null : tenth(change.high) } };
};

/** A recorded measure from the quarter it began with to the last whole one. */
export const trackRecorded = async (figures: Figures, key: string, measure: Measure, baseline: Reading | null): Promise<Tracked> => {
  const then: Told = baseline ?? { none: 'nothing_yet' };
  const now = await figures.recorded(measure);
  if (!isReading(then) || !isReading(now) || now.at <= then.at) return { measure: key, then, now: null, change: null };
  return { measure: key, then, now, change: changeBetween(then, now) };
};
