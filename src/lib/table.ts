/** A table read from a file: headings, then rows that still know which line of the file they came from. */
export type Table = {
  headings: string[];
  /** Every row of the file below the headings that is not blank, once each, rejected ones included. */
  rows: TableRow[];
  /** What a person should know about the file; none of these stops it from being read. */
  problems: TableProblem[];
  source: TableSource;
};

export type TableRow = {
  /** 1-based line of the text file, or row of the sheet, on which the row begins. */
  line: number;
  /** As long as `headings`; a cell the row does not have is empty. */
  cells: string[];
  /** Set when the row cannot be trusted; its cells are then what could be read. */
  rejected?: RowFault;
};

export type RowFault = 'cell_too_long' | 'too_many_cells';

export type TableProblem = {
  code:
    | 'quote_never_closed'
    | 'nul_removed'
    | 'damaged_characters'
    | 'mixed_encodings'
    | 'duplicate_heading'
    | 'empty_heading'
    | 'other_sheets';
  /** 0 when the whole file is meant. */
  line: number;
  /** What the message names: a heading, sheet names, a count. */
  detail?: string;
};

export type TableSource =
  | { kind: 'csv'; encoding: string; delimiter: string }
  | { kind: 'xlsx'; sheet: string };

/** A heading that stands in for an empty one: spreadsheets name columns by letter, so people find it. */
export const columnLetters = (index: number): string => {
  let letters = '';
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters;
};

/**
 * Headings made usable: trimmed, one line, never empty, never twice ("Name", "Name (2)").
 * @returns the headings and what had to be mended.
 */
export const tidyHeadings = (raw: readonly string[], line: number): { headings: string[]; problems: TableProblem[] } => {
  const problems: TableProblem[] = [];
  const taken = new Set<string>();
  const headings = raw.map((cell, index) => {
    const text = cell.replace(/\s+/gu, ' ').trim();
    if (text === '') problems.push({ code: 'empty_heading', line, detail: columnLetters(index) });
    const base = text === '' ? `Column ${columnLetters(index)}` : text;
    let name = base;
    for (let copy = 2; taken.has(name.toLowerCase()); copy++) name = `${base} (${copy})`;
    if (name !== base) problems.push({ code: 'duplicate_heading', line, detail: base });
    taken.add(name.toLowerCase());
    return name;
  });
  return { headings, problems };
};
