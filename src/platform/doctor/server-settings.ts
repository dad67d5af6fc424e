import type pg from 'pg';
import { fault, ok, warning, type Finding } from './finding';

interface Wanted {
  name: string;
  fine(value: string): boolean;
  wanted: string;
  why: string;
  /** "fault" where answers could be traced or lost, "warning" where only a copy of them could outlive a survey. */
  level: 'fault' | 'warning';
}

const TRACED = 'the server would write down what respondents send';
const is = (...values: string[]) => (value: string): boolean => values.includes(value);

/** Settings under which a database keeps no trace that links a person to an answer, and loses nothing. */
const WANTED: readonly Wanted[] = [
  { name: 'log_statement', fine: is('none', 'ddl'), wanted: 'none', why: TRACED, level: 'fault' },
  { name: 'log_parameter_max_length', fine: is('0'), wanted: '0', why: TRACED, level: 'fault' },
  { name: 'log_parameter_max_length_on_error', fine: is('0'), wanted: '0', why: TRACED, level: 'fault' },
  { name: 'log_min_duration_statement', fine: is('-1'), wanted: '-1', why: TRACED, level: 'fault' },
  { name: 'log_min_duration_sample', fine: is('-1'), wanted: '-1', why: TRACED, level: 'fault' },
  { name: 'log_transaction_sample_rate', fine: is('0'), wanted: '0', why: TRACED, level: 'fault' },
  { name: 'track_commit_timestamp', fine: is('off'), wanted: 'off', why: 'the time of every answer could be read', level: 'fault' },
  { name: 'log_min_error_statement', fine: is('panic', 'fatal'), wanted: 'panic', why: 'a failing statement would be written down', level: 'warning' },
  { name: 'archive_mode', fine: is('off'), wanted: 'off', why: 'the archive would keep the order in which answers came', level: 'warning' },
  { name: 'wal_level', fine: is('replica', 'minimal'), wanted: 'replica', why: 'changes could be followed one by one', level: 'warning' },
  { name: 'fsync', fine: is('on'), wanted: 'on', why: 'a power cut could lose what was acknowledged', level: 'fault' },
  { name: 'full_page_writes', fine: is('on'), wanted: 'on', why: 'a power cut could damage the database', level: 'fault' },
  { name: 'synchronous_commit', fine: (value) => value !== 'off', wanted: 'on', why: 'a crash could lose what was acknowledged', level: 'fault' },
];

const WATCHERS = ['auto_explain', 'pg_stat_statements', 'pgaudit', 'pg_stat_monitor'];

/** Looks at a server's own settings; what this role may not read is said as such. */
export const serverSettings = async (client: pg.ClientBase): Promise<Finding[]> => {
  const { rows } = await client.query<{ name: string; setting: string }>('select name, setting from pg_settings where name = any($1)', [[...WANTED.map(({ name }) => name), 'shared_preload_libraries']]);
  const values = new Map(rows.map(({ name, setting }) => [name, setting]));
  const findings: Finding[] = [];
  for (const { name, fine, wanted, why, level } of WANTED) {
    const value = values.get(name);
    if (value === undefined || fine(value)) continue;
    const make = level === 'fault' ? fault : warning;
    findings.push(make('database settings', `${name} is ${value}: ${why}`, `ALTER SYSTEM SET ${name} = '${wanted}'; then reload the server (restart it for archive_mode, wal_level and track_commit_timestamp)`));
  }
  const loaded = values.get('shared_preload_libraries');
  const watching = WATCHERS.filter((name) => loaded?.includes(name));
  if (loaded === undefined) findings.push(warning('database settings', 'this role may not read shared_preload_libraries', 'ask whoever runs the server that no extension records statements'));
  if (watching.length > 0) findings.push(warning('database settings', `${watching.join(', ')} is loaded and can record statements with their times`, 'remove it from shared_preload_libraries for this server'));
  return findings.length > 0 ? findings : [ok('database settings', 'nothing respondents send is logged or stamped with a time; commits reach the disk')];
};
