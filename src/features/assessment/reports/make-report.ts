import { BOM, toCsv } from '../../../lib/csv';
import { toXlsx } from '../../../platform/files/write-xlsx';
import { METHOD_KEYS, methodValues } from './figures';
import { contextOf, withoutControls, type ReportContext, type ReportFormat, type ReportRequest } from './request';
import { tablesOf, type Cell } from './tables';

export type Report = { fileName: string; contentType: string; body: Uint8Array };

const TYPES: Record<ReportFormat, { ending: string; contentType: string }> = {
  pdf: { ending: 'pdf', contentType: 'application/pdf' },
  'board-pdf': { ending: 'pdf', contentType: 'application/pdf' },
  pptx: { ending: 'pptx', contentType: 'application/vnd.openxmlformats-officedocument.presentationml.presentation' },
  'board-pptx': { ending: 'pptx', contentType: 'application/vnd.openxmlformats-officedocument.presentationml.presentation' },
  xlsx: { ending: 'xlsx', contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  csv: { ending: 'csv', contentType: 'text/csv; charset=utf-8' },
};

const ascii = (text: string): string =>
  text.normalize('NFKD').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/[^A-Za-z0-9-]/gu, '').replace(/-+/gu, '-').replace(/^-|-$/gu, '').slice(0, 40).toLowerCase();

/** "nordwind-spring-2026-report.pdf": ASCII only, so that a header and every file system take it. */
const fileNameOf = (context: ReportContext, format: ReportFormat): string => {
  const kind = context.texts.t(format.startsWith('board') ? 'file.board' : 'file.report');
  return `${[context.workspaceName, context.results.wave.name, kind].map(ascii).filter(Boolean).join('-') || 'report'}.${TYPES[format].ending}`;
};

const LONGEST_CELL = 32_000;

/** Spreadsheets refuse files with control characters or cells beyond 32,767 characters. */
const safeCell = (value: Cell): Cell => (typeof value === 'string' ? withoutControls(value).slice(0, LONGEST_CELL) : value);

const xlsx = (context: ReportContext): Promise<Uint8Array> => {
  const { texts, results } = context;
  const method = METHOD_KEYS.map((key) => [texts.t(key, methodValues(results, texts))]);
  const about = [[texts.t('heading.method')], [context.foot], [texts.t('hidden.why', { minimum: results.minimum.general })], ...method];
  return toXlsx([...tablesOf(context).map((table) => ({ ...table, rows: table.rows.map((row) => row.map(safeCell)) })), { name: texts.t('sheet.method'), rows: about, widths: [120] }]);
};

/** One file with the figures by section and group, then by statement; the decimal mark is a point, as machines expect. */
const csv = (context: ReportContext): Uint8Array => {
  const tables = tablesOf(context).filter(({ id }) => id === 'sections' || id === 'statements');
  const [sections = [], statements = []] = tables.map(({ rows }) => rows);
  const width = Math.max(...[...sections, ...statements].map((row) => row.length));
  const even = (row: (typeof sections)[number]) => [...row, ...Array<null>(width - row.length).fill(null)];
  return new TextEncoder().encode(BOM + toCsv([...sections, [], ...statements].map(even)));
};

const bodyOf = async (context: ReportContext, format: ReportFormat): Promise<Uint8Array> => {
  if (format === 'xlsx') return xlsx(context);
  if (format === 'csv') return csv(context);
  if (format === 'pdf') return (await import('./pdf/report-pdf')).reportPdf(context);
  if (format === 'board-pdf') return (await import('./pdf/board-pdf')).boardPdf(context);
  const slides = await import('./slides/report-slides');
  return format === 'pptx' ? slides.reportSlides(context) : slides.boardSlide(context);
};

/**
 * A report file of a closed wave, from gated results alone. PDF and slides take seconds of computing: serve them with
 * `reportInWorker` (report-pool.ts), which calls this in a thread of its own.
 */
export const makeReport = async (request: ReportRequest): Promise<Report> => {
  const context = contextOf(request);
  const body = await bodyOf(context, request.format);
  return { fileName: fileNameOf(context, request.format), contentType: TYPES[request.format].contentType, body: new Uint8Array(body) };
};
