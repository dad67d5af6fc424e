import type { ThemeName } from '../../../lib/charts/tokens';
import type { Locale } from '../../../lib/vocabulary';
import type { Instrument } from '../domain/instrument';
import type { WaveResults } from '../domain/results-view';
import { chartFor, type ChartAnswer, type ChartRequest } from './chart-for';
import { textsIn, type Texts } from './texts';

export const REPORT_FORMATS = ['pdf', 'pptx', 'xlsx', 'csv', 'board-pdf', 'board-pptx'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** Everything a report is made from: gated results and words, no answers. */
export type ReportRequest = {
  format: ReportFormat;
  locale: Locale;
  results: WaveResults;
  /** As frozen with the wave. */
  instrument: Instrument;
  workspaceName: string;
  /** The demo company's report says that it is invented. */
  sample?: boolean;
};

/** What the pages of a report are told. */
export type ReportContext = Omit<ReportRequest, 'format'> & {
  texts: Texts;
  /** A drawing, laid out for paper unless another theme is asked for. */
  chart: (request: Omit<ChartRequest, 'locale' | 'theme' | 'width'> & { theme?: ThemeName; width: number }) => ChartAnswer | undefined;
  foot: string;
};

/** Text without control characters, which XML and spreadsheets refuse; line ends stay. */
export const withoutControls = (text: string): string => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/gu, '');

const LONGEST_NAME = 80;

/** A name that comes from people, short enough for a head line. */
export const shortName = (name: string): string => {
  const clean = withoutControls(name).replace(/\s+/gu, ' ').trim();
  const letters = [...clean];
  return letters.length > LONGEST_NAME ? `${letters.slice(0, LONGEST_NAME - 1).join('')}…` : clean;
};

export const contextOf = (request: ReportRequest): ReportContext => {
  const texts = textsIn(request.locale);
  const workspaceName = shortName(request.workspaceName);
  const results = { ...request.results, wave: { ...request.results.wave, name: shortName(request.results.wave.name) } };
  return {
    ...request,
    results,
    workspaceName,
    texts,
    chart: (asked) => chartFor(results, request.instrument, { theme: 'print', ...asked, locale: request.locale }),
    foot: `${workspaceName} · ${texts.t('title.wave', { wave: results.wave.name, date: texts.date(results.wave.closedAt) })}`,
  };
};
