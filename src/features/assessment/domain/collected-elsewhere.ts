import type { Table } from '../../../lib/table';
import { FUNCTIONS, LEVELS, type FunctionName, type Level } from '../../../lib/vocabulary';
import { BLANK, CANNOT_JUDGE, codeOf } from './answers';
import { sectionsFor, type Instrument } from './instrument';
import type { TreeNode } from './tree.types';

/** One person's answers from paper or another tool, as the ballot box would hold them. */
export type CollectedAnswer = { function: FunctionName; level: Level; territory: string; ratings: Uint8Array; comment: string | null };
export type CollectedProblem = { line: number; message: string };
/** `toolIds`: the tools that the file has a column of; the others were not asked. */
export type Collected = { ok: true; answers: CollectedAnswer[]; toolIds: string[] } | { ok: false; problems: CollectedProblem[] };

const MAX_PROBLEMS = 100;
const CANNOT_JUDGE_WORDS = new Set(['?', 'x', "can't judge", 'cannot judge', 'na', 'n/a']);

const word = (value: string): string => value.trim().toLowerCase().replace(/[\s-]+/g, '_');

/**
 * Reads answers collected elsewhere: columns `function`, `level` and `territory` (the last two may be missing), one column per
 * statement id, `comment` if there is one. A blank cell is no answer; `?` is "can't judge". Every problem names its line, and
 * with any problem nothing is taken.
 */
export const readCollected = (table: Table, instrument: Instrument): Collected => {
  const problems: CollectedProblem[] = [];
  const report = (line: number, message: string) => problems.length < MAX_PROBLEMS && problems.push({ line, message });
  const column = (name: string) => table.headings.findIndex((heading) => heading.trim().toLowerCase() === name.toLowerCase());
  const at = { function: column('function'), level: column('level'), territory: column('territory'), comment: column('comment') };
  if (at.function < 0) return { ok: false, problems: [{ line: 1, message: 'there is no column "function" with sales, marketing or leadership' }] };
  const toolIds = instrument.tools.filter((tool) => tool.sections.some((section) => section.statements.some(({ id }) => column(id) >= 0))).map(({ id }) => id);
  if (toolIds.length === 0) return { ok: false, problems: [{ line: 1, message: `no column is named after a statement of ${instrument.id}` }] };
  const statements = Object.fromEntries(
    FUNCTIONS.map((name) => [name, sectionsFor(instrument, toolIds, name).flatMap((section) => section.statements.map(({ id }) => ({ id, at: column(id) })))]),
  ) as Record<FunctionName, { id: string; at: number }[]>;
  const answers: CollectedAnswer[] = [];
  for (const { cells, line } of table.rows) {
    const name = FUNCTIONS.find((each) => each === word(cells[at.function] ?? ''));
    if (!name) {
      report(line, `"${(cells[at.function] ?? '').slice(0, 40)}" is no function; use sales, marketing or leadership`);
      continue;
    }
    const said = at.level < 0 ? '' : word(cells[at.level] ?? '');
    const level = said === '' ? 'front_line' : LEVELS.find((each) => each === said);
    if (!level) report(line, `"${said.slice(0, 40)}" is no level; use leader, manager or front line`);
    const ratings = Uint8Array.from(statements[name], (statement) => {
      const cell = statement.at < 0 ? '' : (cells[statement.at] ?? '').trim();
      if (cell === '') return BLANK;
      if (CANNOT_JUDGE_WORDS.has(cell.toLowerCase())) return CANNOT_JUDGE;
      const rating = Number(cell);
      if (Number.isInteger(rating) && rating >= instrument.scale.min && rating <= instrument.scale.max) return codeOf(rating, instrument.scale);
      report(line, `${statement.id} is "${cell.slice(0, 40)}"; use a whole number from ${instrument.scale.min} to ${instrument.scale.max}, ? for can't judge, or leave it blank`);
      return BLANK;
    });
    if (ratings.every((code) => code === BLANK)) report(line, 'the row holds no answer');
    const comment = at.comment < 0 ? '' : (cells[at.comment] ?? '').trim();
    answers.push({ function: name, level: level ?? 'front_line', territory: at.territory < 0 ? '' : (cells[at.territory] ?? '').trim(), ratings, comment: comment || null });
  }
  if (problems.length > 0) return { ok: false, problems };
  return answers.length === 0 ? { ok: false, problems: [{ line: 0, message: 'the file has headings but no answers' }] } : { ok: true, answers, toolIds };
};

/**
 * A tree planned from those who answered, with the number of people who were asked: parts grow in proportion, since only the
 * function's total is known.
 */
export const withInvited = (root: TreeNode, invited: number): TreeNode => {
  const factor = root.invited > 0 ? Math.max(1, invited / root.invited) : 1;
  const grow = (node: TreeNode): TreeNode => ({ ...node, invited: Math.round(node.invited * factor), children: node.children.map(grow) });
  return { ...grow(root), invited: Math.max(invited, root.invited) };
};
