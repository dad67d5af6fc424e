import { instantOf, wallClock } from '../../../lib/zoned-time';
import { refuse } from '../../../platform/http/refusal';
import type { Scope } from '../../../platform/rpc/with-workspace';
import { workspaceFacts } from '../../workspace/public';
import { instrumentOf, lockWave, type WaveRow } from '../ballots-repo';
import { builtInInstruments } from '../domain/built-in';
import type { WaveSetup } from '../domain/wave-setup';
import { MINIMUM_DEFAULT } from '../domain/wave-setup';
import { changeWave, deleteWave, insertWave } from '../waves-repo';

const FORTNIGHT = 14 * 86_400_000;

/** The end of a working day a fortnight on, on the workspace's clocks. */
const proposedClosing = (now: Date, timeZone: string): string => {
  const then = new Date(now.getTime() + FORTNIGHT);
  return (instantOf(`${wallClock(then, timeZone).slice(0, 10)}T18:00`, timeZone) ?? then).toISOString();
};

/** What a new draft proposes: the whole toolkit, everybody, five, a fortnight. */
const firstSetup = (now: Date, timeZone: string): WaveSetup => {
  const instrument = builtInInstruments[0];
  if (!instrument) throw new Error('no instrument ships with the product');
  return {
    instrumentId: instrument.id, instrumentVersion: instrument.version, toolIds: instrument.tools.map((tool) => tool.id),
    functions: ['sales', 'marketing', 'leadership'], minimum: { general: MINIMUM_DEFAULT, leadership: MINIMUM_DEFAULT }, shapes: {}, merges: [], bySlip: [],
    expectedResponse: 0.7, comments: true, opensAt: null, closesAt: proposedClosing(now, timeZone), locales: ['en'], reminderDaysBefore: [7, 2], smallestGap: null,
  };
};

/** Starts a draft; made from an earlier wave it asks the same again, so that the two can be compared. */
export const createDraft = async (scope: Scope, wanted: { name?: string; from?: string }): Promise<WaveRow> => {
  const earlier = wanted.from ? await lockWave(scope.tx, wanted.from) : undefined;
  if (wanted.from && !earlier) throw refuse.notFound('survey');
  const fresh = firstSetup(scope.now, (await workspaceFacts(scope.tx)).timeZone);
  const setup = earlier ? { ...earlier.setup, opensAt: null, closesAt: fresh.closesAt } : fresh;
  const month = scope.now.toISOString().slice(0, 7);
  const [row] = await insertWave(scope.tx, {
    workspaceId: scope.workspaceId, id: scope.newId(), name: wanted.name ?? (earlier ? `${earlier.name.replace(/ \(\d{4}-\d{2}\)$/, '')} (${month})` : month),
    state: 'draft', setup, previousWaveId: earlier?.state === 'closed' ? earlier.id : null, createdAt: scope.now,
  });
  if (!row) throw new Error('the draft was not written');
  await scope.audit({ action: 'wave.drafted', subjectKind: 'wave', subjectId: row.id, details: { name: row.name, from: wanted.from ?? null } });
  return row;
};

/** Changes a draft. Tools and statements must exist in the chosen instrument. */
export const changeDraft = async (scope: Scope, waveId: string, version: number, change: { name?: string; setup?: Partial<WaveSetup> }): Promise<WaveRow> => {
  const row = await lockWave(scope.tx, waveId);
  if (!row) throw refuse.notFound('survey');
  if (row.state !== 'draft') throw refuse.conflict('This survey was launched; its set-up is frozen. Nothing was changed.', 'Make a new survey from it to ask something else.');
  const setup = { ...row.setup, ...change.setup };
  const instrument = await instrumentOf(scope.tx, setup.instrumentId, setup.instrumentVersion);
  if (!instrument) throw refuse.invalid('There is no such questionnaire here. Nothing was changed.', 'Choose one of the list.', [{ path: 'setup.instrumentId', message: 'unknown' }]);
  const tools = instrument.tools.map((tool) => tool.id);
  const known = setup.toolIds.filter((id) => tools.includes(id));
  if (known.length < setup.toolIds.length && row.setup.instrumentId === setup.instrumentId)
    throw refuse.invalid('The questionnaire has no such tool. Nothing was changed.', 'Choose tools of the list.', [{ path: 'setup.toolIds', message: 'unknown' }]);
  // Another questionnaire brings tools of its own; an empty choice within the same one is a step on the way and stays.
  const toolIds = known.length === 0 && row.setup.instrumentId !== setup.instrumentId ? tools : known;
  const saved = await changeWave(scope.tx, { id: waveId, version }, { ...(change.name ? { name: change.name } : {}), setup: { ...setup, toolIds } });
  if (!saved) throw refuse.changedMeanwhile('survey');
  return saved;
};

export const removeDraft = async (scope: Scope, waveId: string): Promise<void> => {
  const row = await lockWave(scope.tx, waveId);
  if (!row) throw refuse.notFound('survey');
  if ((await deleteWave(scope.tx, waveId)).length === 0)
    throw refuse.conflict('Only a draft can be deleted. Nothing was changed.', 'A survey that was launched stays, so that its answers can be compared later.');
  await scope.audit({ action: 'wave.deleted', subjectKind: 'wave', subjectId: waveId, details: { name: row.name } });
};
