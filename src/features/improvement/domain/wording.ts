import { measureOf, type NoReading, type Reading, type Unit } from './measures';
import type { Movement } from './movement';

/** Says a text of the messages; pages and papers bring their own. */
export type Say = (key: string, values?: Record<string, string | number>) => string;
type Told = Reading | NoReading;

const minus = (text: string): string => text.replace('-', '−');
const money = (value: number, currency: string | null): string => new Intl.NumberFormat('en-GB', { ...(currency ? { style: 'currency', currency } : {}), maximumFractionDigits: 0 }).format(value);

/** A figure in its unit, without the unit's word. */
export const bare = (value: number, unit: Unit, currency: string | null = null): string => {
  if (unit === 'share') return minus(`${Math.round(value * 100)}%`);
  if (unit === 'money') return minus(money(value, currency));
  return minus(unit === 'count' ? Math.round(value).toLocaleString('en') : value.toFixed(1));
};

/** A change without its unit's word: of shares, in hundredths. */
const changed = (value: number, unit: Unit, currency: string | null): string => (unit === 'share' ? minus(String(Math.round(value * 100))) : bare(value, unit, currency));
const signed = (value: number, unit: Unit, currency: string | null): string => `${value > 0 ? '+' : ''}${changed(value, unit, currency)}`;

export const readingOf = (told: Told): Reading | null => ('none' in told ? null : told);

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
export const civilDay = (day: string): string => DAY.format(new Date(`${day}T12:00:00Z`));

type Track = { measure: string; then: Told; now: Reading | null; change: { value: number; low: number | null; high: number | null } | null };
type Objective = { measure: string; target: number; dueOn: string; baseline: Told; planned: number | null; observed: Movement['observed'] };

/** The sentences that pages and papers share, so that the same thing reads the same everywhere. */
export const wordingWith = (say: Say) => {
  const measureName = (key: string): string => {
    const measure = measureOf(key);
    if (!measure) return key;
    if (measure.kind === 'said') return say(`measure.said.${measure.of}`, { area: say(`area.${measure.section}`) });
    return measure.kind === 'word' ? say(`measure.word.${measure.of}`) : say(`metric.${measure.id}`);
  };
  const figure = (value: number, unit: Unit, currency: string | null = null): string => {
    const text = bare(value, unit, currency);
    return unit === 'points' ? say('unit.points', { value: text }) : unit === 'days' ? say('unit.days', { value: text }) : text;
  };
  const rangeText = (of: { low: number | null; high: number | null }, unit: Unit, currency: string | null = null): string | null =>
    of.low === null || of.high === null ? null : say('figure.range', { low: bare(of.low, unit, currency), high: bare(of.high, unit, currency) });
  /** "3.1 (2.8 to 3.4), n 21", or why there is none. */
  const toldText = (told: Told, key: string): string => {
    if ('none' in told) return say(`told.${told.none}`);
    const unit = measureOf(key)?.unit ?? 'score';
    const range = rangeText(told, unit, told.currency);
    return `${figure(told.value, unit, told.currency)}${range ? ` (${range})` : ''}, ${say('figure.n', { n: told.n })}`;
  };
  /** "+0.4", "+9 percentage points". */
  const changeFigure = (value: number, unit: Unit, currency: string | null): string => (unit === 'share' ? say('unit.pp', { value: signed(value, unit, currency) }) : signed(value, unit, currency));
  const changeRange = ({ low, high }: { low: number | null; high: number | null }, unit: Unit, currency: string | null): string | null =>
    low === null || high === null ? null : say('figure.range', { low: changed(low, unit, currency), high: changed(high, unit, currency) });
  /** "−0.4 (−0.7 to −0.1)": what changed, with its interval. */
  const changeText = ({ measure, change, then }: Track): string | null => {
    if (!change) return null;
    const [unit, currency] = [measureOf(measure)?.unit ?? 'score', readingOf(then)?.currency ?? null];
    return `${changeFigure(change.value, unit, currency)} (${changeRange(change, unit, currency) ?? say('figure.noRange')})`;
  };
  const objectiveSentence = ({ measure, baseline, target, dueOn }: Objective): string => {
    const [unit, from] = [measureOf(measure)?.unit ?? 'score', readingOf(baseline)];
    return say('objective.sentence', { measure: measureName(measure), baseline: from ? figure(from.value, unit, from.currency) : toldText(baseline, measure), target: figure(target, unit, from?.currency ?? null), due: civilDay(dueOn) });
  };
  /** "planned −0.5, observed −0.3 (−0.7 to −0.1)"; null while nothing later was told. */
  const movementText = ({ measure, baseline, planned, observed }: Objective): string | null => {
    if (planned === null || !observed) return null;
    const [unit, currency] = [measureOf(measure)?.unit ?? 'score', readingOf(baseline)?.currency ?? null];
    return say('movement', { planned: signed(planned, unit, currency), observed: changeFigure(observed.value, unit, currency), range: changeRange(observed, unit, currency) ?? 'none' });
  };
  return { measureName, figure, toldText, changeText, objectiveSentence, movementText };
};
