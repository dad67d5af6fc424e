import { runFunnel } from '../../features/pipeline/funnel-cli';
import { onFiles } from './on-files';

/** The funnel of files; needs no database. */
export const funnel = (args: string[]): Promise<number> => runFunnel(args, onFiles);
