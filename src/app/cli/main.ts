import { readConfig, wantsTraces, type Config } from '../../platform/config/config';
import { CommandError } from './output';
import { VERSION } from './version';

interface Command {
  usage: string;
  purpose: string;
  /** The command explains itself. */
  ownHelp?: true;
  run(args: string[], config: () => Config): Promise<number | void>;
}

/** Each command loads its own code, so that "score" starts without the server. */
const COMMANDS: Record<string, Command> = {
  serve: { usage: 'serve', purpose: 'start the web application (what npm start does)', run: async (_, config) => (await import('./serve')).serve(config()) },
  doctor: { usage: 'doctor [--json]', purpose: 'look at everything the server depends on; exit code 1 when something is at fault', run: async (args, config) => (await import('./doctor')).doctor(args, config()) },
  migrate: { usage: 'migrate', purpose: 'bring the database to the shape of this version, after a backup', run: async (_, config) => (await import('./migrate')).runMigrate(config()) },
  backup: { usage: 'backup FILE', purpose: 'write everything into one archive; works while the server runs', run: async (args, config) => (await import('./backup')).runBackup(args, config()) },
  restore: { usage: 'restore FILE [--without-open-waves]', purpose: 'put a backup into an empty database, checked whole before anything is written', run: async (args, config) => (await import('./backup')).runRestore(args, config()) },
  demo: { usage: 'demo [--remove]', purpose: 'load the invented company with its two surveys, or remove it', run: async (args, config) => (await import('./demo')).runDemo(args, config()) },
  'reset-link': { usage: 'reset-link EMAIL', purpose: 'print a link for a new password, where no mail is sent', run: async (args, config) => (await import('./reset-link')).runResetLink(args, config()) },
  link: { usage: 'link A.csv [B.csv]', purpose: 'find the records of two files, or of one, that are one customer; link --help says more', ownHelp: true, run: async (args) => (await import('./link')).link(args) },
  score: { usage: 'score ANSWERS.csv --instrument NAME', purpose: 'score a file of answers without database or account; score --help says more', ownHelp: true, run: async (args) => (await import('./score')).score(args) },
  attribution: { usage: 'attribution PATHS.csv [--json]', purpose: 'split the orders of a file of paths over channels by eight models; attribution --help says more', ownHelp: true, run: async (args) => (await import('./attribution')).attribution(args) },
  funnel: { usage: 'funnel LEADS.csv [DEALS.csv]', purpose: 'entrants, rates, days to won and cohorts from files; funnel --help says more', ownHelp: true, run: async (args) => (await import('./funnel')).funnel(args) },
  survive: { usage: 'survive FILE.csv --time COLUMN --event COLUMN', purpose: 'how long until an event, with those still waiting; survive --help says more', ownHelp: true, run: async (args) => (await import('./survive')).survive(args) },
};

const help = (): string => {
  const width = Math.max(...Object.values(COMMANDS).map(({ usage }) => usage.length));
  const lines = Object.values(COMMANDS).map(({ usage, purpose }) => `  ${usage.padEnd(width)}  ${purpose}`);
  return `Lockstep ${VERSION}\n\nUsage: npm run lockstep -- <command>\n\n${lines.join('\n')}\n\nSettings come from environment variables; docs/configuration.md lists them.`;
};

/** Messages are written for people; the trace is for whoever looks for a fault. */
const explain = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return wantsTraces() ? (error.stack ?? error.message) : error.message;
};

const main = async (argv: string[]): Promise<number> => {
  const [name = 'help', ...args] = argv;
  if (['help', '--help', '-h'].includes(name)) {
    console.log(help());
    return 0;
  }
  if (name === '--version') {
    console.log(VERSION);
    return 0;
  }
  const command = COMMANDS[name];
  if (!command) {
    console.error(`There is no command "${name}".\n\n${help()}`);
    return 2;
  }
  if (!command.ownHelp && (args.includes('--help') || args.includes('-h'))) {
    console.log(`npm run lockstep -- ${command.usage}\n\n${command.purpose}`);
    return 0;
  }
  try {
    return (await command.run(args, () => readConfig())) ?? 0;
  } catch (error) {
    console.error(explain(error));
    return error instanceof CommandError ? error.exitCode : 1;
  }
};

/** A pipe takes 64 KB at a time; leaving before it has taken all would cut a long result short. A reader that went away ends it too. */
const written = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => {
    stream.once('error', () => resolve());
    stream.write('', () => resolve());
  });

process.exitCode = await main(process.argv.slice(2));
await Promise.all([written(process.stdout), written(process.stderr)]);
// Whatever is left open (a pool, a timer) must not keep a finished command alive.
process.exit();
