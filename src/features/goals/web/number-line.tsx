import type { NumberView } from './calls';
import css from './goals.module.css';
import { moneyText, periodText, shareText, t } from './text';

type Shown = { number: NumberView; /** Of a past day. */ past?: boolean };

/** In, still to be expected (hatched), its range, today's part of the target and the target, on one axis from nothing. */
export const NumberLine = ({ number, past = false }: Shown) => {
  const { expected, toDate, target, pace } = number;
  const end = Math.max(target, toDate.total, expected.high ?? 0, expected.value ?? 0) * 1.04;
  const x = (value: number): string => `${Math.max(0, Math.min(100, (100 * value) / end))}%`;
  const width = (from: number, to: number): string => `${Math.max(0, (100 * (to - from)) / end)}%`;
  const hatch = `hatch-${number.goal}`;
  return (
    <svg className={css.line} role="img" aria-label={numberSentence(number, past)}>
      <defs><pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="6" stroke="var(--mark)" strokeWidth="2" /></pattern></defs>
      <rect x="0" y="10" width="100%" height="16" fill="var(--hairline)" rx="3" />
      <rect x="0" y="10" width={x(toDate.total)} height="16" fill="var(--ink)" rx="3" />
      {expected.value !== null && <rect x={x(toDate.total)} y="10" width={width(toDate.total, expected.value)} height="16" fill={`url(#${hatch})`} stroke="var(--mark)" />}
      {expected.low !== null && expected.high !== null && <line x1={x(expected.low)} x2={x(expected.high)} y1="32" y2="32" stroke="var(--ink-2)" strokeWidth="2" />}
      <line x1={x(pace.dueByToday)} x2={x(pace.dueByToday)} y1="6" y2="30" stroke="var(--ink-3)" strokeWidth="1" strokeDasharray="2 2" />
      <line x1={x(target)} x2={x(target)} y1="2" y2="34" stroke="var(--ink)" strokeWidth="2" />
    </svg>
  );
};

export const numberSentence = ({ toDate, target, currency, pace, period }: NumberView, past = false): string =>
  t(pace.value === null ? 'number.sentence.noPace' : 'number.sentence', { period: periodText(period), toDate: moneyText(toDate.total, currency), target: moneyText(target, currency), pace: pace.value === null ? '' : shareText(pace.value), past: String(past) });

/** The three figures under the line; a range where there is one. */
export const NumberFacts = ({ number, past = false }: Shown) => {
  const { expected, toDate, target, currency, pace } = number;
  return (
    <dl className={css.facts}>
      <div><dt>{t('number.toDate')}</dt><dd>{moneyText(toDate.total, currency)}<small>{t('number.toDate.n', { n: toDate.n })}</small></dd></div>
      <div>
        <dt>{t('number.expected')}</dt>
        <dd>
          {expected.value === null ? <small>{t(expected.reason === 'too_few' ? 'number.expected.few' : 'number.expected.none')}</small> : <>{moneyText(expected.value, currency)}{expected.low !== null && expected.high !== null && <small>{t('number.range', { low: moneyText(expected.low, currency), high: moneyText(expected.high, currency) })}</small>}</>}
        </dd>
      </div>
      <div><dt>{t('number.target')}</dt><dd>{moneyText(target, currency)}<small>{t('number.due', { due: moneyText(pace.dueByToday, currency), past: String(past) })}</small></dd></div>
    </dl>
  );
};
