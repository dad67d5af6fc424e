import type { Table } from '../../../../lib/table';

/** Which column of a file of paths holds what, by position. */
export type PathColumns = { path: number; conversions: number; none: number | null; value: number | null };

/** Columns that somebody named; the others are found by their headings. */
export type ColumnWishes = Partial<Record<keyof PathColumns, string>>;

/**
 * Headings by which a column is known, best first, without capitals and signs: those of the R package ChannelAttribution, of the data
 * sets made for it, and plain words.
 */
const HEADINGS: Record<keyof PathColumns, readonly string[]> = {
  path: ['path', 'paths', 'channelpath', 'journey', 'journeys', 'touchpath', 'touchpoints', 'touches', 'channels'],
  conversions: ['totalconversions', 'conversions', 'totalconversion', 'conversion', 'converted', 'conv', 'orders', 'wins', 'won'],
  none: ['totalnull', 'null', 'nulls', 'none', 'totalnone', 'nonconversions', 'totalnonconversions', 'nonconversion', 'noconversions', 'noconversion', 'nullconversions', 'notconverted', 'noorder', 'noorders', 'lost'],
  value: ['totalconversionvalue', 'conversionvalue', 'totalconversionsvalue', 'conversionsvalue', 'totalvalue', 'value', 'revenue', 'amount'],
};

const plain = (heading: string): string => heading.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

const byHeading = ({ headings }: Table, role: keyof PathColumns): number | null => {
  const plains = headings.map(plain);
  for (const name of HEADINGS[role]) {
    const at = plains.indexOf(name);
    if (at >= 0) return at;
  }
  return null;
};

/** The column in which most cells hold an arrow. */
const byArrows = ({ headings, rows }: Table): number | null => {
  const arrows = headings.map((_, column) => rows.reduce((sum, row) => sum + (/>|→/u.test(row.cells[column] ?? '') ? 1 : 0), 0));
  const most = Math.max(...arrows);
  return most > 0 ? arrows.indexOf(most) : null;
};

const listed = ({ headings }: Table): string => headings.slice(0, 8).join(', ') + (headings.length > 8 ? ', …' : '');

const ROLES = ['path', 'conversions', 'none', 'value'] as const;

const repeatedAmong = (table: Table, chosen: readonly (number | null)[]): string | undefined => {
  const repeated = new Set(table.problems.flatMap(({ code, detail }) => (code === 'duplicate_heading' && detail !== undefined ? [detail.toLowerCase()] : [])));
  const column = chosen.find((at) => at !== null && repeated.has((table.headings[at] ?? '').toLowerCase()));
  return column === undefined || column === null ? undefined : table.headings[column];
};

/** The columns, or in one sentence why they cannot be told. */
export const findPathColumns = (table: Table, wishes: ColumnWishes): { columns: PathColumns } | { problem: string } => {
  const chosen: Record<keyof PathColumns, number | null> = { path: null, conversions: null, none: null, value: null };
  for (const role of ROLES) {
    const wish = wishes[role]?.trim().toLowerCase();
    const at = wish === undefined ? -1 : table.headings.findIndex((heading) => heading.toLowerCase() === wish);
    if (wish !== undefined && at < 0) return { problem: `no column is named “${wishes[role]?.slice(0, 40)}”; the file has ${listed(table)}` };
    chosen[role] = at >= 0 ? at : byHeading(table, role);
  }
  const { conversions, none, value } = chosen;
  const path = chosen.path ?? byArrows(table);
  if (path === null) return { problem: `no column holds paths (A > B > C); name it with --path. The file has ${listed(table)}` };
  if (conversions === null) return { problem: `no column counts conversions (conversions, total_conversions, orders, …); name it with --conversions. The file has ${listed(table)}` };
  const all = [path, conversions, none, value];
  const repeated = repeatedAmong(table, all);
  if (repeated !== undefined) return { problem: `the file has more than one column ${repeated}` };
  const given = all.filter((at) => at !== null);
  if (new Set(given).size < given.length) return { problem: 'one column is named for two things' };
  return { columns: { path, conversions, none, value } };
};
