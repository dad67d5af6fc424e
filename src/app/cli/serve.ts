import { lanAddress, type Config } from '../../platform/config/config';
import { dropBallast, dropBallastToStart } from '../../platform/disk/ballast';
import { startEngine, type Engine } from '../../platform/engine/engine';
import { createLog } from '../../platform/log/log';
import { serveOn, type Running } from '../server';
import { backupFirst } from './migration';
import { VERSION, webFolder } from './version';

/** Stopping takes at most this long in all: the rest of the ten seconds belongs to the database. */
const STOP_MS = 8_500;
/** Whatever happens, the process is gone after this; a database left over is ended by the next start. */
const HARD_STOP_MS = 9_900;

const GAVE_ROOM = 'The disk is full: the reserve file "ballast" of the data directory was given up, so that the database can start and be read.';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());

const say = (config: Config, address: string): void => {
  const lan = lanAddress();
  const lines = [`Lockstep ${VERSION} is ready at ${address}`];
  if (['127.0.0.1', 'localhost', '::1'].includes(config.host) && !config.baseUrlGiven)
    lines.push(`Only this machine can open it. To let phones on your network in, start with: HOST=0.0.0.0 npm start${lan ? `  (then http://${lan}:${config.port})` : ''}`);
  if (!config.smtp) lines.push('No mail server is set: mails wait on the outbox page, with links to copy.');
  lines.push(`Data: ${config.database.kind === 'embedded' ? config.dataDir : 'the PostgreSQL server of DATABASE_URL'}`, 'Stop with Ctrl-C.');
  console.log(lines.join('\n'));
};

const untilSignal = (): Promise<string> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve(signal));
  });

/** Starts the database and the web application; returns when a signal ended both. */
export const serve = async (config: Config): Promise<void> => {
  const log = createLog(config.logLevel);
  for (const warning of config.warnings) console.error(`Note: ${warning}`);
  const stopped = untilSignal();
  // Whoever read our output may be gone before we are.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  let engine: Engine | null = null;
  let running: Running | null = null;
  const stopAll = async (): Promise<void> => {
    await Promise.race([running?.stop().catch((error: unknown) => log.warn(`stopping: ${String(error)}`)), pause(STOP_MS)]);
    await engine?.stop();
  };
  try {
    if (config.database.kind === 'embedded') {
      if (dropBallastToStart(config.dataDir)) log.warn(GAVE_ROOM);
      const makeRoom = (): void => {
        if (dropBallast(config.dataDir)) log.warn(GAVE_ROOM);
      };
      engine = await startEngine({ dataDir: config.dataDir, log, doing: `starting ${config.baseUrl}`, makeRoom });
    }
    const urls = config.database.kind === 'server' ? config.database : engine;
    if (!urls) throw new Error('no database');
    running = await serveOn(config, urls, { webFolder: webFolder(), version: VERSION, beforeMigration: backupFirst(config, urls, (line) => console.log(line)) });
    engine?.announce(running.address);
  } catch (error) {
    await stopAll();
    throw error;
  }
  say(config, running.address);
  const signal = await stopped;
  console.log(`${signal}: finishing what is under way …`);
  engine?.announceStop();
  process.on('SIGTERM', () => undefined).on('SIGHUP', () => undefined);
  process.once('SIGINT', () => void (engine?.stop() ?? Promise.resolve()).finally(() => process.exit(130)));
  setTimeout(() => process.exit(1), HARD_STOP_MS).unref();
  await stopAll();
  console.log('Stopped.');
};
