import { readConfig, wantsTraces, type Config } from '../../platform/config/config';
import { CommandError } from './output';
import { VERSION } from './version';

interface Command {
  usage: string;
  purpose: string;
  run(args: string[], config: () => Config): Promise<number | void>;
}

/** Each command loads its own code, so that "score" starts without the server. */
const COMMANDS: Record<string, Command> = {
  serve: { usage: 'serve', purpose: 'start the web application (what npm start does)', run: async (_, config) => (await import('./serve')).serve(config()) },
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
  if (args.includes('--help') || args.includes('-h')) {
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

process.exitCode = await main(process.argv.slice(2));
// Whatever is left open (a pool, a timer) must not keep a finished command alive.
process.exit();
