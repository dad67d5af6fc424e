import type { Config } from '../../platform/config/config';
import type { WaveSealing } from '../../platform/backup/sealing';
import { keyFiles } from '../../platform/files/key-files';

/**
 * What belongs to an open survey alone, and where its keys lie (one file a survey, destroyed when it closes). Invitations stay
 * after closing, for the distance and the turnover between surveys; who was invited is no secret, so they are not sealed.
 */
export const waveSealing = (config: Config): WaveSealing => {
  const keys = keyFiles(config.dataDir, 'wave-keys');
  return { tables: ['leaf_key', 'wave_secret', 'ballot_issue', 'ballot_box'], openWaves: `select id from wave where state in ('open', 'closing')`, keyOf: (wave) => keys.read(wave) };
};
