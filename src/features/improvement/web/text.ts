import type { Area } from '../domain/areas';
import { measureOf, type Reading, type Unit } from '../domain/measures';
import catalogue from '../messages/catalogue.en.json';
import challenges from '../messages/challenges.en.json';
import messages from '../messages/en.json';
import questions from '../messages/questions.en.json';
import { texts } from '../../../ui/texts';
import type { Told } from './calls';

export const t = texts(messages);
export const tc = texts(catalogue);
export const th = texts(challenges);
const tq = texts(questions);

type QuestionKey = Parameters<typeof tq>[0];
export const questionText = (area: Area, question: string): string => tq(`q.${area}.${question}` as QuestionKey);
export const areaName = (area: Area): string => t(`area.${area}`);

/** What a measure is called. */
export const measureName = (key: string): string => {
  const measure = measureOf(key);
  if (!measure) return key;
  if (measure.kind === 'said') return t(`measure.said.${measure.of}`, { area: areaName(measure.section) });
  return measure.kind === 'word' ? t(`measure.word.${measure.of}`) : t(`metric.${measure.id}`);
};

const minus = (text: string): string => text.replace('-', '−');
const money = (value: number, currency: string | null): string => new Intl.NumberFormat('en-GB', { ...(currency ? { style: 'currency', currency } : {}), maximumFractionDigits: 0 }).format(value);

/** A figure in its unit, without the unit's word. */
export const bare = (value: number, unit: Unit, currency: string | null = null): string => {
  if (unit === 'share') return minus(`${Math.round(value * 100)}%`);
  if (unit === 'money') return minus(money(value, currency));
  return minus(unit === 'count' ? Math.round(value).toLocaleString('en') : value.toFixed(1));
};

export const figure = (value: number, unit: Unit, currency: string | null = null): string => {
  const text = bare(value, unit, currency);
  return unit === 'points' ? t('unit.points', { value: text }) : unit === 'days' ? t('unit.days', { value: text }) : text;
};

/** "+0.4", "−3%". */
export const signed = (value: number, unit: Unit, currency: string | null = null): string => `${value > 0 ? '+' : ''}${bare(value, unit, currency)}`;

export const rangeText = (of: { low: number | null; high: number | null }, unit: Unit, currency: string | null = null): string | null =>
  of.low === null || of.high === null ? null : t('figure.range', { low: bare(of.low, unit, currency), high: bare(of.high, unit, currency) });

/** "3.1 (2.8 to 3.4), n 21", or why there is none. */
export const toldText = (told: Told, key: string): string => {
  if ('none' in told) return t(`told.${told.none}`);
  const unit = measureOf(key)?.unit ?? 'score';
  const range = rangeText(told, unit, told.currency);
  return `${figure(told.value, unit, told.currency)}${range ? ` (${range})` : ''}, ${t('figure.n', { n: told.n })}`;
};

export const readingOf = (told: Told): Reading | null => ('none' in told ? null : told);
export const listed = (words: readonly string[]): string => new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(words);
