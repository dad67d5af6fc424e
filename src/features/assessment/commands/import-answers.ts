import { FUNCTIONS, type FunctionName } from '../../../lib/vocabulary';
import { wallClock } from '../../../lib/zoned-time';
import { faultSentence } from '../../../platform/files/fault-sentences';
import { FileFault, TABLE_LIMITS } from '../../../platform/files/limits';
import { readCsv } from '../../../platform/files/read-csv';
import { refuse } from '../../../platform/http/refusal';
import { workspaceFacts } from '../../workspace/public';
import type { Scope } from '../../../platform/rpc/with-workspace';
import { readCollected, withInvited, type CollectedAnswer } from '../domain/collected-elsewhere';
import type { Instrument } from '../domain/instrument';
import { leafFor, planTrees, type HeadCount } from '../domain/tree';
import { instrumentsHere } from '../instruments-here';
import { writeClosedWave } from './write-closed-wave';

export type ImportAnswers = {
  name: string; instrumentId: string; text: string; closedOn: string; dryRun: boolean;
  minimum: number; invited: Partial<Record<FunctionName, number>>;
};

const counts = (answers: readonly CollectedAnswer[]) =>
  Object.fromEntries(FUNCTIONS.map((name) => [name, answers.filter((answer) => answer.function === name).length])) as Record<FunctionName, number>;

/**
 * Brings answers collected on paper or elsewhere in as a closed wave, through the same tree, gate and shuffling as our own.
 * Whoever made the file knew the answers already; here nobody learns more than the gate lets out.
 */
export const importAnswers = async (scope: Scope, wanted: ImportAnswers) => {
  const instrument = (await instrumentsHere(scope.tx)).find((each) => each.id === wanted.instrumentId);
  if (!instrument) throw refuse.notFound('questionnaire');
  const { timeZone } = await workspaceFacts(scope.tx);
  // A day is meant on the workspace's clocks; answers complete today are complete now.
  const closedAt = new Date(Math.min(Date.parse(`${wanted.closedOn}T12:00:00Z`), scope.now.getTime()));
  if (wanted.closedOn > wallClock(scope.now, timeZone).slice(0, 10)) throw refuse.invalid('The closing day lies in the future. Nothing was saved.', 'Give the day on which the answers were complete.', [{ path: 'closedOn', message: 'in the future' }]);
  const read = tableOf(wanted.text, instrument);
  if (!read.ok) return { wave: null, counts: counts([]), problems: read.problems };
  if (wanted.dryRun) return { wave: null, counts: counts(read.answers), problems: [] };
  const id = await keep(scope, wanted, instrument, read.toolIds, read.answers, closedAt);
  await scope.audit({ action: 'wave.imported', subjectKind: 'wave', subjectId: id, details: { name: wanted.name, answers: read.answers.length } });
  return { wave: id, counts: counts(read.answers), problems: [] };
};

const tableOf = (text: string, instrument: Instrument): ReturnType<typeof readCollected> => {
  try {
    return readCollected(readCsv(Buffer.from(text), { ...TABLE_LIMITS, rows: 100_000 }), instrument);
  } catch (error) {
    if (error instanceof FileFault) return { ok: false, problems: [{ line: 0, message: faultSentence(error, true) }] };
    throw error;
  }
};

const keep = async (scope: Scope, wanted: ImportAnswers, instrument: Instrument, toolIds: string[], answers: CollectedAnswer[], closedAt: Date): Promise<string> => {
  const minimum = { general: wanted.minimum, leadership: wanted.minimum };
  const heads = new Map<string, HeadCount>();
  for (const { function: name, level, territory } of answers) {
    const key = `${name}|${level}|${territory}`;
    const cell = heads.get(key) ?? { function: name, level, territory, people: 0 };
    heads.set(key, { ...cell, people: cell.people + 1 });
  }
  const plan = planTrees([...heads.values()], { minimum });
  if (plan.trees.length === 0)
    throw refuse.invalid(`No function has ${wanted.minimum} answers, so nothing could ever be shown. Nothing was saved.`, 'Collect more answers, or bring in a file with all of them.');
  const trees = plan.trees.map((root) => withInvited(root, wanted.invited[root.path.function] ?? root.invited));
  const id = scope.newId();
  await writeClosedWave(
    scope.tx,
    {
      workspaceId: scope.workspaceId, id, name: wanted.name, instrument, trees, closesAt: closedAt, closedAt, opensAt: closedAt, createdAt: scope.now,
      setup: {
        instrumentId: instrument.id, instrumentVersion: instrument.version, toolIds, functions: [...FUNCTIONS], minimum, shapes: plan.shapes, merges: [], bySlip: [], expectedResponse: 1,
        comments: answers.some((answer) => answer.comment !== null), opensAt: null, closesAt: closedAt.toISOString(), locales: ['en'], reminderDaysBefore: [], smallestGap: null,
      },
    },
    answers.flatMap((answer) => {
      const home = leafFor(trees, answer);
      return home ? [{ leafId: home.id, function: answer.function, ratings: answer.ratings, comment: answer.comment }] : [];
    }),
  );
  return id;
};
