import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { migrate, migrationsFolder, type MigrateOptions } from '../db/migrate';
import { appliedMigrations, columnList, foreignKeysOf, fullName, quoted, STABLE_TEXT, tablesOf, type TableShape } from './catalogue';
import { RowDigest } from './digest';
import type { Manifest } from './manifest';
import { entriesIn, verifyArchive } from './read-archive';
import { openPart, type WaveSealing } from './sealing';
import { ArchiveError } from './tar';

export interface RestoreOptions {
  ownerUrl: string;
  file: string;
  sealing: WaveSealing;
  migration: MigrateOptions;
  /** Give up what is encrypted under keys that are not here, instead of refusing. */
  withoutOpenWaves?: boolean;
}

type Keys = Map<string, Buffer>;

const assertKnown = (manifest: Manifest): void => {
  const known = readMigrationFiles({ migrationsFolder: migrationsFolder() }).map(({ hash }) => hash);
  if (manifest.migrations.some((hash, index) => known[index] !== hash))
    throw new ArchiveError(`This backup was written by Lockstep ${manifest.program}, whose database is newer than this program knows. Nothing was changed. Update Lockstep, then restore.`);
};

const keysFor = async (manifest: Manifest, sealing: WaveSealing, give: boolean): Promise<Keys> => {
  const keys: Keys = new Map();
  const missing = new Set<string>();
  for (const wave of new Set(manifest.sealed.map((group) => group.wave))) {
    const key = await sealing.keyOf(wave);
    if (key) keys.set(wave, key);
    else missing.add(wave);
  }
  if (missing.size > 0 && !give)
    throw new ArchiveError(
      `The backup holds answers of ${missing.size === 1 ? 'a survey' : `${missing.size} surveys`} that were open then, encrypted under a key that is not here (${[...missing].join(', ')}). Nothing was changed. Copy the folder wave-keys of the old data directory into this one; if the keys are gone, because the survey was closed since, add --without-open-waves: everything else is restored.`,
    );
  return keys;
};

/** Every table must be without rows; a database that was only migrated counts as empty. */
const assertEmpty = async (client: pg.Client): Promise<void> => {
  for (const shape of await tablesOf(client)) {
    const { rows } = await client.query<{ filled: boolean }>(`select exists (select 1 from ${fullName(shape)}) as filled`);
    if (rows[0]?.filled)
      throw new ArchiveError(`The database is not empty (${shape.name} has rows), and a restore never overwrites. Nothing was changed. Start with a new DATA_DIR, or a new database, and restore into that.`);
  }
};

const clear = async (client: pg.Client): Promise<void> => {
  await client.query('drop schema if exists pgboss cascade');
  await client.query('drop schema if exists drizzle cascade');
  for (const shape of await tablesOf(client)) await client.query(`drop table if exists ${fullName(shape)} cascade`);
  const { rows } = await client.query<{ name: string }>(`select typname as name from pg_type where typnamespace = 'public'::regnamespace and typtype = 'e'`);
  for (const { name } of rows) await client.query(`drop type if exists public.${quoted(name)} cascade`);
};

/** Brings the empty database to the shape the backup was taken from, not further. */
const shapeAs = async (client: pg.Client, manifest: Manifest): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-migrations-'));
  try {
    cpSync(migrationsFolder(), folder, { recursive: true });
    const path = join(folder, 'meta', '_journal.json');
    const journal = JSON.parse(readFileSync(path, 'utf8')) as { entries: unknown[] };
    writeFileSync(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, manifest.migrations.length) }));
    await applyMigrations(drizzle(client), { migrationsFolder: folder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

interface Group {
  shape: TableShape;
  wave?: string;
}

const groupsByPart = (manifest: Manifest, schema: string): Map<string, Group> => {
  const groups = new Map<string, Group>();
  for (const table of manifest.tables.filter((entry) => entry.schema === schema)) for (const { name } of table.parts) groups.set(name, { shape: table });
  for (const sealed of manifest.sealed.filter((entry) => entry.schema === schema)) for (const { name } of sealed.parts) groups.set(name, { shape: sealed, wave: sealed.wave });
  return groups;
};

/** One COPY at a time, opened when the folder inside the archive changes. */
const copying = (client: pg.Client) => {
  let folder = '';
  let stream: ReturnType<typeof copyFrom> | null = null;
  const end = async (): Promise<void> => {
    const ending = stream;
    stream = null;
    if (!ending) return;
    ending.end();
    await finished(ending);
  };
  return {
    end,
    write: async (name: string, shape: TableShape, bytes: Buffer): Promise<void> => {
      const own = name.slice(0, name.lastIndexOf('/'));
      if (own !== folder) {
        await end();
        folder = own;
        stream = client.query(copyFrom(`copy ${fullName(shape)} (${columnList(shape.columns)}) from stdin`));
      }
      const target = stream;
      if (target && !target.write(bytes)) await new Promise<void>((resolve, reject) => target.once('drain', resolve).once('error', reject));
    },
    /** Tells the server that nothing more comes, so that the connection takes the rollback. */
    abort: (): void => {
      stream?.on('error', () => undefined).destroy(new Error('given up'));
    },
  };
};

const load = async (client: pg.Client, file: string, groups: Map<string, Group>, keys: Keys): Promise<void> => {
  const copy = copying(client);
  try {
    for await (const { name, data } of entriesIn(file)) {
      const group = groups.get(name);
      const key = group?.wave ? keys.get(group.wave) : null;
      if (!group || key === undefined) continue;
      await copy.write(name, group.shape, key ? openPart(key, data, name) : data);
    }
    await copy.end();
  } catch (error) {
    copy.abort();
    throw error;
  }
};

const digestOf = async (client: pg.Client, shape: TableShape, where: string, key?: Buffer): Promise<RowDigest> => {
  const digest = new RowDigest(key);
  const query = `select ${columnList(shape.columns)} from ${fullName(shape)} ${where}`;
  for await (const chunk of client.query(copyTo(`copy (${query}) to stdout`)) as AsyncIterable<Buffer>) digest.add(chunk);
  return digest;
};

/** What the database now holds must have the fingerprints that were written down. */
const verifyLoaded = async (client: pg.Client, file: string, manifest: Manifest, keys: Keys): Promise<void> => {
  const differs = (name: string): never => {
    throw new ArchiveError(`After loading, ${name} is not what was backed up. Nothing was kept; the database is still empty.`);
  };
  for (const table of manifest.tables.filter(({ schema }) => schema === 'public')) {
    const sealed = manifest.sealed.filter(({ name }) => name === table.name).map(({ wave }) => `'${wave}'`);
    const found = await digestOf(client, table, sealed.length > 0 ? `where wave_id not in (${sealed.join(', ')})` : '');
    if (found.rows !== table.rows || found.value !== table.digest) differs(table.name);
  }
  const wanted = new Map(manifest.sealed.map((group) => [group.summary.name, group]));
  for await (const { name, data } of entriesIn(file)) {
    const group = wanted.get(name);
    const key = group && keys.get(group.wave);
    if (!group || !key) continue;
    const summary = JSON.parse(openPart(key, data, name).toString('utf8')) as { rows: number; digest: string };
    const found = await digestOf(client, group, `where wave_id = '${group.wave}'`, key);
    if (found.rows !== summary.rows || found.value !== summary.digest) differs(group.name);
  }
};

const inTransaction = async (client: pg.Client, work: () => Promise<void>): Promise<void> => {
  await client.query('begin');
  try {
    await client.query(STABLE_TEXT);
    await work();
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
};

const loadTables = (client: pg.Client, file: string, manifest: Manifest, keys: Keys): Promise<void> =>
  inTransaction(client, async () => {
    const foreign = await foreignKeysOf(client);
    for (const { table, name } of foreign) await client.query(`alter table ${table} drop constraint ${name}`);
    const tables = await tablesOf(client);
    if (tables.length > 0) await client.query(`truncate ${tables.map(fullName).join(', ')}`);
    await load(client, file, groupsByPart(manifest, 'public'), keys);
    for (const { table, name, definition } of foreign) await client.query(`alter table ${table} add constraint ${name} ${definition}`);
    for (const { name, last } of manifest.sequences) if (last !== null) await client.query('select setval($1::regclass, $2)', [name, last]);
    await verifyLoaded(client, file, manifest, keys);
  });

/** Jobs wait in the queue's own tables, which exist only after the migration; those of unknown queues are dropped. */
const loadJobs = (client: pg.Client, file: string, manifest: Manifest): Promise<void> =>
  inTransaction(client, async () => {
    const jobs = manifest.tables.find(({ schema, name }) => schema === 'pgboss' && name === 'job');
    if (!jobs || jobs.rows === 0) return;
    await client.query(`create temp table waiting (like ${fullName(jobs)}) on commit drop`);
    const groups = new Map(jobs.parts.map(({ name }) => [name, { shape: { ...jobs, schema: 'pg_temp', name: 'waiting' } }]));
    await load(client, file, groups, new Map());
    await client.query(`insert into pgboss.job (${columnList(jobs.columns)}) select ${columnList(jobs.columns)} from waiting where name in (select name from pgboss.queue) on conflict do nothing`);
  });

/**
 * Puts a backup into an empty database: the archive is checked whole before anything is touched, loaded in one
 * transaction, compared by fingerprint, then brought to this program's shape.
 * @throws ArchiveError with the reason and the mend
 */
export const restore = async ({ ownerUrl, file, sealing, migration, withoutOpenWaves = false }: RestoreOptions): Promise<Manifest> => {
  const manifest = await verifyArchive(file);
  assertKnown(manifest);
  const keys = await keysFor(manifest, sealing, withoutOpenWaves);
  const client = new pg.Client({ connectionString: ownerUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await assertEmpty(client);
    await clear(client);
    await shapeAs(client, manifest);
    if ((await appliedMigrations(client)).length !== manifest.migrations.length) throw new ArchiveError('The database could not be given the shape of the backup. It is still empty.');
    await loadTables(client, file, manifest, keys);
    await migrate(ownerUrl, migration);
    await loadJobs(client, file, manifest);
    return manifest;
  } finally {
    await client.end().catch(() => undefined);
  }
};
