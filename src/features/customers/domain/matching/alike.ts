import { contentOf } from './gathered';
import type { MatchRecord } from './record';

/** Records of one list that say the very same, as one; `keys` holds all of them under the first one's key. */
export type Collapsed = { records: MatchRecord[]; keys: ReadonlyMap<string, readonly string[]> };

const compareKeys = (left: MatchRecord, right: MatchRecord): number => (left.key < right.key ? -1 : left.key > right.key ? 1 : 0);

/**
 * A list of deals names its account in every row: that is one account often, not a common name. Records that say the same are
 * therefore compared once.
 * @param apart keys that stay on their own, because something is remembered about them
 */
export const collapse = (records: readonly MatchRecord[], apart: ReadonlySet<string>): Collapsed => {
  const by = new Map<string, MatchRecord[]>();
  for (const record of [...records].sort(compareKeys)) {
    const content = apart.has(record.key) ? `\u0002${record.key}` : contentOf(record);
    const alike = by.get(content);
    if (alike) alike.push(record);
    else by.set(content, [record]);
  }
  const groups = [...by.values()];
  return { records: groups.map(([first]) => first as MatchRecord), keys: new Map(groups.map((group) => [(group[0] as MatchRecord).key, group.map(({ key }) => key)])) };
};
