import { expect, test } from 'vitest';
import { isStorable } from './storable-text';

test.each([['a name', true], ['😀 and ümläute', true], [{ rows: [1, null, true, { deep: ['x'] }] }, true], [undefined, true], ['a\u0000b', false], ['\ud800', false], [{ rows: [{ name: '\u0000' }] }, false], [{ 'a\u0000': 1 }, false]])('%j', (value, can) => {
  expect(isStorable(value)).toBe(can);
});

test('a nest of a hundred thousand levels is no trouble', () => {
  let nest: unknown = '\u0000';
  for (let level = 0; level < 100_000; level++) nest = [nest];
  expect(isStorable(nest)).toBe(false);
});
