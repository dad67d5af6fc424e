import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { appliedMigrations, columnList, fullName, jobTable, quoted, sequencesOf, STABLE_TEXT, tablesOf, type TableShape } from './catalogue';
import { RowDigest } from './digest';
import { FORMAT_VERSION, MANIFEST_NAME, type Manifest, type Part } from './manifest';
import { sealPart, type WaveSealing } from './sealing';
import { writeTar, type Entry } from './tar';

export interface BackupOptions {
  /** Role that owns the tables. */
  ownerUrl: string;
  /** File to be made; must not exist. */
  file: string;
  /** This program's version. */
  program: string;
  now: Date;
  sealing: WaveSealing;
}

const PART = 4 * 1024 * 1024;

const partOf = (name: string, data: Buffer): Part => ({ name, bytes: data.length, sha256: createHash('sha256').update(data).digest('hex') });

/** COPY's bytes in parts of equal size. */
async function* partsOf(client: pg.Client, query: string, digest: RowDigest): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const chunk of client.query(copyTo(`copy (${query}) to stdout`)) as AsyncIterable<Buffer>) {
    digest.add(chunk);
    held.push(chunk);
    size += chunk.length;
    while (size >= PART) {
      const all = Buffer.concat(held);
      yield all.subarray(0, PART);
      held = [all.subarray(PART)];
      size = all.length - PART;
    }
  }
  if (size > 0) yield Buffer.concat(held);
}

const numbered = (folder: string, index: number): string => `${folder}/${String(index).padStart(6, '0')}`;

async function* plainTable(client: pg.Client, shape: TableShape, where: string, manifest: Manifest): AsyncGenerator<Entry> {
  const digest = new RowDigest();
  const parts: Part[] = [];
  for await (const data of partsOf(client, `select ${columnList(shape.columns)} from ${fullName(shape)} ${where}`, digest)) {
    const name = numbered(`tables/${shape.schema}.${shape.name}`, parts.length + 1);
    parts.push(partOf(name, data));
    yield { name, data };
  }
  manifest.tables.push({ ...shape, rows: digest.rows, digest: digest.value, parts });
}

async function* sealedTable(client: pg.Client, shape: TableShape, index: number, sealing: WaveSealing, manifest: Manifest): AsyncGenerator<Entry> {
  const { rows } = await client.query<{ wave: string }>(`select distinct wave_id::text as wave from ${fullName(shape)} where wave_id in (${sealing.openWaves})`);
  yield* plainTable(client, shape, `where wave_id not in (${sealing.openWaves}) order by gen_random_uuid()`, manifest);
  for (const { wave } of rows) {
    const key = await sealing.keyOf(wave);
    if (!key) {
      manifest.leftOut.push(`${shape.name} of wave ${wave}: its key is missing, so its rows cannot be written without revealing them`);
      continue;
    }
    const folder = `sealed/${wave}/${index}`;
    const digest = new RowDigest(key);
    const parts: Part[] = [];
    const query = `select ${columnList(shape.columns)} from ${fullName(shape)} where wave_id = '${wave}' order by gen_random_uuid()`;
    for await (const data of partsOf(client, query, digest)) {
      const name = numbered(folder, parts.length + 1);
      const sealed = sealPart(key, data, name);
      parts.push(partOf(name, sealed));
      yield { name, data: sealed };
    }
    const name = `${folder}/summary`;
    const data = sealPart(key, Buffer.from(JSON.stringify({ rows: digest.rows, digest: digest.value })), name);
    manifest.sealed.push({ ...shape, wave, summary: partOf(name, data), parts });
    yield { name, data };
  }
}

async function* entriesOf(client: pg.Client, { program, now, sealing }: BackupOptions, manifest: Manifest): AsyncGenerator<Entry> {
  const { rows } = await client.query<{ version: string }>(`select current_setting('server_version') as version`);
  Object.assign(manifest, { program, madeAt: now.toISOString(), postgres: rows[0]?.version ?? '' });
  manifest.migrations = await appliedMigrations(client);
  manifest.sequences = await sequencesOf(client);
  for (const [index, shape] of (await tablesOf(client)).entries()) {
    if (sealing.tables.includes(shape.name)) yield* sealedTable(client, shape, index, sealing, manifest);
    else yield* plainTable(client, shape, '', manifest);
  }
  const jobs = await jobTable(client);
  if (jobs) yield* plainTable(client, jobs, `where state < 'completed' and ${quoted('name')} not like '\\_\\_pgboss%'`, manifest);
  yield { name: MANIFEST_NAME, data: Buffer.from(JSON.stringify(manifest, null, 1)) };
}

/** Rows that a role sees only partly must not pass for all of them. */
const assertSeesAll = async (client: pg.Client): Promise<void> => {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c, pg_roles r
      where r.rolname = current_user and not r.rolsuper and not r.rolbypassrls and c.relnamespace = 'public'::regnamespace and c.relforcerowsecurity
        and not exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polroles = array[r.oid] and p.polcmd = '*' and pg_get_expr(p.polqual, p.polrelid) = 'true')`,
  );
  if (rows.length > 0)
    throw new Error(`The role of DATABASE_OWNER_URL does not see every row (${rows.map(({ name }) => name).join(', ')}), so the backup would be incomplete. Nothing was written. Run "npm run lockstep -- migrate" first, as the role that owns the tables.`);
};

const syncFile = async (path: string): Promise<void> => {
  const handle = await open(path, 'r');
  await handle.sync().catch(() => undefined);
  await handle.close();
};

/**
 * Writes every table, as of one instant, into one archive (gzipped tar) with a list of contents. The file appears
 * under its name only when it is whole and on disk.
 * @throws Error when the file exists or cannot be written; nothing is left behind then
 */
export const backup = async (options: BackupOptions): Promise<Manifest> => {
  const { file, ownerUrl, now } = options;
  if (await stat(file).then(() => true, () => false)) throw new Error(`${file} exists already and is not overwritten. Choose another name.`);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.part`;
  const client = new pg.Client({ connectionString: ownerUrl });
  client.on('error', () => undefined);
  await client.connect();
  const manifest: Manifest = { format: 'lockstep-backup', formatVersion: FORMAT_VERSION, program: '', madeAt: '', postgres: '', migrations: [], tables: [], sealed: [], leftOut: [], sequences: [] };
  try {
    const tables = await tablesOf(client);
    await client.query('begin isolation level repeatable read read only');
    // Before the instant is taken: a table that is emptied at one stroke later on would be read as if it had been empty then.
    if (tables.length > 0) await client.query(`lock table ${tables.map(fullName).join(', ')} in access share mode`);
    await client.query(STABLE_TEXT);
    await assertSeesAll(client);
    const bytes = writeTar(entriesOf(client, options, manifest), Math.floor(now.getTime() / 1000));
    await pipeline(Readable.from(bytes), createGzip(), createWriteStream(draft, { mode: 0o600 }));
    await client.query('commit');
    await syncFile(draft);
    await rename(draft, file);
    await syncFile(dirname(file));
    return manifest;
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
};
