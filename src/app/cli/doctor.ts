import { existsSync } from 'node:fs';
import type { Config } from '../../platform/config/config';
import { databaseFindings } from '../../platform/doctor/database';
import { ok, skipped, warning, type Finding } from '../../platform/doctor/finding';
import { address, disk, mail, node, port } from '../../platform/doctor/machine';
import { withDatabase } from './database';
import { waveSealing } from './sealing';

const MARK = { ok: 'ok     ', warning: 'WARNING', fault: 'FAULT  ', skipped: 'skipped' } as const;

const database = async (config: Config): Promise<Finding[]> => {
  const foreign = config.database.kind === 'server';
  if (!foreign && !existsSync(`${config.dataDir}/pg`)) return [skipped('database', 'none yet; the first start makes it')];
  const { keyOf } = waveSealing(config);
  return withDatabase(config, 'doctor', (urls) => databaseFindings(urls, foreign, async (wave) => (await keyOf(wave)) !== undefined)).catch((error: Error) => [
    { about: 'database', state: 'fault' as const, say: error.message },
  ]);
};

/** Looks at everything the server depends on; 1 when something is at fault. */
export const doctor = async (args: string[], config: Config): Promise<number> => {
  const findings: Finding[] = [
    node(process.version),
    config.warnings.length === 0 ? ok('settings', 'all variables are valid') : warning('settings', config.warnings.join(' '), 'correct the name or unset it'),
    ...(await disk(config.dataDir)),
    await port(config),
    ...(await database(config)),
    await mail(config),
    await address(config),
  ];
  if (args.includes('--json')) console.log(JSON.stringify(findings, null, 1));
  else for (const { about, state, say, mend } of findings) console.log(`${MARK[state]} ${about}: ${say}${mend ? `\n        → ${mend}` : ''}`);
  return findings.some(({ state }) => state === 'fault') ? 1 : 0;
};
