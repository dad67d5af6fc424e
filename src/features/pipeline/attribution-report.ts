import { seeded } from '../../lib/seeded';
import { attribute, attributeValue, MODELS, type Attribution, type ModelId } from './domain/attribution/attribute';
import { bootstrap, BOOTSTRAP_CHANNELS, DEFAULT_BOOTSTRAP, MINIMUM_ORDERS, shareIntervals, type Resampling } from './domain/attribution/bootstrap';
import { canCarry } from './domain/attribution/can-carry';
import { disagreements } from './domain/attribution/disagreements';
import type { PathFile } from './domain/attribution/path-file';
import { indexPaths } from './domain/attribution/paths';
import type { RuleOptions } from './domain/attribution/rules';
import { carrySentence, reasonSentence, sayAttribution } from './attribution-words';

type ByChannel = Record<string, number>;

/** What `lockstep attribution --json` prints (docs/commands.md). Credits are in orders; shares and intervals from 0 to 1. */
export type AttributionReport = {
  columns: PathFile['columns'];
  carries: string;
  conversions: number;
  nonConversions: number | null;
  conversionProbability: number | null;
  models: Record<ModelId, ByChannel | null>;
  reasons: Partial<Record<ModelId | 'conversionProbability' | 'intervals', string>>;
  timeDecayBy: 'days' | 'touches';
  removalEffects: ByChannel | null;
  /** Only where the file holds what orders brought. */
  value?: { total: number; models: Record<ModelId, ByChannel | null> };
  /** Only when asked for. */
  intervals?: { resamples: number; confidence: number; seed: number; shares: Record<ModelId, Record<string, [low: number, high: number]> | null> } | null;
  disagreements?: ReturnType<typeof disagreements>;
  warnings: string[];
};

export type ReportOptions = RuleOptions & { resamples: number; seed: number };

/** Channel names are whatever the file says, `__proto__` included: entries become own properties. */
const named = <V>(channels: readonly string[], value: (at: number) => V): Record<string, V> => Object.fromEntries(channels.map((channel, at) => [channel, value(at)]));

const modelsOf = ({ channels, models }: Pick<Attribution, 'channels' | 'models'>): AttributionReport['models'] => {
  const credits = (model: ModelId) => {
    const own = models[model];
    return own && named(channels, (at) => own[at] as number);
  };
  return Object.fromEntries(MODELS.map((model) => [model, credits(model)])) as AttributionReport['models'];
};

const warningsOn = (file: PathFile, channels: readonly string[]): string[] => [
  ...(file.rowIsOneWalk ? [sayAttribution('note.rowIsOneWalk', { column: file.columns.conversions ?? '' })] : []),
  ...(file.nonConvertingKnown ? [] : [sayAttribution('note.nonConvertingUnknown')]),
  ...(file.withoutTouch.rows > 0 ? [sayAttribution('note.withoutTouch', file.withoutTouch)] : []),
  ...(channels.length > 0 && file.paths.every((path) => path.channels.length === 1) ? [sayAttribution('note.oneStep')] : []),
  ...(file.alike.length > 0 ? [sayAttribution('note.alike', { names: file.alike.slice(0, 5).map((names) => names.slice(0, 5).join(' / ')).join('; ') })] : []),
];

const intervalsOf = (resampling: Resampling, seed: number): AttributionReport['intervals'] => ({
  resamples: resampling.resamples,
  confidence: resampling.confidence,
  seed,
  shares: Object.fromEntries(
    MODELS.map((model) => {
      const list = shareIntervals(resampling, model);
      return [model, list && named<[number, number]>(resampling.channels, (at) => [list[at]?.low ?? NaN, list[at]?.high ?? NaN])];
    }),
  ) as NonNullable<AttributionReport['intervals']>['shares'],
});

/** All models over the paths of a file, with what the data can carry and, when asked, intervals and where the models disagree. */
export const attributionReport = (file: PathFile, options: ReportOptions): AttributionReport => {
  const set = indexPaths(file.paths, file.nonConvertingKnown);
  const attribution = attribute(set, options);
  const { channels, conversions, nonConversions, conversionProbability, timeDecayBy, removalEffects } = attribution;
  const reasons: AttributionReport['reasons'] = Object.fromEntries(Object.entries(attribution.reasons).map(([model, reason]) => [model, reasonSentence(reason)]));
  if (conversionProbability === null) reasons.conversionProbability = sayAttribution(file.nonConvertingKnown ? 'reason.no_walks' : 'note.nonConvertingUnknown');
  const value = attributeValue(set, options);
  const report: AttributionReport = {
    columns: file.columns,
    carries: carrySentence(canCarry(set)),
    conversions,
    nonConversions,
    conversionProbability,
    models: modelsOf(attribution),
    reasons,
    timeDecayBy,
    removalEffects: removalEffects && named(channels, (at) => removalEffects[at] as number),
    ...(value ? { value: { total: value.total, models: modelsOf({ channels, models: value.models }) } } : {}),
    warnings: warningsOn(file, channels),
  };
  if (options.resamples === 0) return report;
  const resampling = bootstrap(set, seeded(options.seed), { ...options, confidence: DEFAULT_BOOTSTRAP.confidence });
  if (!resampling) {
    reasons.intervals = sayAttribution('note.fewOrdersForIntervals', { minimum: MINIMUM_ORDERS, channels: BOOTSTRAP_CHANNELS });
    return { ...report, intervals: null };
  }
  return { ...report, intervals: intervalsOf(resampling, options.seed), disagreements: disagreements(attribution, resampling) };
};
