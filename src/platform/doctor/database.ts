import pg from 'pg';
import { pendingMigrations } from '../db/migrate';
import { fault, ok, skipped, warning, type Finding } from './finding';
import { serverSettings, watchingExtensions } from './server-settings';

const connected = async (url: string, work: (client: pg.Client) => Promise<Finding[]>, about: string): Promise<Finding[]> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } catch (error) {
    return [fault(about, `does not answer: ${(error as Error).message}`, 'check address, password and that the server runs and lets this machine in')];
  } finally {
    await client.end().catch(() => undefined);
  }
};

const version = async (client: pg.Client): Promise<Finding[]> => {
  const { rows } = await client.query<{ number: number; name: string; encoding: string; offset: number }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as name, current_setting('server_encoding') as encoding,
            extract(epoch from clock_timestamp())::float8 as offset`,
  );
  const row = rows[0];
  if (!row) return [];
  const seconds = Math.abs(Date.now() / 1000 - row.offset);
  return [
    row.number >= 150_000 ? ok('database', `PostgreSQL ${row.name} answers`) : fault('database', `PostgreSQL ${row.name} is too old`, 'use PostgreSQL 15 or later'),
    ...(row.encoding === 'UTF8' ? [] : [fault('database', `its encoding is ${row.encoding}`, 'create the database with ENCODING UTF8')]),
    seconds <= 5 ? ok('clock', `this machine and the database agree (${seconds.toFixed(1)} s)`) : fault('clock', `this machine and the database are ${seconds.toFixed(0)} s apart`, 'let both machines take their time from a time server (NTP)'),
  ];
};

const roleOf = async (client: pg.Client, owner: string): Promise<Finding[]> => {
  const { rows } = await client.query<{ name: string; faults: string[] }>(
    `select rolname as name, array_remove(array[
        case when rolsuper then 'is a superuser' end,
        case when rolbypassrls then 'has BYPASSRLS' end,
        case when exists (select 1 from pg_roles o where o.rolname = $1 and pg_has_role(current_user, o.oid, 'member') and not rolsuper) then 'is a member of the owner role' end,
        case when exists (select 1 from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and pg_get_userbyid(relowner) = current_user) then 'owns tables' end], null) as faults
       from pg_roles where rolname = current_user`,
    [owner],
  );
  const row = rows[0];
  if (!row) return [];
  return [row.faults.length === 0 ? ok('roles', `"${row.name}" serves under row security`) : fault('roles', `"${row.name}" ${row.faults.join(' and ')}, so row security does not hold it`, 'use a plain role for DATABASE_URL: CREATE ROLE lockstep_app LOGIN PASSWORD …')];
};

/** Every table that carries a workspace must have row security on, forced, and a policy for the serving role. */
const rowSecurity = async (client: pg.Client): Promise<Finding[]> => {
  const { rows } = await client.query<{ name: string; forced: boolean }>(
    `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity and exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polroles = '{0}') as forced
       from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id')`,
  );
  const open = rows.filter(({ forced }) => !forced).map(({ name }) => name);
  if (rows.length === 0) return [skipped('row security', 'the database has no tables yet')];
  return [open.length === 0 ? ok('row security', `forced on all ${rows.length} tables of workspaces`) : fault('row security', `not forced on ${open.join(', ')}`, 'run npm run lockstep -- migrate')];
};

const migrations = async (client: pg.Client): Promise<Finding[]> => {
  const pending = await pendingMigrations(client);
  return [pending === 0 ? ok('migrations', 'all are in') : warning('migrations', `${pending} are missing`, 'start the server, or run npm run lockstep -- migrate')];
};

/** Open surveys whose key file is gone cannot take answers any more. */
const waveKeys = (hasKey: (wave: string) => Promise<boolean>) => async (client: pg.Client): Promise<Finding[]> => {
  const { rows: there } = await client.query<{ there: boolean }>(`select to_regclass('public.wave') is not null as there`);
  if (!there[0]?.there) return [];
  const { rows } = await client.query<{ id: string }>(`select id::text from wave where state in ('open', 'closing')`);
  const lost: string[] = [];
  for (const { id } of rows) if (!(await hasKey(id))) lost.push(id);
  if (rows.length === 0) return [];
  return [lost.length === 0 ? ok('survey keys', `all ${rows.length} open surveys have theirs`) : fault('survey keys', `the key of ${lost.join(', ')} is missing`, 'copy the folder wave-keys of the data directory that launched it into this one')];
};

/** Everything about the database, each part on its own so that one failure hides no other. */
export const databaseFindings = async (urls: { ownerUrl: string; appUrl: string }, foreign: boolean, hasKey: (wave: string) => Promise<boolean>): Promise<Finding[]> => {
  const owner = decodeURIComponent(new URL(urls.ownerUrl).username);
  const asOwner = [version, ...(foreign ? [watchingExtensions] : []), migrations, rowSecurity, waveKeys(hasKey)];
  const findings: Finding[] = [];
  findings.push(...(await connected(urls.appUrl, async (client) => [...(await roleOf(client, owner)), ...(foreign ? await serverSettings(client) : [])], foreign ? 'DATABASE_URL' : 'database')));
  findings.push(
    ...(await connected(
      urls.ownerUrl,
      async (client) => {
        const all: Finding[] = [];
        for (const look of asOwner) all.push(...(await look(client).catch((error: Error) => [warning('database', `${look.name} could not be looked at: ${error.message}`, 'check the rights of the owner role')])));
        return all;
      },
      foreign ? 'DATABASE_OWNER_URL' : 'database',
    )),
  );
  return findings;
};
