import { c3Toolkit } from '../domain/built-in';
import { closedWave, typicalCompany, type WaveOptions } from '../domain/closed-wave.test-support';
import { waveResults } from '../domain/results';
import type { WaveResults } from '../domain/results-view';
import type { FunctionName } from '../../../lib/vocabulary';

/** Where a function's answers to a section lie, on 1-7; a made-up company whose functions differ most on strategy making. */
const LEANING: Record<string, Partial<Record<FunctionName, number>>> = {
  '1a': { sales: 5.2 }, '1b': { sales: 4.8 }, '1c': { marketing: 5.0 }, '1d': { marketing: 3.9 },
  '2': { sales: 3.4, marketing: 4.4, leadership: 4.3 },
  '3': { sales: 3.0, marketing: 4.2, leadership: 4.0 },
  '4': { sales: 3.9, marketing: 4.0, leadership: 4.8 },
  '5': { sales: 3.6, marketing: 3.9, leadership: 4.4 },
  '6': { sales: 4.2, marketing: 4.6, leadership: 4.9 },
  '7a': { sales: 2.5, marketing: 4.7, leadership: 4.1 },
  '7b': { sales: 3.2, marketing: 5.1, leadership: 4.4 },
  '7c': { sales: 2.8, marketing: 4.3, leadership: 3.9 },
  '8': { sales: 2.9 },
};

/** Somebody's rating: near the function's leaning, shifted a little by statement and, in one territory, upward. */
const rate: NonNullable<WaveOptions['rate']> = (random, { function: name, leaf }, statementId) => {
  const [section = '', index = '0'] = statementId.split('.');
  const leaning = LEANING[section]?.[name] ?? 4;
  const shift = ((Number(index) * 7) % 5) * 0.25 - 0.5 + (leaf.includes('South') ? 0.8 : 0);
  const noise = (random() + random() + random() - 1.5) * 2.4;
  return Math.min(7, Math.max(1, Math.round(leaning + shift + noise)));
};

export type SampleOptions = WaveOptions & {
  /** Adds the wave before, in which everybody rated half a point lower. */
  withPrevious?: boolean;
  comments?: { function: FunctionName; text: string }[];
  waveName?: string;
};

/** Results of a made-up wave, through the real gate: sixty salespeople, ten marketers, six leaders, five territories. */
export const buildWaveResults = (options: SampleOptions = {}): WaveResults => {
  const { withPrevious, comments, waveName, ...wave } = options;
  const input = closedWave({ rate, seed: 7, ...wave });
  const lower: NonNullable<WaveOptions['rate']> = (random, who, id) => Math.max(1, rate(random, who, id) - (random() < 0.5 ? 1 : 0));
  const before = closedWave({ rate: lower, seed: 8, ...wave });
  const said = comments ?? [
    { function: 'sales', text: 'We hear of campaigns when customers call about them.' },
    { function: 'sales', text: 'The joint trade fair worked well. More of that.' },
    { function: 'marketing', text: 'Feedback from the field reaches us, but late.' },
  ];
  return waveResults({
    ...input,
    wave: { ...input.wave, name: waveName ?? 'Spring 2026' },
    comments: said,
    ...(withPrevious ? { previous: { ...before, wave: { ...before.wave, id: 'wave-1', name: 'Spring 2025', openedAt: '2025-03-01T08:00:00Z', closedAt: '2025-03-15T17:00:00Z' }, turnover: 0.34 } } : {}),
  });
};

/** Leadership of six under a minimum of five, of whom four answered or fewer: its figures are kept back. */
export const leadershipHidden = (options: SampleOptions = {}): WaveResults => buildWaveResults({ minimum: { general: 5, leadership: 6 }, response: 0.7, seed: 3, ...options });

/** So few people that nothing may be shown. */
export const everythingHidden = (): WaveResults =>
  buildWaveResults({ counts: typicalCompany.map((count) => ({ ...count, people: 1 })), response: 0.3, comments: [] });

/** The instrument the sample was answered with. */
export const sampleInstrument = c3Toolkit;
