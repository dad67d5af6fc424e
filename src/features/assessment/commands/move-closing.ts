import { refuse } from '../../../platform/http/refusal';
import type { Scope } from '../../../platform/rpc/with-workspace';
import { lockWave, type WaveRow } from '../ballots-repo';
import { setWave } from '../waves-repo';

/** Moves the closing of an open wave later. Never earlier: whoever planned to answer until then keeps their time. */
export const extendWave = async (scope: Scope, waveId: string, closesAt: Date): Promise<WaveRow> => {
  const row = await openWave(scope, waveId);
  if (row.closesAt && closesAt <= row.closesAt) throw refuse.invalid('The new closing time is not later than the present one. Nothing was changed.', 'To close earlier, use "close now".', [{ path: 'closesAt', message: 'too early' }]);
  return moved(scope, row, { closesAt }, 'wave.extended');
};

/** Closes now. Ballots under way are accepted until the grace time is over; then the close job counts. */
export const closeNow = async (scope: Scope, waveId: string): Promise<WaveRow> => {
  const row = await openWave(scope, waveId);
  const closing = await moved(scope, row, { state: 'closing', closesAt: scope.now }, 'wave.closed_early');
  scope.afterwards(() => scope.services.jobs.send('assessment-tend', {}));
  return closing;
};

const openWave = async (scope: Scope, waveId: string): Promise<WaveRow> => {
  const row = await lockWave(scope.tx, waveId);
  if (!row) throw refuse.notFound('survey');
  // Its time may be over before the job that looks after it has noted so; what is over is not opened again.
  if (row.state !== 'open' || (row.closesAt && row.closesAt <= scope.now)) throw refuse.conflict('This survey is not open. Nothing was changed.', 'Only an open survey can be closed or extended.');
  return row;
};

const moved = async (scope: Scope, row: WaveRow, change: { state?: 'closing'; closesAt: Date }, action: string): Promise<WaveRow> => {
  const saved = await setWave(scope.tx, row.id, change);
  if (!saved) throw refuse.notFound('survey');
  await scope.audit({ action, subjectKind: 'wave', subjectId: row.id, details: { from: row.closesAt?.toISOString() ?? null, to: change.closesAt.toISOString() } });
  return saved;
};
