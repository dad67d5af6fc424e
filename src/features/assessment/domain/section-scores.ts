import { summarise, type Summary } from '../../../lib/statistics/describe';
import type { RatingMatrix } from '../../../lib/statistics/matrix';
import type { MissingRule } from '../../../lib/statistics/reliability';
import type { FunctionName } from '../../../lib/vocabulary';
import { BLANK, codeOf, type ClosedAnswer } from './answers';
import { sectionsFor, type Instrument, type Scale, type Section } from './instrument';

/**
 * A section's ratings, one row per person (reversed statements turned round), and each person's score: the mean of the ratings given,
 * times the number of statements where the section is read as a sum. NaN = gave none (MB ch. 5).
 */
export type SectionScores = { section: Section; ratings: RatingMatrix; scores: Float64Array };

/** A rating as it counts: reversed statements run from max to min. */
export const counted = (rating: number, reversed: boolean, scale: Scale): number => (reversed ? scale.min + scale.max - rating : rating);

/** Scores of persons. `listwise` gives nobody a score who left a statement open. */
export const scorePeople = (section: Section, ratings: RatingMatrix, missing: MissingRule = 'pairwise'): SectionScores => {
  const { rows, columns, values } = ratings;
  const scores = new Float64Array(rows);
  const factor = section.scoring === 'sum' ? columns : 1;
  const needed = missing === 'listwise' ? columns : 1;
  for (let row = 0, cell = 0; row < rows; row += 1) {
    let given = 0;
    let total = 0;
    for (const end = cell + columns; cell < end; cell += 1) {
      const value = values[cell] as number;
      if (value === value) {
        given += 1;
        total += value;
      }
    }
    scores[row] = given >= needed ? (total / given) * factor : NaN;
  }
  return { section, ratings, scores };
};

/** A team's score: the mean of its members' scores, with their spread. */
export const teamScore = ({ scores }: SectionScores, rows: Int32Array): Summary => summarise(scores, rows);

/** Byte → rating as it counts, 256 places per statement; NaN for blank, can't judge and bytes that stand for nothing. */
const decoder = (section: Section, scale: Scale): Float64Array => {
  const table = new Float64Array(section.statements.length * 256).fill(NaN);
  section.statements.forEach((statement, column) => {
    for (let rating = scale.min; rating <= scale.max; rating += 1) {
      table[column * 256 + codeOf(rating, scale)] = counted(rating, statement.reversed === true, scale);
    }
  });
  return table;
};

/** Where a section's first statement stands among a function's answers; absent for a function that was not asked it. */
export const offsetsOf = (instrument: Instrument, toolIds: readonly string[], section: Section): Partial<Record<FunctionName, number>> => {
  const offsets: Partial<Record<FunctionName, number>> = {};
  for (const audience of section.audience) {
    let offset = 0;
    for (const asked of sectionsFor(instrument, toolIds, audience)) {
      if (asked.id === section.id) {
        offsets[audience] = offset;
        break;
      }
      offset += asked.statements.length;
    }
  }
  return offsets;
};

/** Ratings of one section from stored answers; people whose function was not asked it have an empty row. */
export const readSection = (instrument: Instrument, toolIds: readonly string[], section: Section, answers: readonly ClosedAnswer[]): SectionScores => {
  const columns = section.statements.length;
  const table = decoder(section, instrument.scale);
  const offsets = offsetsOf(instrument, toolIds, section);
  const values = new Float64Array(answers.length * columns);
  for (let row = 0; row < answers.length; row += 1) {
    const { function: name, ratings } = answers[row] as ClosedAnswer;
    const offset = offsets[name];
    const first = row * columns;
    if (offset === undefined) values.fill(NaN, first, first + columns);
    else for (let c = 0; c < columns; c += 1) values[first + c] = table[c * 256 + ((ratings[offset + c] ?? BLANK) & 255)] as number;
  }
  return scorePeople(section, { rows: answers.length, columns, values });
};
