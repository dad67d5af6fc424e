import type { KeyObject } from 'node:crypto';
import { publicKeyFrom } from '../../platform/crypto/blind-signature';
import type { Services } from '../../platform/rpc/context';
import type { FunctionName } from '../../lib/vocabulary';
import type { PublicLeaf } from './answer-contract';
import { findWave, invitationsOf, leavesOfWave, workspaceOfWave, type LeafRow, type WaveRow } from './ballots-repo';
import { sectionsFor, type Instrument } from './domain/instrument';
import { linkToken, shortCode } from './tokens';
import { readWaveSecrets, waveKeys, type WaveSecrets } from './wave-secrets';

/** What never changes about a launched wave, kept in memory while it is open: respondents' requests read it from here. */
export type WaveRuntime = {
  workspaceId: string;
  waveId: string;
  instrument: Instrument;
  toolIds: string[];
  listHash: string;
  list: PublicLeaf[];
  leaves: Map<string, RuntimeLeaf>;
  privateKeys: Map<string, Buffer>;
  /** The invitation a link's token or a typed code stands for. */
  invitationBehind(secret: string): Promise<{ id: string; leafId: string; slip: boolean; token: string } | undefined>;
};

export type RuntimeLeaf = { row: LeafRow; function: FunctionName; publicKey: KeyObject; statements: number };

export type WaveRuntimes = {
  /** Undefined for an unknown, closed or never launched wave. */
  find(waveId: string): Promise<WaveRuntime | undefined>;
  /** Every open wave of the installation, for short codes, which name no wave. */
  all(): Promise<WaveRuntime[]>;
  forget(waveId: string): void;
};

const perServer = new WeakMap<Services, WaveRuntimes>();

/** One memory per server: the close job forgets there what requests read. */
export const waveRuntimesOf = (services: Services): WaveRuntimes => {
  const found = perServer.get(services) ?? createWaveRuntimes(services);
  perServer.set(services, found);
  return found;
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const createWaveRuntimes = (services: Services): WaveRuntimes => {
  const known = new Map<string, Promise<WaveRuntime | undefined>>();
  const find = (waveId: string): Promise<WaveRuntime | undefined> => {
    if (!UUID.test(waveId)) return Promise.resolve(undefined);
    const found = known.get(waveId) ?? load(services, waveId);
    known.set(waveId, found);
    // Only what stays true is kept: an unknown wave may be launched a moment later.
    found.then((wave) => wave ?? known.delete(waveId), () => known.delete(waveId));
    return found;
  };
  return {
    find,
    all: async () => {
      const waves = await Promise.all((await waveKeys(services.config).list()).map((waveId) => find(waveId)));
      return waves.filter((wave) => wave !== undefined);
    },
    forget: (waveId) => void known.delete(waveId),
  };
};

const load = async (services: Services, waveId: string): Promise<WaveRuntime | undefined> => {
  const workspaceId = await services.db.outside((tx) => workspaceOfWave(tx, waveId));
  if (!workspaceId) return undefined;
  return services.db.inWorkspace(workspaceId, async (tx) => {
    const row = await findWave(tx, waveId);
    if (!row?.instrument || (row.state !== 'open' && row.state !== 'closing')) return undefined;
    const secrets = await readWaveSecrets(tx, waveKeys(services.config), waveId);
    return assemble(services, row, row.instrument, await leavesOfWave(tx, waveId), secrets);
  });
};

const assemble = (services: Services, row: WaveRow, instrument: Instrument, leaves: LeafRow[], secrets: WaveSecrets): WaveRuntime => {
  const statements = (name: FunctionName) => sectionsFor(instrument, row.setup.toolIds, name).reduce((sum, section) => sum + section.statements.length, 0);
  return {
    workspaceId: row.workspaceId,
    waveId: row.id,
    instrument,
    toolIds: row.setup.toolIds,
    listHash: row.listHash ?? '',
    list: leaves.map((leaf) => ({ leaf: leaf.id, invited: leaf.invited, spki: leaf.spki.toString('base64url') })),
    leaves: new Map(leaves.map((leaf) => [leaf.id, { row: leaf, function: leaf.function, publicKey: publicKeyFrom(leaf.spki), statements: statements(leaf.function) }])),
    privateKeys: secrets.privateKeys,
    invitationBehind: invitationFinder(services, row, secrets.tokenSecret),
  };
};

type Found = { id: string; leafId: string; slip: boolean; token: string };

/** Tokens are not stored, so they are computed once for all of the wave's invitations and looked up in memory. */
const invitationFinder = (services: Services, row: WaveRow, tokenSecret: Buffer): WaveRuntime['invitationBehind'] => {
  let index: Promise<Map<string, Found>> | undefined;
  const build = async (): Promise<Map<string, Found>> => {
    const rows = await services.db.inWorkspace(row.workspaceId, (tx) => invitationsOf(tx, row.id));
    return new Map(
      rows.flatMap(({ id, personId, leafId }): [string, Found][] => {
        const found = { id, leafId, slip: personId === null, token: linkToken(tokenSecret, id) };
        return [[found.token, found], [shortCode(tokenSecret, id), found]];
      }),
    );
  };
  return async (secret) => {
    index ??= build();
    try {
      return (await index).get(secret);
    } catch (error) {
      index = undefined;
      throw error;
    }
  };
};
