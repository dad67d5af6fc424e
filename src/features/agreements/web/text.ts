import messages from '../messages/en.json';
import { texts } from '../../../ui/texts';
import { functionName } from '../../../ui/function-mark';
import { dayText } from '../../../ui/when';
import type { Side } from '../../../lib/vocabulary';
import type { Commitment } from '../domain/commitment';

export const t = texts(messages);

export const sideText = (side: Side): string => functionName(side);

/** "first contact within 2 working days": what is promised, without who owes it. */
export const promiseText = (promise: Pick<Commitment, 'kind' | 'until' | 'stage' | 'limit' | 'unit' | 'atLeast' | 'each' | 'per' | 'credible'>): string => {
  if (promise.kind === 'count') return t('promise.count', { count: promise.atLeast, per: promise.per, each: promise.each, credible: promise.credible ? 'yes' : 'no' });
  const what = promise.until === 'stage' ? t('promise.stage', { stage: t(`stage.${promise.stage ?? 'accepted'}`) }) : t(`promise.${promise.until}`);
  return t('promise.within', { what, count: promise.limit, unit: promise.unit });
};

/** What leads it is about, when it waits and from when it counts. */
export const termsText = (promise: Commitment): string =>
  [
    promise.kind === 'response' ? t(`terms.from.${promise.from}`) : t(`terms.count.${promise.from}`),
    promise.origins.length === 1 ? t('terms.origin', { side: sideText(promise.origins[0] ?? 'sales').toLowerCase() }) : '',
    promise.channels.length > 0 ? t('terms.channels', { channels: promise.channels.join(', ') }) : '',
    promise.kind === 'response' && promise.pauseReturned ? t('terms.pauseReturned') : '',
    promise.pauseStages.length > 0 ? t('terms.pauseStages', { count: promise.pauseStages.length }) : '',
    t('terms.starts', { date: dayText(`${promise.startsOn}T12:00:00`) }),
  ].filter(Boolean).join(' ');

const percent = (share: number): string => `${Math.round(share * 100)}%`;
export const rateText = (rate: { low: number; high: number }): string => t('card.between', { low: percent(rate.low), high: percent(rate.high) });

const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });
/** "2026-Q1" is "Q1 2026", "2026-03" is "Mar 2026". */
export const periodText = (period: string): string => (period.includes('Q') ? `${period.slice(5)} ${period.slice(0, 4)}` : MONTH.format(new Date(`${period}-15T00:00:00Z`)));

const MINUTE = 60_000;
/** How long until an instant, or since: "3 h", "2 days". */
export const spanText = (ms: number): string => {
  const minutes = Math.max(1, Math.round(Math.abs(ms) / MINUTE));
  if (minutes < 60) return t('span.minutes', { count: minutes });
  if (minutes < 48 * 60) return t('span.hours', { count: Math.round(minutes / 60) });
  return t('span.days', { count: Math.round(minutes / 1440) });
};
