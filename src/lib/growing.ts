/** A column of numbers whose length is not known beforehand; doubling keeps adding cheap. */
export type GrowingColumn = {
  readonly length: number;
  get(at: number): number;
  /** Positions past the end are filled up with the column's blank. */
  set(at: number, value: number): void;
  push(value: number): void;
  /** The values so far, without copying; valid until the column grows. */
  view(): Float64Array;
};

export const growingColumn = (blank = NaN): GrowingColumn => {
  let values = new Float64Array(1024).fill(blank);
  let length = 0;
  const reach = (needed: number): void => {
    if (needed > values.length) {
      const wider = new Float64Array(Math.max(needed, values.length * 2)).fill(blank);
      wider.set(values.subarray(0, length));
      values = wider;
    }
    length = Math.max(length, needed);
  };
  return {
    get length() {
      return length;
    },
    get: (at) => (at < length ? (values[at] as number) : blank),
    set: (at, value) => {
      reach(at + 1);
      values[at] = value;
    },
    push: (value) => {
      reach(length + 1);
      values[length - 1] = value;
    },
    view: () => values.subarray(0, length),
  };
};
