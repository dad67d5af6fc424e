import pg from 'pg';
import { fault, ok, warning, type Finding } from './finding';

interface Wanted {
  name: string;
  fine(value: string): boolean;
  wanted: string;
  why: string;
  /** "fault" where answers could be traced or lost, "warning" where only a copy of them could outlive a survey. */
  level: 'fault' | 'warning';
  /** Breaks the promise to respondents: no survey is launched on such a server. */
  traces?: true;
}

const TRACED = 'the server would write down what respondents send';
const is = (...values: string[]) => (value: string): boolean => values.includes(value);

/** Settings under which a database keeps no trace that links a person to an answer, and loses nothing. */
const WANTED: readonly Wanted[] = [
  { name: 'log_statement', fine: is('none', 'ddl'), wanted: 'none', why: TRACED, level: 'fault', traces: true },
  { name: 'log_parameter_max_length', fine: is('0'), wanted: '0', why: TRACED, level: 'fault', traces: true },
  { name: 'log_parameter_max_length_on_error', fine: is('0'), wanted: '0', why: TRACED, level: 'fault', traces: true },
  { name: 'log_min_duration_statement', fine: is('-1'), wanted: '-1', why: TRACED, level: 'fault', traces: true },
  { name: 'log_min_duration_sample', fine: is('-1'), wanted: '-1', why: TRACED, level: 'fault', traces: true },
  { name: 'log_transaction_sample_rate', fine: is('0'), wanted: '0', why: TRACED, level: 'fault', traces: true },
  { name: 'track_commit_timestamp', fine: is('off'), wanted: 'off', why: 'the time of every answer could be read', level: 'fault', traces: true },
  { name: 'log_min_error_statement', fine: is('panic', 'fatal'), wanted: 'panic', why: 'a failing statement would be written down', level: 'warning' },
  { name: 'archive_mode', fine: is('off'), wanted: 'off', why: 'the archive would keep the order in which answers came', level: 'warning' },
  { name: 'wal_level', fine: is('replica', 'minimal'), wanted: 'replica', why: 'changes could be followed one by one', level: 'warning' },
  { name: 'fsync', fine: is('on'), wanted: 'on', why: 'a power cut could lose what was acknowledged', level: 'fault' },
  { name: 'full_page_writes', fine: is('on'), wanted: 'on', why: 'a power cut could damage the database', level: 'fault' },
  { name: 'synchronous_commit', fine: (value) => value !== 'off', wanted: 'on', why: 'a crash could lose what was acknowledged', level: 'fault' },
];

const WATCHERS = ['auto_explain', 'pg_stat_statements', 'pgaudit', 'pg_stat_monitor'];

interface Setting {
  name: string;
  setting: string;
  /** Where the value comes from, in PostgreSQL's words: "configuration file", "user", "database", "database user", … */
  source: string;
  role: string;
  database: string;
}

/** The command that puts a setting right where it was set: one made for a role or a database outweighs the server's own. */
const mendOf = ({ name, source, role, database }: Setting, wanted: string): string => {
  const of = (kind: string, what: string) => `ALTER ${kind} ${what} RESET ${name}; new connections then follow the server`;
  if (source === 'user') return of('ROLE', `"${role}"`);
  if (source === 'database') return of('DATABASE', `"${database}"`);
  if (source === 'database user') return of('ROLE', `"${role}" IN DATABASE "${database}"`);
  return `ALTER SYSTEM SET ${name} = '${wanted}'; then reload the server (restart it for archive_mode, wal_level and track_commit_timestamp)`;
};

type Off = { wanted: Wanted; value: Setting };

/** What is set otherwise than wanted, as it holds for the role and database of this connection. */
const settingsOff = async (client: pg.ClientBase): Promise<Off[]> => {
  const { rows } = await client.query<Setting>(
    'select name, setting, source, current_user::text as role, current_database()::text as database from pg_settings where name = any($1)',
    [WANTED.map(({ name }) => name)],
  );
  return WANTED.flatMap((wanted) => {
    const value = rows.find(({ name }) => name === wanted.name);
    return value === undefined || wanted.fine(value.setting) ? [] : [{ wanted, value }];
  });
};

/**
 * Looks at the settings under which answers are written. They can be set for one role or one database, so the connection must be
 * one of the serving role, opened just now.
 */
export const serverSettings = async (client: pg.ClientBase): Promise<Finding[]> => {
  const findings = (await settingsOff(client)).map(({ wanted: { name, wanted, why, level }, value }) =>
    (level === 'fault' ? fault : warning)('database settings', `${name} is ${value.setting}: ${why}`, mendOf(value, wanted)),
  );
  return findings.length > 0 ? findings : [ok('database settings', 'nothing respondents send is logged or stamped with a time; commits reach the disk')];
};

/** Looks for extensions that record statements; what this role may not read is said as such. */
export const watchingExtensions = async (client: pg.ClientBase): Promise<Finding[]> => {
  const { rows } = await client.query<{ setting: string }>(`select setting from pg_settings where name = 'shared_preload_libraries'`);
  const loaded = rows[0]?.setting;
  if (loaded === undefined) return [warning('database extensions', 'this role may not read shared_preload_libraries', 'ask whoever runs the server that no extension records statements')];
  const watching = WATCHERS.filter((name) => loaded.includes(name));
  if (watching.length === 0) return [];
  return [warning('database extensions', `${watching.join(', ')} is loaded and can record statements with their times`, 'remove it from shared_preload_libraries for this server')];
};

/**
 * Under which settings a server would write down who answered what, asked over a new connection of the serving role.
 * @returns one finding for each; none when answers leave no trace
 * @throws when the server does not answer
 */
export const tracingSettings = async (appUrl: string): Promise<Finding[]> => {
  const client = new pg.Client({ connectionString: appUrl, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const off = (await settingsOff(client)).filter(({ wanted }) => wanted.traces);
    return off.map(({ wanted: { name, wanted, why }, value }) => fault('database settings', `${name} is ${value.setting}: ${why}`, mendOf(value, wanted)));
  } finally {
    await client.end().catch(() => undefined);
  }
};
