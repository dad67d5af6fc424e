/**
 * Numbers texts 0, 1, 2, … in the order in which they are first seen, holding 64 bits of each rather than the text: 16 to 32 bytes a
 * key whatever its length. Two different texts are taken for one with probability n^2 / 2^65 (1 in 37 million for a million keys).
 */
export type KeyTable = {
  readonly size: number;
  /** The number of a text, given to it now if it is new. */
  add(text: string): number;
  /** The number of a text, -1 when it was never added. */
  find(text: string): number;
};

/** Two independent 32-bit hashes (multiply and xor, murmur3's finishing constants). */
const hashes = (text: string): [number, number] => {
  let a = 0xdeadbeef ^ text.length;
  let b = 0x41c6ce57 ^ text.length;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 0x85ebca77);
    b = Math.imul(b ^ code, 0xc2b2ae3d);
    a ^= a >>> 15;
    b ^= b >>> 13;
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  return [a >>> 0, b >>> 0];
};

export const keyTable = (): KeyTable => {
  let capacity = 1024;
  let first = new Uint32Array(capacity);
  let second = new Uint32Array(capacity);
  // 0 is an empty place, so numbers are held one up.
  let numbers = new Uint32Array(capacity);
  let size = 0;

  const place = (a: number, b: number): number => {
    let at = a & (capacity - 1);
    while (numbers[at] !== 0 && (first[at] !== a || second[at] !== b)) at = (at + 1) & (capacity - 1);
    return at;
  };
  const grow = (): void => {
    const [oldFirst, oldSecond, oldNumbers] = [first, second, numbers];
    capacity *= 2;
    first = new Uint32Array(capacity);
    second = new Uint32Array(capacity);
    numbers = new Uint32Array(capacity);
    oldNumbers.forEach((number, old) => {
      if (number === 0) return;
      const at = place(oldFirst[old] as number, oldSecond[old] as number);
      first[at] = oldFirst[old] as number;
      second[at] = oldSecond[old] as number;
      numbers[at] = number;
    });
  };
  return {
    get size() {
      return size;
    },
    add: (text) => {
      const [a, b] = hashes(text);
      const at = place(a, b);
      if (numbers[at] !== 0) return (numbers[at] as number) - 1;
      first[at] = a;
      second[at] = b;
      numbers[at] = size + 1;
      size += 1;
      if (size * 3 > capacity * 2) grow();
      return size - 1;
    },
    find: (text) => {
      const [a, b] = hashes(text);
      return (numbers[place(a, b)] as number) - 1;
    },
  };
};
