import { expect, test } from 'vitest';
import { fileNameOf, inColumns } from './sheet';

const part = (heading: string, many: number) => ({ heading, lines: Array.from({ length: many }, (_, at) => `${at}`) });

test('parts stand in two columns of about equal length, in their order', () => {
  const names = (columns: ReturnType<typeof inColumns>) => columns.map((column) => column.map(({ heading }) => heading));
  expect(names(inColumns([part('a', 2), part('b', 2), part('c', 2), part('d', 2)]))).toEqual([['a', 'b'], ['c', 'd']]);
  expect(names(inColumns([part('a', 12), part('b', 1), part('c', 1)]))).toEqual([['a'], ['b', 'c']]);
  expect(names(inColumns([part('a', 1)]))).toEqual([['a'], []]);
  expect(names(inColumns([]))).toEqual([[], []]);
});

test('a file’s name holds what every file system takes', () => {
  expect(fileNameOf(['Söhne & Töchter „GmbH“', 'board page'], 'pdf')).toBe('sohne-tochter-gmbh-board-page.pdf');
  expect(fileNameOf(['測試'], 'pptx')).toBe('page.pptx');
});
