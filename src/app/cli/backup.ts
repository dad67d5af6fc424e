import { resolve } from 'node:path';
import { backup } from '../../platform/backup/backup';
import { restore } from '../../platform/backup/restore';
import type { Config } from '../../platform/config/config';
import { withDatabase } from './database';
import { migrationOptions } from './migration';
import { CommandError } from './output';
import { waveSealing } from './sealing';
import { VERSION } from './version';

const fileOf = (args: string[], command: string): string => {
  const [file, ...more] = args.filter((arg) => !arg.startsWith('--'));
  if (!file || more.length > 0) throw new CommandError(`Name one file: npm run lockstep -- ${command} FILE`, 2);
  return resolve(file);
};

const counted = (rows: number, what: string): string => `${rows} ${what}${rows === 1 ? '' : 's'}`;

export const runBackup = (args: string[], config: Config): Promise<void> => {
  const file = fileOf(args, 'backup');
  return withDatabase(config, 'backup', async ({ ownerUrl }) => {
    const manifest = await backup({ ownerUrl, file, program: VERSION, now: new Date(), sealing: waveSealing(config) });
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    console.log(`${file}: ${counted(rows, 'row')} of ${counted(manifest.tables.length, 'table')}, checksummed.`);
    const waves = new Set(manifest.sealed.map(({ wave }) => wave)).size;
    if (waves > 0) console.log(`The answers of ${counted(waves, 'open survey')} are inside, encrypted. To restore them the folder ${config.dataDir}/wave-keys is needed as well: keep a copy of it somewhere else, and delete the copy when the survey has closed.`);
    for (const line of manifest.leftOut) console.error(`Left out: ${line}.`);
  });
};

export const runRestore = (args: string[], config: Config): Promise<void> => {
  const file = fileOf(args, 'restore');
  return withDatabase(config, 'restore', async (database) => {
    if (database.shared) throw new CommandError('A server is running on this database. Nothing was changed. Stop it first; a restore needs an empty database.');
    const manifest = await restore({
      ownerUrl: database.ownerUrl, file, sealing: waveSealing(config),
      migration: migrationOptions(config, database, (line) => console.error(line)),
      withoutOpenWaves: args.includes('--without-open-waves'),
    });
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    console.log(`Restored ${counted(rows, 'row')} of ${counted(manifest.tables.length, 'table')}, written by Lockstep ${manifest.program} at ${manifest.madeAt}; every table has the fingerprint it was backed up with.`);
    console.log('Everybody signs in again, since sign-ins are tied to the old data directory.');
  });
};
