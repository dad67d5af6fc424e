import type { Config } from '../../platform/config/config';
import type { WaveSealing } from '../../platform/backup/sealing';
import { keyFiles } from '../../platform/files/key-files';

/** What belongs to an open survey alone, and where its keys lie (one file a survey, destroyed when it closes). */
export const waveSealing = (config: Config): WaveSealing => {
  const keys = keyFiles(config.dataDir, 'wave-keys');
  return { tables: ['invitation', 'leaf_key', 'wave_secret', 'ballot_issue', 'ballot_box'], keyOf: (wave) => keys.read(wave) };
};
