// npm start: install what is missing, build what is stale, serve. Node's own modules only, since nothing may be installed yet.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { checkNode, install } from './lib/install.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
checkNode();
process.chdir(root);
install(root);
const built = spawnSync(process.execPath, [join('scripts', 'build.mjs')], { cwd: root, stdio: 'inherit' });
if (built.status !== 0) {
  console.error('The build failed; the lines above say where. Nothing was started.');
  process.exit(built.status ?? 1);
}
// A signal to npm ends npm's shell without reaching us: losing that parent means "stop".
if (process.env.npm_lifecycle_event === 'start') {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 250).unref();
}
// In this same process, so that a signal sent to it reaches the server itself.
process.argv = [process.argv[0], join(root, 'dist', 'lockstep.mjs'), 'serve', ...process.argv.slice(2)];
process.env.NODE_ENV ??= 'production';
await import(pathToFileURL(process.argv[1]).href);
