import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { seal, unseal } from '../../platform/crypto/sealing';
import type { WorkspaceTx } from '../../platform/db/database';
import { keyFiles, type KeyFiles } from '../../platform/files/key-files';
import { leafKey, waveSecret } from './schema';

/**
 * One key per open wave, in a file outside the database and outside every backup. Private ballot keys and the secret that
 * links are made from lie in the database sealed under it; destroying the file at close ends them everywhere.
 */
export const waveKeys = (config: { dataDir: string }): KeyFiles => keyFiles(config.dataDir, 'wave-keys');

const forSecret = (waveId: string): string => `lockstep-wave-secret|${waveId}`;
const forLeaf = (waveId: string, leafId: string): string => `lockstep-leaf-key|${waveId}|${leafId}`;

export const newWaveSecret = (waveKey: Buffer, waveId: string): { secret: Buffer; sealed: Buffer } => {
  const secret = randomBytes(32);
  return { secret, sealed: seal(waveKey, secret, forSecret(waveId)) };
};

export const sealLeafKey = (waveKey: Buffer, waveId: string, leafId: string, privateDer: Buffer): Buffer => seal(waveKey, privateDer, forLeaf(waveId, leafId));

/** The wave's key file is not on this machine. */
export class WaveKeyMissingError extends Error {
  override name = 'WaveKeyMissingError';
  constructor() {
    super('The key of this open survey is missing from the data folder (wave-keys). Every server needs the same data folder; after a restore, put the key file back.');
  }
}

export type WaveSecrets = { tokenSecret: Buffer; privateKeys: Map<string, Buffer> };

/** @throws WaveKeyMissingError */
export const readWaveSecrets = async (tx: WorkspaceTx, keys: KeyFiles, waveId: string): Promise<WaveSecrets> => {
  const waveKey = await keys.read(waveId);
  const [row] = await tx.select({ sealed: waveSecret.sealed }).from(waveSecret).where(eq(waveSecret.waveId, waveId));
  if (!waveKey || !row) throw new WaveKeyMissingError();
  const sealedKeys = await tx.select({ leafId: leafKey.leafId, sealed: leafKey.sealedPrivate }).from(leafKey).where(eq(leafKey.waveId, waveId));
  return {
    tokenSecret: unseal(waveKey, row.sealed, forSecret(waveId)),
    privateKeys: new Map(sealedKeys.map(({ leafId, sealed }) => [leafId, unseal(waveKey, sealed, forLeaf(waveId, leafId))])),
  };
};
