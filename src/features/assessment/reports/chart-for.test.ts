import { describe, expect, it } from 'vitest';
import { LOCALES } from '../../../lib/vocabulary';
import { relationshipCheck } from '../domain/built-in';
import { buildWaveResults, everythingHidden, leadershipHidden, sampleInstrument } from '../testing/sample-results';
import { CHARTS, chartFor, type ChartRequest } from './chart-for';
import { textsIn } from './texts';

const results = buildWaveResults({ withPrevious: true });
const base = { locale: 'en', theme: 'light', width: 760 } as const;
const draw = (request: Partial<ChartRequest> & Pick<ChartRequest, 'chart'>, of = results) => chartFor(of, sampleInstrument, { ...base, ...request });

describe('a drawing of results', () => {
  it.each(LOCALES)('speaks %s in every form', (locale) => {
    for (const chart of CHARTS.filter((name) => name !== 'relationship')) {
      const drawn = draw({ chart, section: ['overview', 'worldview', 'heat'].includes(chart) ? undefined : '3', locale });
      expect(drawn?.svg, chart).toMatch(/^<svg /u);
      expect(drawn?.finding.length, chart).toBeGreaterThan(8);
      expect(drawn?.table.rows.length, chart).toBeGreaterThan(0);
    }
  });

  it('writes the same figures into the table as into the drawing', () => {
    const drawn = draw({ chart: 'tool', section: '3' });
    const sales = results.tools.flatMap((tool) => tool.sections).find((section) => section.sectionId === '3')?.groups.find((group) => group.blockId === 'sales');
    const shown = (sales?.mean as number).toFixed(1);
    expect(drawn?.table.rows[0]?.slice(0, 2)).toEqual(['Sales', shown]);
    expect(drawn?.svg).toContain(`>${shown}</text>`);
  });

  it('uses the decimal mark of the language', () => {
    const cells = draw({ chart: 'heat', locale: 'de' })?.table.rows.flat().filter((cell) => /\d/u.test(String(cell))) ?? [];
    expect(cells.some((cell) => /^\d,\d$/u.test(String(cell)))).toBe(true);
    expect(cells.some((cell) => /^\d\.\d$/u.test(String(cell)))).toBe(false);
  });

  it('hatches a hidden leadership and says so in the table', () => {
    const drawn = draw({ chart: 'tool', section: '3' }, leadershipHidden());
    expect(drawn?.table.rows.find((row) => row[0] === 'Leadership')?.[1]).toBe('hidden to protect answers');
    expect(drawn?.svg).toContain('hidden to protect answers');
  });

  it.each(LOCALES)('says in %s that a function was not asked, and hatches nothing for it', (locale) => {
    const withoutLeaders = { ...results, response: results.response.filter((row) => row.function !== 'leadership'), blocks: results.blocks.filter((block) => block.function !== 'leadership') };
    const notAsked = textsIn(locale).t('label.notAsked');
    for (const chart of ['tool', 'distribution'] as const) {
      const drawn = draw({ chart, section: '3', locale }, withoutLeaders);
      expect(drawn?.table.rows.at(-1)?.[1]).toBe(notAsked);
      expect(drawn?.svg).toContain(`>${notAsked}</text>`);
      if (chart === 'tool') expect(drawn?.svg).not.toContain(textsIn(locale).t('hidden.cell'));
    }
  });

  it('spreads the answers of a section from ten people on, and of nobody fewer', () => {
    const sections = results.tools.flatMap((tool) => tool.sections);
    const told = new Set<string>();
    for (const section of sections) {
      const drawn = draw({ chart: 'spreads', section: section.sectionId });
      const shown = section.statements.flatMap(({ groups }) => groups).filter(({ blockId, distribution }) => ['sales', 'marketing', 'leadership'].includes(blockId) && !('hidden' in distribution));
      for (const group of shown) expect(group.n).toBeGreaterThanOrEqual(10);
      const counted = drawn?.table.rows.filter((row) => row.slice(2).some((cell) => typeof cell === 'number')) ?? [];
      expect(counted).toHaveLength(shown.filter(({ distribution }) => 'kind' in distribution && distribution.kind === 'full').length);
      for (const row of counted) told.add(String(row[1]));
    }
    expect(told).toContain('Sales');
    expect(told).not.toContain('Leadership');
    expect(draw({ chart: 'spreads', section: '3' }, everythingHidden())).toBeUndefined();
  });

  it('shows no figure at all when everything is hidden', () => {
    for (const chart of ['tool', 'statements', 'overview', 'worldview', 'heat', 'distribution'] as const) {
      const drawn = draw({ chart, section: chart === 'tool' || chart === 'statements' || chart === 'distribution' ? '3' : undefined }, everythingHidden());
      expect(drawn?.table.rows.flat().filter((cell) => /\d[.,]\d/u.test(String(cell))), chart).toEqual([]);
    }
  });

  it('answers nothing, rather than an empty drawing, for what the wave does not have', () => {
    expect(draw({ chart: 'relationship' })).toBeUndefined();
    expect(draw({ chart: 'tool', section: 'nowhere' })).toBeUndefined();
    expect(draw({ chart: 'slope', section: '3' }, buildWaveResults())).toBeUndefined();
  });

  it('draws the relationship sum on 20 to 100 with its four types', () => {
    const relationship = buildWaveResults({ instrument: relationshipCheck, rate: (random) => 1 + Math.floor(random() * 5) });
    const drawn = chartFor(relationship, relationshipCheck, { ...base, chart: 'relationship' });
    for (const text of ['>20<', '>100<', '>undefined<', '>integrated<']) expect(drawn?.svg).toContain(text);
    const sum = Number(drawn?.table.rows[0]?.[1]);
    expect(sum).toBeGreaterThan(40);
    expect(sum).toBeLessThan(80);
  });

  it('keeps the width inside what a page can use', () => {
    expect(draw({ chart: 'tool', section: '3', width: 5 })?.width).toBe(320);
    expect(draw({ chart: 'tool', section: '3', width: 1e9 })?.width).toBe(1600);
  });
});
