import { describe, expect, it } from 'vitest';
import { spans } from './distribution';
import { dotPlot, type DotPlotInput } from './dot-plot';
import { heatMap } from './heat-map';
import { pairs } from './pairs';
import { ticksFor } from './score-axis';
import { spreadOut } from './slope';
import { fit, softlyHyphenated, textWidth, wrap } from './text-width';
import { themes } from './tokens';

const format = (value: number) => value.toFixed(1);
const scale = {
  min: 1,
  max: 7,
  ticks: ticksFor(1, 7),
  zones: [
    { from: 1, to: 3, label: 'low' },
    { from: 3, to: 4.5, label: 'middle' },
    { from: 4.5, to: 7, label: 'high' },
  ],
};
const frame = { theme: themes.light, width: 760, finding: 'Communication looks different from each side: 1.1 points' };
const dots: DotPlotInput = {
  ...frame,
  scale,
  rows: [
    { id: 'sales', label: 'Sales', function: 'sales', mean: 3.1, interval: { low: 2.8, high: 3.4 }, n: 41, note: 'n 41', band: 'middle' },
    { id: 'leadership', label: 'Leadership', function: 'leadership', note: 'hidden to protect answers' },
  ],
  format,
  columns: { group: 'Group', score: 'Score', interval: 'Interval', n: 'n', band: 'Band' },
  hidden: 'hidden',
  formatInterval: (low, high) => `${low} to ${high}`,
};

describe('text set without a browser', () => {
  it('keeps every line within its width and every word in order', () => {
    const text = 'defend us and speak for us inside the company, whatever happens there';
    const lines = wrap(text, 120, 13, 9);
    expect(lines.join(' ')).toBe(text);
    expect(Math.max(...lines.map((line) => textWidth(line, 13)))).toBeLessThanOrEqual(120);
  });
  it.each(['x'.repeat(300), '🙂'.repeat(80), 'שלום עולם '.repeat(30), ''])('cuts %s to two lines', (text) => {
    const lines = wrap(text, 100, 13, 2);
    expect(lines.length).toBeLessThanOrEqual(2);
    for (const line of lines) expect(textWidth(line, 13)).toBeLessThanOrEqual(101);
  });
  it('ends what it cut with an ellipsis and never splits a surrogate pair', () => {
    const cut = fit('🙂🙂🙂🙂🙂🙂', 40, 13);
    expect(cut.endsWith('…')).toBe(true);
    expect(() => encodeURIComponent(cut)).not.toThrow();
  });
});

describe('axes', () => {
  it.each([
    [1, 7, [1, 2, 3, 4, 5, 6, 7]],
    [1, 5, [1, 2, 3, 4, 5]],
    [20, 100, [20, 40, 60, 80, 100]],
  ])('marks a scale from %i to %i', (min, max, ticks) => expect(ticksFor(min, max)).toEqual(ticks));
  it('shows the score scale whole, whatever the scores are', () => {
    expect(dotPlot(dots).option.xAxis).toMatchObject({ min: 1, max: 7 });
  });
});

describe('figures beside the drawing', () => {
  it('tables a hidden group as hidden, not as a number', () => {
    expect(dotPlot(dots).table.rows).toEqual([
      ['Sales', '3.1', '2.8 to 3.4', 41, 'middle'],
      ['Leadership', 'hidden', 'hidden', null, 'hidden'],
    ]);
  });
  it('keeps absent and hidden cells apart', () => {
    const drawing = heatMap({
      ...frame,
      rowLabels: ['Trust'],
      columnLabels: ['North', 'South', 'Others'],
      cells: [[{ id: 'n', mean: 2.4, tone: 'low' }, { id: 's', hidden: true }, { id: 'o', absent: true }]],
      format,
      hidden: 'hidden',
      corner: 'Section',
    });
    expect(drawing.table.rows).toEqual([['Trust', '2.4', 'hidden', null]]);
    expect(drawing.regions.map((region) => region.id)).toEqual(['n', 's']);
  });
  it('gives every row a region that lies inside the drawing', () => {
    const drawing = pairs({
      ...frame,
      scale,
      rows: [
        { id: 'a', label: 'a long statement '.repeat(8), marks: [{ function: 'sales', mean: 3 }, { function: 'marketing', mean: 3 }], gap: '0.0' },
        { id: 'b', label: 'short', marks: [], gap: '–', note: 'hidden' },
      ],
      format,
      columns: { label: 'Statement', gap: 'Gap', functions: { sales: 'Sales', marketing: 'Marketing', leadership: 'Leadership' } },
      hidden: 'hidden',
    });
    const last = drawing.regions[1];
    expect(last?.y).toBe((drawing.regions[0]?.y ?? 0) + (drawing.regions[0]?.height ?? 0));
    expect((last?.y ?? 0) + (last?.height ?? 0)).toBeLessThan(drawing.height);
    expect(drawing.table.rows[1]).toEqual(['short', 'hidden', 'hidden', '–']);
  });
});

describe('answers around the middle of the scale', () => {
  it('splits the middle key and keeps every share', () => {
    const got = spans([1, 1, 0, 4, 2, 1, 1]);
    expect(got[0]?.from).toBeCloseTo(-0.4);
    expect(got[3]).toEqual({ from: expect.closeTo(-0.2), to: expect.closeTo(0.2) });
    expect(got[6]?.to).toBeCloseTo(0.6);
  });
  it('puts an even scale beside the zero line', () => expect(spans([1, 1, 1, 1])[2]?.from).toBeCloseTo(0));
  it('draws nothing for no answers', () => expect(spans([0, 0, 0])).toEqual(Array(3).fill({ from: 0, to: 0 })));
});

it('moves end labels apart without changing their order', () => {
  const [first, second, third] = spreadOut([100, 102, 101], 17) as [number, number, number];
  expect(third - first).toBeGreaterThanOrEqual(16.5);
  expect(second - third).toBeGreaterThanOrEqual(16.5);
});

describe('headings of narrow columns', () => {
  it('parts long words at syllables, with a hyphen, and never inside one', () => {
    expect(wrap('Zusammenarbeit', 60, 12, 5, 600)).toEqual(['Zusam-', 'menarbeit']);
    for (const [word, width] of [['Kommunikation', 50], ['Unterstützung', 60], ['Glaubwürdigkeit', 56], ['Strategieentwicklung', 70], ['développement', 56], ['samenwerking', 50]] as const) {
      const lines = wrap(word, width, 12, 6, 600);
      expect(lines.join('').replaceAll('-', '')).toBe(word);
      expect(lines.slice(0, -1).every((line) => line.endsWith('-')), lines.join(' ')).toBe(true);
      expect(lines.every((line) => line.length > 2 && textWidth(line, 12, 600) <= width), lines.join(' ')).toBe(true);
    }
  });
  it.each([['salespeople', 'sales|people'], ['Themselves', 'Them|selves'], ['What marketers expect', 'What mar|ket|ers expect']])('parts %s as English does', (text, parted) => expect(softlyHyphenated(text).replaceAll('\u00ad', '|')).toBe(parted));
  it('offers a browser the same places, in long words only', () => expect(softlyHyphenated('Trust: Kommunikation').replaceAll('\u00ad', '|')).toBe('Trust: Kom|mu|ni|ka|tion'));
  it('breaks scripts without syllables anywhere, without a hyphen', () => expect(wrap('協力協力協力', 26, 12, 5).join('')).toBe('協力協力協力'));
});
