import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import description from '../../../package.json';

export const VERSION = description.version;

/** The folder of the running bundle; the built pages lie beside it. */
export const bundleFolder = (): string => dirname(fileURLToPath(import.meta.url));

export const webFolder = (): string => join(bundleFolder(), 'web');
