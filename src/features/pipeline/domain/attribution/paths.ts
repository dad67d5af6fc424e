/**
 * A path: the channels one or more customers met, in order, with how many of them ordered and how many did not. A channel belongs
 * to either function: a sales call is a touch like a newsletter.
 */
export type Path = {
  /** In the order in which they were met; at least one. */
  channels: readonly string[];
  /** Whole, from 0: customers who took this path and ordered, and who took it and did not. */
  conversions: number;
  nonConversions: number;
  /** What the orders of this path brought together, from 0, in one currency. */
  value?: number;
  /** Days from each touch to the end of the path, from 0; as many as there are channels. */
  daysBefore?: readonly number[];
  /** Position (from 0) of the touch that created the lead, and of the one that created the opportunity. */
  leadAt?: number;
  opportunityAt?: number;
};

/** A path with its channels as positions in the set's list. */
export type IndexedPath = Omit<Path, 'channels'> & { steps: Int32Array };

export type PathSet = {
  /** In the order in which they first appear. */
  channels: string[];
  paths: IndexedPath[];
  conversions: number;
  /** Null when the data only hold paths that ended in an order, so that nobody knows how the others ran. */
  nonConversions: number | null;
};

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

const isPosition = (value: number | undefined, steps: number): boolean => value === undefined || (isCount(value) && value < steps);

const check = ({ channels, conversions, nonConversions, value, daysBefore, leadAt, opportunityAt }: Path, at: number): void => {
  const fault = (what: string) => new RangeError(`path ${at + 1}: ${what}`);
  if (channels.length === 0) throw fault('no touch');
  if (!isCount(conversions) || !isCount(nonConversions)) throw fault('conversions and non-conversions are whole numbers from 0');
  if (value !== undefined && !(value >= 0 && value < Infinity)) throw fault('a value is a number from 0');
  if (daysBefore && (daysBefore.length !== channels.length || daysBefore.some((days) => !(days >= 0 && days < Infinity)))) throw fault('one number of days from 0 per touch');
  if (!isPosition(leadAt, channels.length) || !isPosition(opportunityAt, channels.length)) throw fault('a mark stands at no touch');
};

/**
 * Paths made ready for computing.
 * @param nonConvertingKnown false when the data hold paths with orders only
 * @throws RangeError for a path without touches, a count that is not whole or negative, a value, days or marks that cannot be
 */
export const indexPaths = (paths: readonly Path[], nonConvertingKnown = true): PathSet => {
  const numbers = new Map<string, number>();
  const numberOf = (channel: string): number => {
    const known = numbers.get(channel);
    if (known !== undefined) return known;
    numbers.set(channel, numbers.size);
    return numbers.size - 1;
  };
  let conversions = 0;
  let nonConversions = 0;
  const indexed = paths.map((path, at): IndexedPath => {
    check(path, at);
    conversions += path.conversions;
    nonConversions += path.nonConversions;
    const { channels, value, daysBefore, leadAt, opportunityAt } = path;
    const steps = new Int32Array(channels.length);
    for (let step = 0; step < steps.length; step += 1) steps[step] = numberOf(channels[step] as string);
    return { steps, conversions: path.conversions, nonConversions: path.nonConversions, value, daysBefore, leadAt, opportunityAt };
  });
  return { channels: [...numbers.keys()], paths: indexed, conversions, nonConversions: nonConvertingKnown ? nonConversions : null };
};

/** The same set with equal paths (channels, days and marks) taken together; no figure changes. */
export const mergeEqual = (set: PathSet): PathSet => {
  const merged = new Map<string, IndexedPath>();
  for (const path of set.paths) {
    const key = `${path.steps.join(' ')}|${path.leadAt ?? ''}|${path.opportunityAt ?? ''}|${path.daysBefore?.join(' ') ?? ''}`;
    const known = merged.get(key);
    if (!known) merged.set(key, { ...path });
    else {
      known.conversions += path.conversions;
      known.nonConversions += path.nonConversions;
      known.value = known.value === undefined || path.value === undefined ? undefined : known.value + path.value;
    }
  }
  return { ...set, paths: [...merged.values()] };
};

/** How often each path was walked to an order. */
export const conversionsOf = ({ paths }: PathSet): Float64Array => Float64Array.from(paths, (path) => path.conversions);

/** How often each path was walked without an order. */
export const nonConversionsOf = ({ paths }: PathSet): Float64Array => Float64Array.from(paths, (path) => path.nonConversions);
