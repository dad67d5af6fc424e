type Interval = { low: number; high: number };
/** What one part of a function answered to one section; `interval` is null where it is hidden. */
export type TerritoryAnswer = { section: string; function: string; interval: Interval | null };

/**
 * Sections that two territories of one function or more answered, and those in which two of them have intervals without a common value: stricter than
 * a test at 5 % of each pair. Territories of different functions are not compared.
 */
export const territoriesApart = (answers: readonly TerritoryAnswer[]): { apart: number; of: number } => {
  const groups = new Map<string, { section: string; intervals: Interval[] }>();
  for (const { section, function: does, interval } of answers) {
    if (!interval) continue;
    const key = `${does} ${section}`;
    const group = groups.get(key) ?? { section, intervals: [] };
    group.intervals.push(interval);
    groups.set(key, group);
  }
  const asked = [...groups.values()].filter(({ intervals }) => intervals.length > 1);
  const differ = asked.filter(({ intervals }) => Math.max(...intervals.map(({ low }) => low)) > Math.min(...intervals.map(({ high }) => high)));
  const distinct = (list: typeof asked): number => new Set(list.map(({ section }) => section)).size;
  return { apart: distinct(differ), of: distinct(asked) };
};

type Placed = { function: string; territory: string };

/**
 * Salespeople whose territory is known, and those in whose territory no marketer works; null where no marketer's territory is known. Spelling in
 * capitals makes no other territory.
 */
export const sellersAlone = (people: readonly Placed[]): { n: number; of: number } | null => {
  const placed = people.filter(({ territory }) => territory !== '');
  const near = new Set(placed.filter((each) => each.function === 'marketing').map(({ territory }) => territory.toLowerCase()));
  const sellers = placed.filter((each) => each.function === 'sales');
  return near.size === 0 ? null : { n: sellers.filter(({ territory }) => !near.has(territory.toLowerCase())).length, of: sellers.length };
};
