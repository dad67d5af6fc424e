import { describe, expect, it } from 'vitest';
import { readTable } from './read-table';
import { toXlsx } from './write-xlsx';

const bytes = (text: string) => new Uint8Array(Buffer.from(text));

describe('readTable', () => {
  it('reads what it wrote, and leaves other sheets named', async () => {
    const file = await toXlsx([
      { name: 'People', rows: [['Name', 'E-mail', 'n'], ['=1+1', 'a@x.org', -3], [null, null, null], ['Ann', 'b@x.org', true]] },
      { name: 'Notes', rows: [['x']] },
    ]);
    const table = await readTable(file);
    expect(table.headings).toEqual(['Name', 'E-mail', 'n']);
    expect(table.rows).toEqual([
      { line: 2, cells: ["'=1+1", 'a@x.org', '-3'] },
      { line: 4, cells: ['Ann', 'b@x.org', 'TRUE'] },
    ]);
    expect(table.problems).toEqual([{ code: 'other_sheets', line: 0, detail: 'Notes' }]);
  });

  it('goes on after a quote that nobody closed', async () => {
    const table = await readTable(bytes('name,email\n"Ann,ann@x.y\nBob,bob@x.y\n"Carl, Jr",carl@x\nDee,d@x\n'));
    expect(table.rows.map((row) => [row.line, ...row.cells])).toEqual([
      [2, '"Ann', 'ann@x.y'],
      [3, 'Bob', 'bob@x.y'],
      [4, 'Carl, Jr', 'carl@x'],
      [5, 'Dee', 'd@x'],
    ]);
    expect(table.problems).toEqual([{ code: 'quote_never_closed', line: 2 }]);
  });
});
