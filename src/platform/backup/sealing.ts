import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { ArchiveError } from './tar';

/**
 * Which rows belong to an open wave and under which key they are encrypted in a backup. The keys lie outside the
 * database and outside the archive; once a wave is closed its key is gone and with it what old backups could tell.
 */
export interface WaveSealing {
  /** Tables with a `wave_id` column whose rows must not be readable while their wave is open. */
  tables: readonly string[];
  /** SQL that gives the ids of the open waves. */
  openWaves: string;
  /** 32 bytes, or undefined when there is no such key. */
  keyOf(waveId: string): Promise<Buffer | undefined>;
}

/** Sealed parts grow in these steps, so that their size does not count the ballots. */
const STEP = 64 * 1024;
const PURPOSE = Buffer.from('lockstep-backup-1');

/** AES-256-GCM of length-prefixed, padded bytes; the part's name is bound in. */
export const sealPart = (key: Buffer, data: Buffer, name: string): Buffer => {
  const plain = Buffer.alloc(Math.ceil((data.length + 4) / STEP) * STEP);
  plain.writeUInt32BE(data.length, 0);
  data.copy(plain, 4);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.concat([PURPOSE, Buffer.from(name)]));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
};

/** @throws ArchiveError when the key is another one or the bytes were changed */
export const openPart = (key: Buffer, sealed: Buffer, name: string): Buffer => {
  try {
    return opened(key, sealed, name);
  } catch {
    throw new ArchiveError(`${name} cannot be opened with the key that is here: it is not the key the survey had when the backup was made. Copy the right folder wave-keys, or add --without-open-waves.`);
  }
};

const opened = (key: Buffer, sealed: Buffer, name: string): Buffer => {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12), { authTagLength: 16 }).setAAD(Buffer.concat([PURPOSE, Buffer.from(name)]));
  decipher.setAuthTag(sealed.subarray(sealed.length - 16));
  const plain = Buffer.concat([decipher.update(sealed.subarray(12, sealed.length - 16)), decipher.final()]);
  return plain.subarray(4, 4 + plain.readUInt32BE(0));
};
