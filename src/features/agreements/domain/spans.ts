/** A version of a commitment and the starts of leads that fall under it: from, and up to without. */
export type Span<V> = { version: V; from: number; to: number | null };

/**
 * Leads fall under the newest version that had begun when they started: what was promised then is what is owed.
 * @param startsOf when a version begins, in milliseconds since 1970
 */
export const spansOf = <V extends { version: number }>(signed: readonly V[], startsOf: (version: V) => number): Span<V>[] => {
  const spans: Span<V>[] = [];
  let end: number | null = null;
  for (const version of signed.toSorted((a, b) => b.version - a.version)) {
    const from = startsOf(version);
    if (end === null || from < end) {
      spans.push({ version, from, to: end });
      end = from;
    }
  }
  return spans.reverse();
};
