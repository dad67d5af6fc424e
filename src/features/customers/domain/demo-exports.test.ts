import { describe, expect, it } from 'vitest';
import { seeded } from '../../../lib/seeded';
import { demoExports } from './demo-exports';
import { mappingFault, proposeImport } from './mapping';
import { rowReader } from './read-row';

const NOW = Date.UTC(2026, 10, 20, 12);
const files = demoExports(seeded(3), NOW, [{ name: 'Ann Seller', territory: 'North' }, { name: 'Bo Seller', territory: 'South' }]);

describe('the demo company’s exports', () => {
  it('are recognised as what they are, every row readable', () => {
    const kinds = files.map(({ fileName, rows: [headings = [], ...rows] }) => {
      const { mapping } = proposeImport({ headings, rows });
      expect({ fileName, fault: mappingFault(mapping, headings) }).toEqual({ fileName, fault: null });
      const read = rowReader(mapping, headings, 'Europe/Berlin');
      expect(rows.map((cells) => read(cells).problem).filter((problem) => problem !== null)).toEqual([]);
      return mapping.kind;
    });
    expect(kinds).toEqual(['contact', 'lead', 'account', 'account', 'deal', 'stage', 'activity', 'touch', 'order', 'spend', 'spend']);
  });

  it('hold nothing that has not happened yet, and some hundred wins and losses', () => {
    const rowsOf = (name: string) => files.find(({ fileName }) => fileName === name)?.rows ?? [];
    const [leads, deals] = [rowsOf('crm-leads.csv'), rowsOf('crm-opportunities.csv').slice(1)];
    const [headings = [], ...rows] = leads;
    const day = (heading: string) => rows.map((cells) => cells[headings.indexOf(heading)] ?? '').filter((cell) => cell !== '');
    for (const heading of ['Created Date', 'First contacted', 'Returned at', 'Closed Date']) expect(day(heading).every((cell) => Date.parse(`${cell}Z`) <= NOW)).toBe(true);
    expect(deals.filter((row) => row[8] === 'true').length).toBeGreaterThan(80);
    expect(deals.filter((row) => row[10] !== '').length).toBeGreaterThan(80);
    for (const row of rowsOf('orders.csv').slice(1)) expect(Date.parse(row[3] ?? '')).toBeLessThanOrEqual(NOW);
  });

  it('are the same for the same seed', () => {
    expect(demoExports(seeded(3), NOW, [{ name: 'Ann Seller', territory: 'North' }, { name: 'Bo Seller', territory: 'South' }])).toEqual(files);
  });
});
