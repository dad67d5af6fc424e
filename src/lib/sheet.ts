/** What stands on one page or slide, in words: a page lays it out, and nothing more is known of it there. */
export type SheetPart = { readonly heading: string; readonly lines: readonly string[] };
/** Values on one axis, one row each, with their intervals; places are shares of the axis from 0 to 1. An earlier value is drawn as a ring. */
export type SheetAxis = {
  readonly name: string;
  readonly rows: readonly { readonly label: string; readonly text: string; readonly at: number; readonly low: number | null; readonly high: number | null; readonly now: boolean }[];
  readonly target: { readonly text: string; readonly at: number } | null;
  /** Places where bands end. */
  readonly cuts: readonly number[];
};
/** Steps from left to right under one heading, drawn values below them; an empty step is drawn as a ring. */
export type SheetChain = { readonly heading: string; readonly steps: readonly { readonly name: string; readonly lines: readonly string[]; readonly empty: boolean }[]; readonly axes?: readonly SheetAxis[] };
export type Sheet = { readonly about: string; readonly title: string; readonly lead: string; readonly chains: readonly SheetChain[]; readonly parts: readonly SheetPart[]; readonly foot: string };

/** Parts in two columns of about equal length, order kept; the second is empty where there is but one. */
export const inColumns = (parts: readonly SheetPart[]): [SheetPart[], SheetPart[]] => {
  const length = ({ lines }: SheetPart): number => 2 + lines.length;
  const all = parts.reduce((sum, part) => sum + length(part), 0);
  let [at, sum] = [Math.min(1, parts.length), parts[0] ? length(parts[0]) : 0];
  for (; at < parts.length - 1 && sum + length(parts[at] ?? { heading: '', lines: [] }) / 2 < all / 2; at += 1) sum += length(parts[at] ?? { heading: '', lines: [] });
  return [parts.slice(0, at), parts.slice(at)];
};

/** Letters, digits and dashes, which every file system and every header takes. */
export const fileNameOf = (words: readonly string[], ending: string): string =>
  `${words.join(' ').normalize('NFKD').replace(/\p{M}+/gu, '').replace(/[^A-Za-z0-9]+/gu, '-').replace(/^-+|-+$/gu, '').slice(0, 80).toLowerCase() || 'page'}.${ending}`;
