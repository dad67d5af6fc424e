import { createEvents, type EventAttributes } from 'ics';
import type { Locale } from '../../../lib/vocabulary';
import { shortName } from './request';
import { textsIn } from './texts';

export type SurveyDates = {
  waveId: string;
  workspaceName: string;
  /** ISO instants. */
  opensAt: string;
  closesAt: string;
  /** For the longest questionnaire of the wave. */
  minutes: number;
  /** Smallest group that may be shown. */
  minimum: number;
  locale: Locale;
};

const stamp = (instant: Date): [number, number, number, number, number] => [
  instant.getUTCFullYear(), instant.getUTCMonth() + 1, instant.getUTCDate(), instant.getUTCHours(), instant.getUTCMinutes(),
];

const HALF_HOUR = 30 * 60_000;

/** Two half-hour entries, at the opening and before the close, as one iCalendar file (RFC 5545). No link inside: links are personal. */
export const surveyCalendar = (dates: SurveyDates): string => {
  const { t, date } = textsIn(dates.locale);
  const values = { workspace: shortName(dates.workspaceName), minutes: dates.minutes, k: dates.minimum, closes: date(dates.closesAt) };
  const entry = (name: 'open' | 'close', start: Date): EventAttributes => ({
    uid: `${dates.waveId}-${name}@lockstep`,
    productId: 'lockstep',
    title: t(`ics.${name}.title`, values),
    description: t(`ics.${name}.description`, values),
    start: stamp(start),
    startInputType: 'utc',
    startOutputType: 'utc',
    duration: { minutes: 30 },
    busyStatus: 'FREE',
    transp: 'TRANSPARENT',
    classification: 'PUBLIC',
  });
  const { error, value } = createEvents([entry('open', new Date(dates.opensAt)), entry('close', new Date(new Date(dates.closesAt).getTime() - HALF_HOUR))]);
  if (error || !value) throw error ?? new Error('no calendar was written');
  return value;
};
