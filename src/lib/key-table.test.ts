import { describe, expect, it } from 'vitest';
import { growingColumn } from './growing';
import { keyTable } from './key-table';

describe('keys by number', () => {
  it('numbers texts as they come and finds them again, through many doublings', () => {
    const table = keyTable();
    const key = (index: number) => `lead-${index.toString(36)}-${index % 7}`;
    const numbers = Array.from({ length: 200_000 }, (_, index) => table.add(key(index)));
    expect(numbers.every((number, index) => number === index)).toBe(true);
    for (let index = 0; index < 200_000; index += 997) expect([table.add(key(index)), table.find(key(index))]).toEqual([index, index]);
    expect([table.size, table.find('nobody')]).toEqual([200_000, -1]);
  });
  it('tells alike texts apart', () => {
    const table = keyTable();
    const texts = ['', ' ', 'a', 'A', 'ab', 'ba', '__proto__', 'constructor', 'a\0', 'é', 'e\u0301', '0', '00'];
    expect(new Set(texts.map((text) => table.add(text))).size).toBe(texts.length);
  });
});

describe('a growing column', () => {
  it('fills what was passed over with its blank', () => {
    const column = growingColumn(-1);
    column.set(3000, 7);
    column.push(8);
    expect([column.length, column.get(2999), column.get(3000), column.get(3001), column.get(9999)]).toEqual([3002, -1, 7, 8, -1]);
    expect(column.view().length).toBe(3002);
  });
});
