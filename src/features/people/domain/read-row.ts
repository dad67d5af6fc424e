import { restoreText } from '../../../lib/csv';
import type { RowFault, TableRow } from '../../../lib/table';
import { readDate } from './dates';
import { foldEmail } from '../../../lib/email';
import { functionMeaning, levelMeaning, type Mapping } from './mapping';
import { TEXT_LIMITS, type ImportField, type PersonValues, type ValueField } from './person';
import { oneLine } from '../../../lib/plain';
import { readYesNo } from './words';

/** Why a row stays out. */
export type RejectCode = RowFault | 'email_missing' | 'email_invalid' | 'duplicate_differs';

/** What a person should look at; the row comes in all the same, without the value named. */
export type WarnCode =
  | 'email_mixed_script'
  | 'email_other_script'
  | 'email_looks_like'
  | 'name_from_email'
  | 'function_unknown'
  | 'level_unknown'
  | 'date_unreadable'
  | 'yes_no_unreadable'
  | 'text_too_long'
  | 'manager_unknown'
  | 'manager_ambiguous'
  | 'manager_self'
  | 'manager_cycle'
  | 'restored';

export type RowProblem = { code: RejectCode | WarnCode; field: ImportField | null; detail: string };

/** A row as read: what it says and nothing else. A blank cell says nothing, so it never erases. */
export type RowDraft = {
  line: number;
  key: string | null;
  /** As written, for naming the row. */
  email: string;
  values: Partial<Omit<PersonValues, 'managerKey'>>;
  /** As written: an address or a name. */
  manager: string | null;
  problems: RowProblem[];
  rejected: RejectCode | null;
};

const SUFFIX = /^(jr|sr|ii|iii|iv|phd|ph\.d|dr|mba|msc|bsc|cpa|esq)\.?$/iu;

/** "Lee, Ann" reads "Ann Lee"; "King, Jr." stays. */
const straightName = (text: string): string => {
  const [last, first, ...more] = text.split(',').map((part) => part.trim());
  if (!last || !first || more.length > 0 || SUFFIX.test(first)) return text;
  return `${first} ${last}`;
};

type Cells = (field: ImportField) => string;

const nameOf = (cell: Cells): string => {
  const whole = straightName(cell('name'));
  if (whole !== '') return whole;
  return [cell('firstName'), cell('lastName')].filter((part) => part !== '').join(' ');
};

const readTexts = (cell: Cells, draft: RowDraft): void => {
  const texts: [ValueField & ('name' | 'territory' | 'department' | 'site'), string][] = [
    ['name', nameOf(cell)],
    ['territory', cell('territory')],
    ['department', cell('department')],
    ['site', cell('site')],
  ];
  for (const [field, text] of texts) {
    if (text === '') continue;
    if (text.length > (TEXT_LIMITS[field] ?? Infinity)) draft.problems.push({ code: 'text_too_long', field, detail: text.slice(0, 40) });
    else draft.values[field] = text;
  }
};

const readChoices = (cell: Cells, mapping: Mapping, draft: RowDraft): void => {
  const fn = cell('function');
  const activity = fn === '' ? null : functionMeaning(mapping.words, fn);
  if (activity === undefined) draft.problems.push({ code: 'function_unknown', field: 'function', detail: fn.slice(0, 80) });
  else if (activity !== null) draft.values.function = activity;
  const level = cell('level');
  const rank = level === '' ? null : levelMeaning(mapping.words, level);
  if (rank === undefined) draft.problems.push({ code: 'level_unknown', field: 'level', detail: level.slice(0, 80) });
  else if (rank !== null) draft.values.level = rank;
  const other = cell('workedInOtherFunction');
  const answer = other === '' ? null : readYesNo(other);
  if (answer === undefined) draft.problems.push({ code: 'yes_no_unreadable', field: 'workedInOtherFunction', detail: other.slice(0, 40) });
  else if (answer !== null) draft.values.workedInOtherFunction = answer;
};

/** Reads one row under a mapping. @param today yyyy-mm-dd, for two-digit years and bounds */
export const readRow = (row: TableRow, mapping: Mapping, today: string): RowDraft => {
  const cell: Cells = (field) => {
    const column = mapping.columns.indexOf(field);
    return column < 0 ? '' : oneLine(restoreText((row.cells[column] ?? '').trim()));
  };
  const email = cell('email');
  const folded = foldEmail(email);
  const draft: RowDraft = { line: row.line, key: folded.ok ? folded.key : null, email, values: {}, manager: cell('manager') || null, problems: [], rejected: null };
  // A rejected row is still called by its name, so that people find it in their list.
  const named = { name: nameOf(cell).slice(0, 80) };
  if (row.rejected) return { ...draft, values: named, rejected: row.rejected, problems: [{ code: row.rejected, field: null, detail: '' }] };
  if (!folded.ok) {
    const code = folded.reason === 'missing' ? 'email_missing' : 'email_invalid';
    return { ...draft, values: named, rejected: code, problems: [{ code, field: 'email', detail: email.slice(0, 80) }] };
  }
  if (folded.flag) draft.problems.push({ code: `email_${folded.flag}`, field: 'email', detail: email });
  readTexts(cell, draft);
  readChoices(cell, mapping, draft);
  const start = cell('startDate');
  if (start !== '') {
    const date = readDate(start, mapping.dateOrder, today);
    if (date) draft.values.startDate = date;
    else draft.problems.push({ code: 'date_unreadable', field: 'startDate', detail: start.slice(0, 40) });
  }
  return draft;
};
