import type { Funnel } from './funnel';
import { plainText } from './outcome';

/** What happened while rows became leads. */
export type ReadingCounts = {
  repeated: number;
  withoutKey: number;
  unreadableDates: number;
  /** Deals whose key no lead has; how many of these keys differ only in case, spaces or signs, with an example (deal, lead). */
  orphans: number;
  nearOrphans: number;
  nearExample: [string, string] | undefined;
};

type Columns = Record<'key' | 'entered' | 'source' | 'outcome' | 'won' | 'lost', string | null>;

const amount = (count: number, one: string, many: string): string => `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;

const aboutColumns = (found: Funnel, columns: Columns, twoFiles: boolean): string[] => [
  ...(columns.key === null ? ['No column tells leads apart; every row counts as a lead.'] : []),
  ...(columns.entered === null ? ['No column says when a lead came in, so there are neither cohorts nor days to won. --entered names it.'] : []),
  ...(columns.source === null ? ['No column tells the source. --source names it.'] : []),
  ...(columns.outcome === null && columns.won === null && columns.lost === null ? ['No column says how deals ended: every lead with a deal counts as won.'] : []),
  ...(columns.outcome === null && columns.won !== null ? [`No column says won or lost: a ${twoFiles ? 'deal' : 'row'} with a date in “${columns.won}” counts as won.`] : []),
  ...(columns.outcome !== null && found.won === 0 ? [`No value of “${columns.outcome}” means won, so none counts as won.`] : []),
  ...(columns.outcome !== null && columns.won === null ? ['No column says when a deal was won, so there are no days to won, and no cohort can be marked.'] : []),
  ...(found.lost === 0 && found.open > 0 ? [`Nothing says that a lead was lost: ${amount(found.open, 'lead that was not won counts', 'leads that were not won count')} as open.`] : []),
];

const aboutRows = ({ repeated, withoutKey, unreadableDates, orphans, nearOrphans, nearExample }: ReadingCounts, columns: Columns): string[] => [
  ...(repeated > 0 ? [`${amount(repeated, 'row repeats', 'rows repeat')} a “${columns.key}” that came before; each lead counts once.`] : []),
  ...(withoutKey > 0 ? [`${amount(withoutKey, 'row has', 'rows have')} no “${columns.key}”; each counts as a lead of its own.`] : []),
  ...(unreadableDates > 0 ? [`${amount(unreadableDates, 'cell', 'cells')} in “${columns.entered}” could not be read as a date.`] : []),
  ...(orphans > 0 ? [`${amount(orphans, 'deal belongs', 'deals belong')} to no lead of the first file and ${orphans === 1 ? 'is' : 'are'} not counted.`] : []),
  ...(nearExample ? [`${amount(nearOrphans, 'of these keys is', 'of these keys are')} written differently in the two files, such as “${nearExample[0]}” and “${nearExample[1]}”; nothing was linked by guessing. Spell them alike in both.`] : []),
];

const aboutTimes = ({ daysToWon, undated, cohorts, firstOutcome, typicalDays, asOf }: Funnel, columns: Columns): string[] => {
  const cut = cohorts.filter(({ mark }) => mark === 'cut off at the left');
  const young = cohorts.filter(({ mark }) => mark === 'too young');
  return [
    ...(daysToWon.beforeEntry > 0 ? [`${amount(daysToWon.beforeEntry, 'lead was', 'leads were')} won before ${daysToWon.beforeEntry === 1 ? 'its' : 'their'} first contact; counted, with days below 0.`] : []),
    ...(columns.entered !== null && undated.entrants > 0 ? [`${amount(undated.entrants, 'lead has', 'leads have')} no entry date and ${undated.entrants === 1 ? 'stands' : 'stand'} in no cohort.`] : []),
    ...(columns.entered !== null && columns.won !== null && undated.won > 0 ? [`${amount(undated.won, 'won lead lacks', 'won leads lack')} a date and ${undated.won === 1 ? 'is' : 'are'} not in the days to won.`] : []),
    ...(cut.length > 0 ? [`Cohorts ${cut[0]?.month} to ${cut.at(-1)?.month} are cut off at the left: they began before ${firstOutcome}, the first day with an outcome in the record, so their early outcomes are missing and their rates cannot be compared.`] : []),
    ...(young.length > 0 ? [`Cohorts from ${young[0]?.month} are too young: by ${asOf} they had less than the ${typicalDays} days that half of the won leads take.`] : []),
  ];
};

/** What a reader must know before trusting the figures, most basic first. */
export const funnelWarnings = (found: Funnel, columns: Columns, counts: ReadingCounts, twoFiles: boolean): string[] => [
  ...aboutColumns(found, columns, twoFiles),
  ...aboutRows(counts, columns),
  ...aboutTimes(found, columns),
];

/** Sources that differ only in case, spaces or signs, and blank beside "unknown": counted apart, and said. */
export const spellingWarnings = (sources: readonly string[]): string[] => {
  const groups = new Map<string, string[]>();
  for (const source of sources) if (source !== '') groups.set(plainText(source), [...(groups.get(plainText(source)) ?? []), source]);
  const twins = [...groups.values()].filter((group) => group.length > 1);
  const unknown = sources.find((source) => /^(unknown|n\/?a|not set|other)$/iu.test(source));
  return [
    ...twins.slice(0, 20).map((group) => `${group.map((name) => `“${name}”`).join(' and ')} may be one source written in ${group.length} ways; counted apart.`),
    ...(sources.includes('') ? [`Some leads have a blank source; they are counted apart${unknown ? `, also from “${unknown}”` : ''}.`] : []),
  ];
};
