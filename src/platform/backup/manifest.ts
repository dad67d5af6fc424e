import { z } from 'zod';
import { ArchiveError } from './tar';

/** Raised when an older program could no longer read what is written. */
export const FORMAT_VERSION = 1;
export const MANIFEST_NAME = 'manifest.json';

const part = z.object({ name: z.string(), bytes: z.int().min(0), sha256: z.string().length(64) });
const table = z.object({
  schema: z.string(),
  name: z.string(),
  columns: z.array(z.string()).min(1),
  rows: z.int().min(0),
  /** Order-free fingerprint of the rows (RowDigest). */
  digest: z.string().length(64),
  parts: z.array(part),
});
/** Rows of an open wave, encrypted under its key; their count and fingerprint are inside. */
const sealedGroup = z.object({ schema: z.string(), name: z.string(), columns: z.array(z.string()).min(1), wave: z.uuid(), summary: part, parts: z.array(part) });

export const manifestShape = z.object({
  format: z.literal('lockstep-backup'),
  formatVersion: z.int().min(1),
  program: z.string(),
  madeAt: z.iso.datetime(),
  postgres: z.string(),
  /** Hashes of the migrations the database had, oldest first. */
  migrations: z.array(z.string()),
  tables: z.array(table),
  sealed: z.array(sealedGroup),
  /** Rows that could not be kept, in words. */
  leftOut: z.array(z.string()),
  sequences: z.array(z.object({ name: z.string(), last: z.string().nullable() })),
});

export type Manifest = z.output<typeof manifestShape>;
export type Part = z.output<typeof part>;
export type TableEntry = z.output<typeof table>;
export type SealedGroup = z.output<typeof sealedGroup>;

/** @throws ArchiveError when it is not ours, or written by a program too new for this one */
export const parseManifest = (data: Buffer): Manifest => {
  let json: unknown;
  try {
    json = JSON.parse(data.toString('utf8'));
  } catch {
    throw new ArchiveError('The archive is damaged: its list of contents cannot be read.');
  }
  const version = z.object({ format: z.literal('lockstep-backup'), formatVersion: z.int(), program: z.string() }).safeParse(json);
  if (version.success && version.data.formatVersion > FORMAT_VERSION)
    throw new ArchiveError(`This backup was written by Lockstep ${version.data.program}, which is newer than this program. Update Lockstep, then restore.`);
  const parsed = manifestShape.safeParse(json);
  if (!parsed.success) throw new ArchiveError('The archive is not a backup of Lockstep, or its list of contents is damaged.');
  return parsed.data;
};
