import type { LeadColumns, PerPortion } from './domain/lead-columns';

/**
 * What was counted of a portion is kept beside it: a portion that no lead of changed is not counted again, and what it counted goes with it. A
 * portion is another object once it was read anew.
 * @param most counts kept of each portion; those asked for longest ago are let go first
 */
export const keptByPortion = (most: number): PerPortion => {
  const kept = new WeakMap<LeadColumns, Map<string, unknown>>();
  return <T>(portion: LeadColumns, key: string, count: () => T): T => {
    const known = kept.get(portion) ?? new Map<string, unknown>();
    // The same key is only ever counted in the same way.
    const counted = known.has(key) ? (known.get(key) as T) : count();
    known.delete(key);
    known.set(key, counted);
    const [oldest] = known.keys();
    if (known.size > most && oldest !== undefined) known.delete(oldest);
    kept.set(portion, known);
    return counted;
  };
};
