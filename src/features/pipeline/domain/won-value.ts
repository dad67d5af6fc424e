import { mean, median } from '../../../lib/statistics/describe';
import type { Funnel } from './funnel';

/** In the file's own currency; over won rows that carry a value. */
export type WonValue = { n: number; total: number; mean: number; median: number };

/**
 * Sales velocity, in value per day: decided deals × win rate × average won value ÷ mean days from entry to the end, won and lost. How much a pipeline
 * of this many deals brings each day that an average deal takes.
 */
export type Velocity = { decided: number; winRate: number; averageWon: number; meanDays: number; perDay: number };

export const wonValues = (values: readonly number[], { won, lost, winRate, daysToDecided }: Funnel): { value: WonValue | null; velocity: Velocity | null } => {
  if (values.length === 0) return { value: null, velocity: null };
  const value = { n: values.length, total: values.reduce((sum, one) => sum + one, 0), mean: mean(values), median: median(values) };
  const meanDays = daysToDecided.mean;
  if (winRate === null || meanDays === null || meanDays <= 0) return { value, velocity: null };
  const decided = won + lost;
  return { value, velocity: { decided, winRate, averageWon: value.mean, meanDays, perDay: (decided * winRate * value.mean) / meanDays } };
};
