import { attribute, type Attribution, type ModelId } from './attribute';
import { indexPaths, type Path } from './paths';
import type { RuleOptions } from './rules';

/** "A > B", orders, walks without an order. */
export const path = (text: string, conversions: number, nonConversions = 0, more: Partial<Path> = {}): Path => ({ channels: text.split(' > '), conversions, nonConversions, ...more });

export const attributed = (paths: Path[], options?: RuleOptions): Attribution => attribute(indexPaths(paths), options);

/** Credits by name, to nine places; null where the model is. */
export const creditsOf = ({ channels, models }: Attribution, model: ModelId): Record<string, number> | null => {
  const credits = models[model];
  return credits && Object.fromEntries(channels.map((channel, at) => [channel, Math.round((credits[at] as number) * 1e9) / 1e9]));
};
