import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FileFault } from '../../platform/files/limits';
import { EXPORT_LIMITS } from './open-table';

/** Where uploaded exports wait until they are applied or dropped: one folder a workspace, named by ids only. */
export const uploadPath = (dataDir: string, workspaceId: string, importId: string): string => join(dataDir, 'uploads', workspaceId, importId);

/** Where a file is written while it comes in. */
export const partPath = (path: string, own: string): string => `${path}.${own}.part`;

/** Writes what a browser sends to disk as it comes. @throws FileFault file_too_big, file_empty; nothing is left then */
export const keepUpload = async (path: string, body: AsyncIterable<Uint8Array>): Promise<{ bytes: number; hash: string }> => {
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
  const digest = createHash('sha256');
  let bytes = 0;
  const counting = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      if (bytes > EXPORT_LIMITS.fileBytes) return done(new FileFault('file_too_big', String(EXPORT_LIMITS.fileBytes / 1024 ** 2)));
      digest.update(chunk);
      done(null, chunk);
    },
  });
  try {
    await pipeline(body, counting, createWriteStream(path, { mode: 0o600 }));
    if (bytes === 0) throw new FileFault('file_empty');
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
  return { bytes, hash: digest.digest('hex') };
};

export const dropUpload = (path: string): Promise<void> => rm(path, { force: true });

/** An empty file in the place of one that is gone: there is work to do for this import. */
export const markUpload = async (path: string): Promise<void> => {
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
  await writeFile(path, '', { mode: 0o600 });
};

const namesIn = (path: string): Promise<string[]> =>
  readdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });

/** Every import with a file here, that is, one that is not done with. */
export const uploadsWaiting = async (dataDir: string): Promise<{ workspaceId: string; importId: string }[]> => {
  const waiting: { workspaceId: string; importId: string }[] = [];
  for (const workspaceId of await namesIn(join(dataDir, 'uploads'))) for (const importId of await namesIn(join(dataDir, 'uploads', workspaceId))) waiting.push({ workspaceId, importId });
  return waiting;
};

/** Whether nothing has been written to the file for as long as no upload pauses. */
export const isLeftOver = async (path: string, now: Date): Promise<boolean> => {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && now.getTime() - found.mtimeMs > 3_600_000;
};
