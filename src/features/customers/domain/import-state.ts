/** Where a file stands. Only `checked` can be applied, only `applied` reverted; a failed one changed nothing. */
export const IMPORT_STATES = ['uploaded', 'checking', 'checked', 'applying', 'applied', 'reverting', 'reverted', 'cancelled', 'failed'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** What becomes of a row. `merged`: an earlier row of the same file had the same key, the later one's values hold. */
export const ROW_OUTCOMES = ['new', 'changed', 'same', 'merged', 'rejected'] as const;
export type RowOutcome = (typeof ROW_OUTCOMES)[number];

/** What people do with a file; checking follows by itself. */
export const IMPORT_ACTS = ['apply', 'cancel', 'revert'] as const;
export type ImportAct = 'check' | (typeof IMPORT_ACTS)[number];

const FROM: Readonly<Record<ImportAct, readonly ImportState[]>> = {
  check: ['uploaded', 'checked', 'failed', 'cancelled', 'reverted'],
  apply: ['checked'],
  cancel: ['uploaded', 'checking', 'checked', 'applying'],
  revert: ['applied'],
};

/** Whether the act makes sense where the file stands. */
export const mayAct = (act: ImportAct, state: ImportState): boolean => FROM[act].includes(state);
