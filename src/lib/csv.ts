/**
 * Comma-separated text after RFC 4180, and what people's tools make of it: other delimiters, bare CR, quotes that are never closed.
 * Reading never throws and never loses a line: whatever cannot be read as meant is read as it stands, and said.
 */
export type CsvRecord = {
  /** 1-based line on which the record begins. */
  line: number;
  cells: string[];
  /** A cell held more characters than allowed and was cut. */
  cut: boolean;
};

export type CsvResult = {
  records: CsvRecord[];
  /** Lines on which a quote opens that no later quote closes. */
  openQuotes: number[];
  /** Lines that the text begins, the one after the last line end included. */
  lines: number;
};

export type CsvOptions = {
  delimiter: string;
  /** Characters a cell may hold; the rest is cut and the record marked. */
  maxCell: number;
  /** Lines a quoted cell may run over before its opening quote is taken to be a slip. */
  maxQuotedLines: number;
  /** Called with each record and where it begins; returning false ends reading. Records are not collected when given. */
  onRecord?: (record: CsvRecord, start: number) => boolean;
};

const CR = 13;
const LF = 10;
const QUOTE = 34;

type Quoted = { text: string; end: number; lines: number };

/** Line ends passed between two places; CRLF counts once. */
const linesIn = (text: string, from: number, to: number): number => {
  let count = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === LF || (code === CR && text.charCodeAt(at + 1) !== LF)) count++;
  }
  return count;
};

/** Where the record ends at the latest: the next CR or LF at or after `from`. */
const lineEnd = (text: string, from: number): number => {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === LF || code === CR) return at;
  }
  return text.length;
};

/**
 * The cell that opens with a quote at `start`, or nothing when that quote is a slip: no quote closes it at a place where
 * a cell can end within `maxQuotedLines` lines.
 */
const quotedCell = (text: string, start: number, { delimiter, maxQuotedLines }: CsvOptions): Quoted | undefined => {
  let value = '';
  let lines = 0;
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return undefined;
    lines += linesIn(text, from, quote);
    if (lines > maxQuotedLines) return undefined;
    value += text.slice(from, quote);
    if (text.charCodeAt(quote + 1) === QUOTE) {
      value += '"';
      from = quote + 2;
      continue;
    }
    let after = quote + 1;
    while (text[after] === ' ' && delimiter !== ' ') after++;
    const next = text.charCodeAt(after);
    if (after >= text.length || next === CR || next === LF || text.startsWith(delimiter, after)) return { text: value, end: after, lines };
    // A quote in the middle: part of the text if the cell began and still goes on in this line, else the opening quote was the slip.
    if (lines > 0) return undefined;
    value += text.slice(quote, after);
    from = after;
  }
};

const plainCell = (text: string, start: number, end: number, delimiter: string): { text: string; end: number } => {
  // Looked for in this line only: a file without the delimiter would otherwise be searched to its end from every line.
  const rest = text.slice(start, end);
  const at = rest.indexOf(delimiter);
  return at < 0 ? { text: rest, end } : { text: rest.slice(0, at), end: start + at };
};

/** Reads the text record by record. Blank lines are passed over but counted. */
export const parseCsv = (text: string, options: CsvOptions): CsvResult => {
  const { delimiter, maxCell } = options;
  const records: CsvRecord[] = [];
  const openQuotes: number[] = [];
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const record: CsvRecord = { line, cells: [], cut: false };
    const start = at;
    let end = lineEnd(text, at);
    for (;;) {
      let opening = at;
      while (text[opening] === ' ' && delimiter !== ' ') opening++;
      const quoted = text.charCodeAt(opening) === QUOTE ? quotedCell(text, opening, options) : undefined;
      if (text.charCodeAt(opening) === QUOTE && !quoted) openQuotes.push(line);
      if (quoted && quoted.lines > 0) {
        line += quoted.lines;
        end = lineEnd(text, quoted.end);
      }
      const cell = quoted ?? plainCell(text, at, end, delimiter);
      if (cell.text.length > maxCell) record.cut = true;
      record.cells.push(cell.text.length > maxCell ? cell.text.slice(0, maxCell) : cell.text);
      at = cell.end;
      if (at >= end) break;
      at += delimiter.length;
    }
    at = end + (text.charCodeAt(end) === CR && text.charCodeAt(end + 1) === LF ? 2 : 1);
    line++;
    if (record.cells.every((cell) => cell.trim() === '')) continue;
    if (options.onRecord) {
      if (!options.onRecord(record, start)) break;
    } else records.push(record);
  }
  return { records, openQuotes, lines: at > text.length ? line - 1 : line };
};

export const DELIMITERS = [',', ';', '\t', '|'] as const;

/**
 * The delimiter that cuts the first lines into the same number of cells most often; a tie goes to more cells.
 * Excel's own first line `sep=;` is obeyed.
 */
export const sniffDelimiter = (text: string): string => {
  const declared = /^sep=(.)\r?\n/i.exec(text);
  if (declared?.[1]) return declared[1];
  const sample = text.slice(0, 64 * 1024);
  let best: { delimiter: string; share: number; width: number } = { delimiter: ',', share: 0, width: 1 };
  for (const delimiter of DELIMITERS) {
    const widths: number[] = [];
    parseCsv(sample, { delimiter, maxCell: 4096, maxQuotedLines: 20, onRecord: (record) => widths.push(record.cells.length) < 40 });
    const tally = new Map<number, number>();
    for (const width of widths) if (width > 1) tally.set(width, (tally.get(width) ?? 0) + 1);
    for (const [width, count] of tally) {
      const share = count / widths.length;
      if (share > best.share + 1e-9 || (Math.abs(share - best.share) < 1e-9 && width > best.width)) best = { delimiter, share, width };
    }
  }
  return best.delimiter;
};

/** What a spreadsheet may run as a formula, full-width forms included (OWASP, "CSV Injection"); apostrophes in front are counted in. */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/u;

/** Text that no spreadsheet takes for a formula. `restoreText` undoes it. */
export const neutraliseText = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

/** What `neutraliseText` was given. */
export const restoreText = (text: string): string => (text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text);

export type CsvValue = string | number | boolean | null | undefined;

const cellText = (value: CsvValue, delimiter: string): string => {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' ? neutraliseText(value) : String(value);
  return text.includes('"') || text.includes(delimiter) || /[\r\n]|^\s|\s$/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** Rows as CSV text, CRLF-ended (RFC 4180), text neutralised. Put `BOM` in front for Excel. */
export const toCsv = (rows: readonly (readonly CsvValue[])[], delimiter = ','): string =>
  rows.map((row) => row.map((value) => cellText(value, delimiter)).join(delimiter) + '\r\n').join('');

export const BOM = '\uFEFF';
