import { sql } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';
import type { Services } from '../../platform/rpc/context';
import { AnswerFault } from './answer-fault';
import { shareBallotLock, waveState } from './ballots-repo';
import type { WaveRuntime } from './wave-runtime';

export type ReceivedBallot = { serial: Buffer; leafId: string; signature: Buffer; answers: Buffer; comment: string | null };

/**
 * Writes what arrives while the last write is under way in one transaction: five thousand ballots at once then take dozens of
 * commits instead of thousands. Nobody waits on purpose: a lone ballot is written at once.
 */
export type BallotWriter = {
  /** Resolves once the ballot is on disk. @throws AnswerFault closed */
  write(wave: WaveRuntime, ballot: ReceivedBallot): Promise<void>;
};

const MOST_AT_ONCE = 250;

type Waiting = { ballot: ReceivedBallot; resolve(): void; reject(error: unknown): void };
type Line = { waiting: Waiting[]; writing: boolean };

export const createBallotWriter = (services: Services): BallotWriter => {
  const lines = new Map<string, Line>();
  const drain = async (wave: WaveRuntime, line: Line): Promise<void> => {
    line.writing = true;
    while (line.waiting.length > 0) {
      const batch = line.waiting.splice(0, MOST_AT_ONCE);
      await save(services, wave, batch.map(({ ballot }) => ballot)).then(
        () => batch.forEach(({ resolve }) => resolve()),
        (error: unknown) => batch.forEach(({ reject }) => reject(error)),
      );
    }
    lines.delete(wave.waveId);
  };
  return {
    write: (wave, ballot) =>
      new Promise((resolve, reject) => {
        const line = lines.get(wave.waveId) ?? { waiting: [], writing: false };
        lines.set(wave.waveId, line);
        line.waiting.push({ ballot, resolve, reject });
        if (!line.writing) void drain(wave, line);
      }),
  };
};

const save = (services: Services, wave: WaveRuntime, ballots: ReceivedBallot[]): Promise<void> =>
  services.db.inWorkspace(wave.workspaceId, async (tx) => {
    await shareBallotLock(tx, wave.waveId);
    const row = await waveState(tx, wave.waveId);
    const graceEnds = (row?.closesAt?.getTime() ?? 0) + services.config.closeGraceMs;
    if (!row || (row.state !== 'open' && row.state !== 'closing') || services.now().getTime() > graceEnds) throw new AnswerFault('closed');
    await insert(tx, wave, row.setup.comments ? ballots : ballots.map((ballot) => ({ ...ballot, comment: null })));
  });

/**
 * The first ballot of a serial counts; a repeated one changes nothing and says nothing. In order of serials, which are random:
 * two servers that are sent the same ballots then wait for each other in the same order, and none tells which came first.
 */
const insert = (tx: WorkspaceTx, wave: WaveRuntime, ballots: ReceivedBallot[]) => {
  const column = (of: keyof ReceivedBallot) => sql.param(ballots.map((ballot) => ballot[of]));
  return tx.execute(sql`
    insert into ballot_box (workspace_id, wave_id, serial, leaf_id, signature, answers, comment)
    select ${wave.workspaceId}, ${wave.waveId}, b.* from unnest(${column('serial')}::bytea[], ${column('leafId')}::text[], ${column('signature')}::bytea[], ${column('answers')}::bytea[], ${column('comment')}::text[]) as b (serial, leaf_id, signature, answers, comment)
    order by b.serial
    on conflict do nothing`);
};
