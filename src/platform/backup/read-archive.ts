import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { MANIFEST_NAME, parseManifest, type Manifest, type Part } from './manifest';
import { ArchiveError, readTar, type Entry } from './tar';

/** The entries of a backup, in the order they were written. */
export async function* entriesIn(file: string): AsyncGenerator<Entry> {
  const source = createReadStream(file);
  const gunzip = createGunzip();
  source.on('error', (error) => gunzip.destroy(error));
  try {
    yield* readTar(source.pipe(gunzip) as AsyncIterable<Buffer>);
  } catch (error) {
    if (error instanceof ArchiveError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR') throw new ArchiveError(`${file} cannot be read (${code}). Check the name.`);
    throw new ArchiveError(code === 'Z_BUF_ERROR' ? 'The archive ends too early: it was cut off.' : 'The archive is damaged: it cannot be unpacked.');
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

const partsIn = (manifest: Manifest): Part[] => [...manifest.tables.flatMap(({ parts }) => parts), ...manifest.sealed.flatMap(({ parts, summary }) => [...parts, summary])];

/**
 * Reads the whole archive once and holds every part against the list of contents.
 * @throws ArchiveError naming what is wrong; nothing was written anywhere
 */
export const verifyArchive = async (file: string): Promise<Manifest> => {
  const seen = new Map<string, string>();
  let manifest: Manifest | null = null;
  for await (const { name, data } of entriesIn(file)) {
    if (manifest) throw new ArchiveError('The archive is damaged: something follows its end.');
    if (name === MANIFEST_NAME) manifest = parseManifest(data);
    else seen.set(name, createHash('sha256').update(data).digest('hex'));
  }
  if (!manifest) throw new ArchiveError('The archive ends too early, or is not a backup of Lockstep: its list of contents is missing.');
  for (const { name, sha256 } of partsIn(manifest)) {
    if (seen.get(name) !== sha256) throw new ArchiveError(`The archive is damaged: ${name} does not have the checksum it was written with.`);
    seen.delete(name);
  }
  if (seen.size > 0) throw new ArchiveError(`The archive is damaged: ${[...seen.keys()][0]} is not in its list of contents.`);
  return manifest;
};
