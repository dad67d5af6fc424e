import type { SheetAxis } from '../../../lib/sheet';
import { measureOf, type NoReading, type Reading, type Unit } from './measures';

type Track = { measure: string; then: Reading | NoReading; now: Reading | null };

/** The whole axis of a unit: scores from 1 to 7, everything else from nought. */
export const endsOf = (unit: Unit, values: readonly number[]): [number, number] => {
  if (unit === 'score') return [1, 7];
  const high = Math.max(...values);
  return [Math.min(0, ...values), unit === 'share' ? Math.min(1, high * 1.15) : high * 1.15 || 1];
};

/** Where bands of scores end. */
const CUTS = [3, 4.5];

/**
 * A measure then and now on one axis, each with its interval, and the target where the objective rests on it; null while there is nothing to draw.
 * @param text what stands beside a value
 */
export const axisOf = ({ measure, then, now }: Track, name: string, text: (reading: Reading) => string, target: { value: number; text: string } | null): SheetAxis | null => {
  if (!('value' in then)) return null;
  const unit = measureOf(measure)?.unit ?? 'score';
  const readings = now ? [then, now] : [then];
  const [least, most] = endsOf(unit, [...readings.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]), ...(target ? [target.value] : [])]);
  const place = (value: number): number => Math.max(0, Math.min(1, (value - least) / (most - least || 1)));
  return {
    name,
    rows: readings.map((reading) => ({ label: reading.label, text: text(reading), at: place(reading.value), low: reading.low === null ? null : place(reading.low), high: reading.high === null ? null : place(reading.high), now: reading === now })),
    target: target && { text: target.text, at: place(target.value) }, cuts: unit === 'score' ? CUTS.map(place) : [],
  };
};
