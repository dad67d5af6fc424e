import type { DecimalMark } from '../../../lib/decimals';
import type { DateOrder } from '../../../lib/civil';
import { isDateColumn, isDistinct, isNumberColumn, type ColumnProfile } from './column-profile';
import { isWonFlag, LOST, namedOutcome, plainText, readFlag, WON } from './outcome';
import words from './column-words.json';

export const ROLES = ['key', 'entered', 'source', 'outcome', 'decided', 'lost', 'value'] as const;
export type Role = (typeof ROLES)[number];

/** The columns of one file by what they tell, and how its dates and numbers are written. */
export type FileReading = {
  columns: Partial<Record<Role, ColumnProfile>>;
  /** `Date entered "…"` columns: a stage history lying on its side. */
  stages: ColumnProfile[];
  dateOrder: DateOrder;
  decimalMark: DecimalMark;
  warnings: string[];
};

/** Headings that a person names on the command line; they stand above everything found. */
export type NamedColumns = Partial<Record<Role, string>>;

const HISTORY = /^date entered\b/iu;

/** Whether a column can be a role at all, by its values. */
const FITS: Record<Role, (profile: ColumnProfile) => boolean> = {
  key: (profile) => isDistinct(profile) && !isDateColumn(profile),
  entered: isDateColumn,
  source: (profile) => profile.filled > 0 && !isDateColumn(profile),
  outcome: (profile) => saysWon(profile),
  decided: isDateColumn,
  lost: isDateColumn,
  value: isNumberColumn,
};

/** Some value means won: by its name, or yes under a heading like `IsWon`. */
const saysWon = ({ values, heading }: ColumnProfile): boolean => {
  const found = [...(values?.keys() ?? [])];
  return found.some((value) => namedOutcome(value) === WON) || (isWonFlag(heading) && found.length > 0 && found.every((value) => readFlag(value) !== undefined));
};

const byWords = (profiles: readonly ColumnProfile[], role: Role): ColumnProfile | undefined => {
  const fitting = profiles.filter((profile) => profile.filled > 0 && FITS[role](profile));
  for (const word of words[role]) {
    const found = fitting.find(({ heading }) => plainText(heading) === word);
    if (found) return found;
  }
  return undefined;
};

const stageDate = (profiles: readonly ColumnProfile[], outcome: 'won' | 'lost'): ColumnProfile | undefined =>
  profiles.find((profile) => HISTORY.test(profile.heading) && new RegExp(`\\b(closed )?${outcome}\\b`, 'iu').test(profile.heading) && isDateColumn(profile));

/** Where no heading is known: the only columns left whose values fit. */
const byValues = (profiles: readonly ColumnProfile[], role: Role, taken: ReadonlySet<ColumnProfile>): ColumnProfile | undefined => {
  const left = profiles.filter((profile) => !taken.has(profile) && !HISTORY.test(profile.heading));
  // “Customer” under an unknown heading is more often a kind of contact than an outcome.
  if (role === 'outcome') return left.find(({ values }) => [...(values?.keys() ?? [])].some((value) => namedOutcome(value) === WON && !/customer/iu.test(value)));
  const hint = { decided: /won|closed?|order|sign|purchas|convert/iu, entered: /creat|contact|enter|open|start|receiv|inquir|lead/iu, lost: undefined }[role as string];
  return hint && left.find((profile) => isDateColumn(profile) && hint.test(profile.heading) && !/modif|updat|synced|last/iu.test(profile.heading));
};

const STAGE_HEADING = /^(deal|opportunity)?(stage|phase)(name)?$/u;
const MEANS_WON = /won|customer|convert|conversion|order|purchas|sign/iu;

/**
 * A stage without any win beside a date of closing: open deals carry the day they are hoped to close on, and lost ones the day they were lost, so that date alone
 * would call them all won.
 */
const stageWithoutWins = (profiles: readonly ColumnProfile[], decided: ColumnProfile | undefined): ColumnProfile | undefined => {
  if (!decided || MEANS_WON.test(decided.heading)) return undefined;
  const saysLost = ({ values }: ColumnProfile): boolean => [...(values?.keys() ?? [])].some((value) => namedOutcome(value) === LOST);
  const named = profiles.filter(({ heading, filled }) => filled > 0 && words.outcome.includes(plainText(heading)));
  return named.find(({ heading }) => STAGE_HEADING.test(plainText(heading))) ?? named.find(saysLost);
};

const ordered = (profiles: readonly ColumnProfile[]): { order: DateOrder; warnings: string[] } => {
  const dates = profiles.filter(isDateColumn);
  const sum = (pick: (profile: ColumnProfile) => number): number => dates.reduce((total, profile) => total + pick(profile), 0);
  const [dayFirst, monthFirst, open] = [sum(({ dates }) => dates.dayFirst), sum(({ dates }) => dates.monthFirst), sum(({ dates }) => dates.open)];
  const order: DateOrder = monthFirst > dayFirst ? 'mdy' : 'dmy';
  const names = dates.filter(({ dates }) => dates.open + dates.dayFirst + dates.monthFirst > 0).map(({ heading }) => `“${heading}”`).join(', ');
  if (dayFirst > 0 && monthFirst > 0 && open > 0)
    return { order, warnings: [`Dates in ${names} are written in both orders; ${open} that could be either were read ${order === 'dmy' ? 'day' : 'month'} first. --date-order settles it.`] };
  if (dayFirst + monthFirst === 0 && open > 0)
    return { order, warnings: [`Dates in ${names} could be day first or month first: no number over 12 tells. They were read day first; --date-order mdy reads them the other way.`] };
  return { order, warnings: [] };
};

const marked = (value: ColumnProfile | undefined): { mark: DecimalMark; warnings: string[] } => {
  const { point = 0, comma = 0, open = 0 } = value?.numbers ?? {};
  const mark: DecimalMark = comma > point ? ',' : '.';
  if (!value || point + comma > 0 || open === 0) return { mark, warnings: point > 0 && comma > 0 ? [`Numbers in “${value?.heading}” use both points and commas before decimals; they were read with a ${mark === '.' ? 'point' : 'comma'}.`] : [] };
  return { mark, warnings: [`Numbers in “${value.heading}” such as 1.234 could be decimals or thousands; the point or comma was read as a decimal mark.`] };
};

/** @throws RangeError when a named column is not in the file; the message lists those that are */
export const namedColumn = (profiles: readonly ColumnProfile[], name: string): ColumnProfile => {
  const found = profiles.find(({ heading }) => heading === name) ?? profiles.find(({ heading }) => plainText(heading) === plainText(name));
  if (!found) throw new RangeError(`no column is named “${name}”; there are ${profiles.map(({ heading }) => heading).join(', ')}`);
  return found;
};

/**
 * Finds the columns of a file by their headings, checked against their values; where no heading is known, by values alone. Nothing is taken
 * whose values do not fit.
 */
export const readFileColumns = (profiles: readonly ColumnProfile[], named: NamedColumns = {}, dateOrder?: DateOrder): FileReading => {
  const columns: Partial<Record<Role, ColumnProfile>> = {};
  for (const role of ROLES) {
    const name = named[role];
    const found = name === undefined ? byWords(profiles, role) : namedColumn(profiles, name);
    if (found) columns[role] = found;
  }
  columns.decided ??= stageDate(profiles, 'won');
  columns.lost ??= stageDate(profiles, 'lost');
  const taken = new Set(Object.values(columns));
  for (const role of ['outcome', 'decided', 'entered'] as const) {
    columns[role] ??= byValues(profiles, role, taken);
    if (columns[role]) taken.add(columns[role]);
  }
  columns.outcome ??= stageWithoutWins(profiles, columns.decided);
  const { order, warnings } = ordered(profiles);
  const { mark, warnings: markWarnings } = marked(columns.value);
  return {
    columns,
    stages: profiles.filter((profile) => HISTORY.test(profile.heading) && profile.dates.read > 0),
    dateOrder: dateOrder ?? order,
    decimalMark: mark,
    warnings: [...(dateOrder === undefined ? warnings : []), ...markWarnings],
  };
};
