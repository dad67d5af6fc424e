import { MODELS, type ModelId } from './domain/attribution/attribute';
import type { AttributionReport } from './attribution-report';

/** Rows a terminal still shows at a glance; --json has all. */
const ROWS = 40;

const NAMES: Record<ModelId, string> = { first: 'first', last: 'last', linear: 'linear', u: 'U', w: 'W', timeDecay: 'time decay', markov: 'Markov', shapley: 'Shapley' };

/** Names come from files; control characters would command the terminal. */
const safe = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '\uFFFD');

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text);

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

const align = (rows: readonly string[][]): string[] => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ').trimEnd());
};

const carriedModels = ({ models }: AttributionReport): ModelId[] => MODELS.filter((model) => models[model] !== null);

/** Channels with the most credit first, by the mean over the models. */
const channelsInOrder = (report: AttributionReport): string[] => {
  const models = carriedModels(report);
  const own = models[0] === undefined ? {} : (report.models[models[0]] ?? {});
  const mean = (channel: string): number => models.reduce((sum, model) => sum + (report.models[model]?.[channel] ?? 0), 0);
  return Object.keys(own).map((channel) => ({ channel, credit: mean(channel) })).sort((a, b) => b.credit - a.credit).map(({ channel }) => channel);
};

const creditRows = (report: AttributionReport): string[] => {
  const models = carriedModels(report);
  if (models.length === 0) return [];
  const channels = channelsInOrder(report);
  const rows = channels.slice(0, ROWS).map((channel) => [short(safe(channel)), ...models.map((model) => (report.models[model]?.[channel] ?? 0).toFixed(1))]);
  const more = channels.length > ROWS ? [`… and ${channels.length - ROWS} more channels; --json has all`] : [];
  return ['', 'Orders credited', ...align([['channel', ...models.map((model) => NAMES[model])], ...rows]), ...more];
};

const intervalRows = (report: AttributionReport): string[] => {
  const { intervals } = report;
  if (!intervals) return [];
  const models = MODELS.filter((model) => intervals.shares[model] !== null);
  const rows = channelsInOrder(report)
    .slice(0, ROWS)
    .map((channel) => [short(safe(channel)), ...models.map((model) => (intervals.shares[model]?.[channel] ?? []).map((end) => (end * 100).toFixed(1)).join('–'))]);
  return ['', `Share of the credit in percent, ${intervals.confidence * 100} % intervals from ${intervals.resamples} resamples (seed ${intervals.seed})`, ...align([['channel', ...models.map((model) => NAMES[model])], ...rows])];
};

const names = (models: readonly ModelId[]): string => models.map((model) => NAMES[model]).join(', ');

const disagreementRows = ({ disagreements }: AttributionReport): string[] => {
  if (!disagreements) return [];
  const shares = disagreements.shares.map(
    ({ channel, lowest, highest }) => `  ${safe(channel)}: ${percent(lowest.share)} by ${NAMES[lowest.model]}, ${percent(highest.share)} by ${NAMES[highest.model]}`,
  );
  const orders = disagreements.orders.map(({ first, second, firstAhead, secondAhead }) => `  ${safe(first)} before ${safe(second)} by ${names(firstAhead)}; after it by ${names(secondAhead)}`);
  if (shares.length + orders.length === 0) return ['', 'The models disagree nowhere by more than chance.'];
  return ['', 'Where the models disagree by more than chance', ...shares.slice(0, ROWS), ...orders.slice(0, ROWS)];
};

/** The report as people read it in a terminal: what the data can carry, credits side by side, what is missing and why. */
export const attributionTable = (report: AttributionReport): string => {
  const { columns, conversions, nonConversions, conversionProbability, carries, reasons } = report;
  const counted = nonConversions === null ? `${conversions} conversions` : `${conversions} conversions, ${nonConversions} without`;
  const probability = conversionProbability === null ? '' : `; probability of conversion ${(conversionProbability * 100).toFixed(2)} %`;
  const used = Object.entries(columns).flatMap(([role, heading]) => (heading === null ? [] : [`${role} = ${safe(heading)}`]));
  const missing = MODELS.flatMap((model) => (reasons[model] === undefined ? [] : [`${NAMES[model]}: ${reasons[model]}`]));
  return [
    carries,
    `${counted}${probability}`,
    `Columns: ${used.join(', ')}`,
    ...creditRows(report),
    ...(conversions > 0 ? [`Time decay halves by ${report.timeDecayBy}.`] : []),
    ...intervalRows(report),
    ...disagreementRows(report),
    ...(missing.length > 0 ? ['', 'Not computed', ...missing.map((line) => `  ${line}`)] : []),
    '',
  ].join('\n');
};

/** Warnings, fit for a terminal. */
export const attributionNotes = ({ warnings }: AttributionReport): string[] => warnings.map(safe);
