import { hashSecret } from '../../platform/crypto/secrets';
import type { WorkspaceTx } from '../../platform/db/database';
import { refuse } from '../../platform/http/refusal';
import type { Services } from '../../platform/rpc/context';
import type { Locale } from '../../lib/vocabulary';
import { demoWorkspace, workspaceFacts, workspacesBehind } from '../workspace/public';
import type { WaveRow } from './ballots-repo';
import { readResults } from './commands/read-results';
import { present } from './present-results';
import { chartFor, type ChartRequest } from './reports/chart-for';
import { latestClosed, waveByShare } from './waves-repo';

/** Results and wording of one closed wave in one language. */
export const resultsIn = async (tx: WorkspaceTx, row: WaveRow, locale: Locale) => present(await workspaceFacts(tx), await readResults(tx, row), row, locale);

/** One drawing of a closed wave. @throws 404 when the wave has no such figure. */
export const drawingIn = async (tx: WorkspaceTx, row: WaveRow, request: ChartRequest) => {
  const drawing = row.instrument ? chartFor(await readResults(tx, row), row.instrument, request) : undefined;
  if (!drawing) throw refuse.notFound('figure');
  return drawing;
};

/** Runs `work` with the wave a public link shares. Comments stay inside: a public summary holds figures only. */
export const withShared = async <T>(services: Services, secret: string, work: (tx: WorkspaceTx, row: WaveRow) => Promise<T>): Promise<T> => {
  const hash = hashSecret(secret);
  const workspaceId = await workspacesBehind(services.db, 'share', hash);
  if (!workspaceId) throw refuse.gone('This link was ended, or is incomplete.', 'Ask the person who gave it to you for a new one.');
  return services.db.inWorkspace(workspaceId, async (tx) => {
    const row = await waveByShare(tx, hash);
    if (!row || row.state !== 'closed') throw refuse.gone('This link was ended, or is incomplete.', 'Ask the person who gave it to you for a new one.');
    return work(tx, row);
  });
};

/** Runs `work` with the demo company's latest closed wave, which is open to everybody. */
export const withSample = async <T>(services: Services, work: (tx: WorkspaceTx, row: WaveRow) => Promise<T>): Promise<T> => {
  const workspaceId = await demoWorkspace(services.db);
  if (!workspaceId) throw refuse.notFound('sample');
  return services.db.inWorkspace(workspaceId, async (tx) => {
    const row = await latestClosed(tx);
    if (!row) throw refuse.notFound('sample');
    return work(tx, row);
  });
};
