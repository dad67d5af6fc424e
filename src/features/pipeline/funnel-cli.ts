import { funnelOfFiles, type FunnelOptions } from './commands/funnel-files';
import { parseCall, runOnFiles, sourceOf, UsageFault, type FilesIo } from './cli-support';
import { funnelTable } from './funnel-table';

const FUNNEL_USAGE = `lockstep funnel LEADS.csv [DEALS.csv] [--source COLUMN] [--json]

  LEADS.csv      a row per lead, or per opportunity; CSV or XLSX
  DEALS.csv      how leads ended, linked by a column that both files share; or a list that describes
                 values of the first (accounts, products), so that --source may name its columns
  --source       the column to split by; left out: found by its heading (origin, lead source, …)
  --key, --entered, --outcome, --won, --value
                 columns to take instead of those found
  --date-order   dmy or mdy, where the dates themselves do not tell
  --json         full precision, for programs (docs/commands.md); left out: tables

  Rates in JSON are fractions from 0 to 1.
`;

const OPTIONS = {
  source: { type: 'string' },
  key: { type: 'string' },
  entered: { type: 'string' },
  outcome: { type: 'string' },
  won: { type: 'string' },
  value: { type: 'string' },
  'date-order': { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

type Call = { leads: string; deals: string | undefined; json: boolean; options: FunnelOptions };

const readCall = (argv: string[]): Call => {
  const { values, positionals } = parseCall(argv, OPTIONS, FUNNEL_USAGE);
  const [leads, deals, ...more] = positionals;
  if (leads === undefined || more.length > 0) throw new UsageFault(`Name one file of leads, and at most one of deals.\n\n${FUNNEL_USAGE}`);
  const order = values['date-order'];
  if (order !== undefined && order !== 'dmy' && order !== 'mdy') throw new UsageFault(`--date-order is “${order}”; it must be dmy or mdy.`);
  const { source, key, entered, outcome, won, value, json } = values;
  return { leads, deals, json, options: { named: { source, key, entered, outcome, decided: won, value }, dateOrder: order } };
};

/**
 * `lockstep funnel`: the funnel of files, without database or account. Figures go to `out`, errors to `err`.
 * @param argv what follows the word `funnel`
 */
export const runFunnel = (argv: string[], io: FilesIo): Promise<number> =>
  runOnFiles(argv, io, FUNNEL_USAGE, async () => {
    const { leads, deals, json, options } = readCall(argv);
    const report = await funnelOfFiles(sourceOf(io, leads), deals === undefined ? undefined : sourceOf(io, deals), options);
    io.out(json ? `${JSON.stringify(report, null, 2)}\n` : funnelTable(report));
  });
