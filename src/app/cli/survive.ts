import { runSurvive } from '../../features/pipeline/survive-cli';
import { onFiles } from './on-files';

/** Survival curves of a file; needs no database. */
export const survive = (args: string[]): Promise<number> => runSurvive(args, onFiles);
