import fc from 'fast-check';
import { parse as referenceParse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { DELIMITERS, neutraliseText, parseCsv, restoreText, sniffDelimiter, toCsv } from './csv';

const read = (text: string, delimiter = ',') => parseCsv(text, { delimiter, maxCell: 1000, maxQuotedLines: 100 });

describe('CSV', () => {
  const cell = fc.oneof(fc.constantFrom('', '=1', '-2', '@x', '\tx', "'=x", 'a"b', '"', 'a,b', 'x\ny', ' x '), fc.string({ maxLength: 8 }));
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 });

  it('reads what it wrote', () => {
    fc.assert(
      fc.property(table, fc.constantFrom(...DELIMITERS), (rows, delimiter) => {
        const kept = rows.filter((row) => row.some((text) => neutraliseText(text).trim() !== ''));
        expect(read(toCsv(rows, delimiter), delimiter).records.map((record) => record.cells.map(restoreText))).toEqual(kept);
      }),
      { numRuns: 500 },
    );
  });

  it('agrees with csv-parse on well-formed files', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const text = toCsv(rows.map((row) => row.map((value) => `x${value}`)));
        const reference: string[][] = referenceParse(text, { relax_column_count: true, record_delimiter: ['\r\n', '\n', '\r'] });
        expect(read(text).records.map((record) => record.cells)).toEqual(reference);
      }),
      { numRuns: 300 },
    );
  });

  it('never throws, and every character of any text ends up in a record or a line end', () => {
    const noise = fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', ' ', ';') });
    fc.assert(
      fc.property(noise, (text) => {
        const { records } = read(text);
        const letters = (value: string) => [...value].filter((letter) => letter === 'a').length;
        expect(records.reduce((sum, record) => sum + letters(record.cells.join('')), 0)).toBe(letters(text));
        expect(records.every((record, index) => record.line > (records[index - 1]?.line ?? 0))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['=1', '+1', '-1', '@x', '\tx', '\rx', '＝1', "'=1", "''+"])('neutralises %j and gives it back', (text) => {
    expect(neutraliseText(text).startsWith("'")).toBe(true);
    expect(restoreText(neutraliseText(text))).toBe(text);
  });
  it.each(['', 'x', "'t was", 'a=b', '1-2'])('leaves %j as it is', (text) => {
    expect(neutraliseText(text)).toBe(text);
    expect(restoreText(text)).toBe(text);
  });
  it('leaves numbers as numbers', () => expect(toCsv([[-3, true, null, undefined, '-3']])).toBe("-3,true,,,'-3\r\n"));
  it.each([
    ['a;b\n1,5;2', ';'],
    ['a\tb\n', '\t'],
    ['sep=|\na|b', '|'],
    ['plain', ','],
  ])('sniffs %j', (text, delimiter) => expect(sniffDelimiter(text)).toBe(delimiter));

  it('reads a long file in time that grows with its length', () => {
    const time = (lines: number): number => {
      const text = 'ann@example.org\n'.repeat(lines);
      const start = performance.now();
      expect(read(text).records.length).toBe(lines);
      return performance.now() - start;
    };
    time(5_000);
    // Quadratic reading takes 100 times as long for ten times the lines; noise does not make it 70.
    const best = (lines: number): number => Math.min(time(lines), time(lines), time(lines));
    expect(best(200_000)).toBeLessThan(70 * Math.max(5, best(20_000)));
  });
});
