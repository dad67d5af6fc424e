/** One field's different values by their numbers, ready to be compared. */
export type Values = {
  /** What is read out of a value, made anew for addresses and numbers: of those there are nearly as many as records. */
  parsed: (id: number) => unknown;
  /** At which level two values stand (levels.ts). */
  compare: (left: number, right: number) => number;
  /** Notes that the nth address or number of a value is several customers'. */
  share: (id: number, nth: number) => void;
};

/** Values kept as they were read. */
export const readValues = <Parsed>(texts: readonly string[], { parse, compare }: { parse: (text: string) => Parsed; compare: (left: Parsed, right: Parsed) => number }): Values => {
  const all = texts.map(parse);
  return { parsed: (id) => all[id], compare: (left, right) => compare(all[left] as Parsed, all[right] as Parsed), share: () => undefined };
};
