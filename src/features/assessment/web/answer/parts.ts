import { CANNOT_JUDGE, OPEN, type OpenResponse, type RespondentSection, type RespondentStatement } from '../../answer-contract';

/** Answers on this device by statement id: place of the key from 1, or CANNOT_JUDGE. A statement left open has no entry. */
export type Answers = Record<string, number>;

export const statementsOf = (opened: Pick<OpenResponse, 'sections'>): RespondentStatement[] => opened.sections.flatMap((section) => section.statements);

/** Statements of a section without an answer; "cannot judge" is one. */
export const openIn = (section: RespondentSection, answers: Answers): RespondentStatement[] =>
  section.statements.filter((statement) => (answers[statement.id] ?? OPEN) === OPEN);

/** What is sent: one number per statement, in order. */
export const answerVector = (opened: Pick<OpenResponse, 'sections'>, answers: Answers): number[] => statementsOf(opened).map((statement) => answers[statement.id] ?? OPEN);

export const answersFrom = (opened: Pick<OpenResponse, 'sections'>, vector: readonly number[]): Answers =>
  Object.fromEntries(statementsOf(opened).flatMap((statement, at) => (vector[at] ? [[statement.id, vector[at]]] : [])));

export type Tally = { all: number; answered: number; cannotJudge: number; open: number };

export const tally = (opened: Pick<OpenResponse, 'sections'>, answers: Answers): Tally => {
  const vector = answerVector(opened, answers);
  const open = vector.filter((value) => value === OPEN).length;
  const cannotJudge = vector.filter((value) => value === CANNOT_JUDGE).length;
  return { all: vector.length, answered: vector.length - open - cannotJudge, cannotJudge, open };
};

/** Share of statements dealt with, 0..1. */
export const progress = (opened: Pick<OpenResponse, 'sections'>, answers: Answers): number => {
  const { all, open } = tally(opened, answers);
  return all === 0 ? 1 : (all - open) / all;
};

/** Minutes still needed, at least one while something is open. */
export const minutesLeft = (opened: Pick<OpenResponse, 'sections' | 'minutes'>, answers: Answers): number => {
  const { all, open } = tally(opened, answers);
  return open === 0 ? 0 : Math.max(1, Math.round((opened.minutes * open) / all));
};

/** Number of keys on the scale. */
export const pointsOf = (scale: OpenResponse['scale']): number => scale.max - scale.min + 1;

/** What stands on a key. */
export const keyLabel = (scale: OpenResponse['scale'], place: number): string => String(scale.min + place - 1);
