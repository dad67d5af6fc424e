/** FNV-1a, 32 bits: keys meet as numbers. Two keys that collide cost one comparison more and change no result. */
export const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
};

/** Entries are numbered within 29 bits, so that one and 24 bits of its key are exact as one number. */
const ENTRIES = 2 ** 29;

/** The places of all keys, sorted by key and those of one key as they stood: eight bits of the key apart, the rest with the place as one number. */
const sorted = (keys: Uint32Array): Uint32Array => {
  const starts = new Uint32Array(257);
  for (const key of keys) starts[(key >>> 24) + 1] = (starts[(key >>> 24) + 1] as number) + 1;
  for (let part = 1; part <= 256; part += 1) starts[part] = (starts[part] as number) + (starts[part - 1] as number);
  const next = starts.slice();
  const order = new Uint32Array(keys.length);
  keys.forEach((key, at) => {
    order[next[key >>> 24] as number] = at;
    next[key >>> 24] = (next[key >>> 24] as number) + 1;
  });
  for (let part = 0; part < 256; part += 1) {
    const one = order.subarray(starts[part], starts[part + 1]);
    one.set(Float64Array.from(one, (at) => ((keys[at] as number) & 0xffffff) * ENTRIES + at).sort().map((both) => both % ENTRIES));
  }
  return order;
};

/**
 * Visits the entries of each key together: they are `order[start]` up to, without it, `order[end]`, in ascending order. What was visited of
 * `order` may be written over, and of `keys` what was visited.
 * @returns the order
 */
export const eachGroup = (keys: Uint32Array, visit: (order: Uint32Array, start: number, end: number) => void, order = sorted(keys)): Uint32Array => {
  for (let start = 0; start < order.length; ) {
    const key = keys[order[start] as number];
    let end = start + 1;
    while (end < order.length && keys[order[end] as number] === key) end += 1;
    visit(order, start, end);
    start = end;
  }
  return order;
};

/** The row an entry belongs to, where those of row r stand from `from[r]` on. */
export const rowOf = (from: Uint32Array, at: number): number => {
  let [low, high] = [0, from.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((from[middle] as number) <= at) low = middle;
    else high = middle;
  }
  return low;
};
