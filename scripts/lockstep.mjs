// npm run lockstep -- <command>: the command line, over a server bundle that is never stale.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { checkNode, install } from './lib/install.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
checkNode();
install(root);
// The result of a command may be piped, so what the build says goes to stderr. Pages are needed by "serve" only.
const half = process.argv[2] === 'serve' ? [] : ['--server'];
const built = spawnSync(process.execPath, [join(root, 'scripts', 'build.mjs'), ...half], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' });
process.stderr.write(built.stdout ?? '');
if (built.status !== 0) process.exit(built.status ?? 1);
process.argv = [process.argv[0], join(root, 'dist', 'lockstep.mjs'), ...process.argv.slice(2)];
process.env.NODE_ENV ??= 'production';
await import(pathToFileURL(process.argv[1]).href);
