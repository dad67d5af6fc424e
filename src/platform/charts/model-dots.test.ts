import { describe, expect, it } from 'vitest';
import { modelDots, type ModelDotsInput } from '../../lib/charts/model-dots';
import { ticksFromZero } from '../../lib/charts/share-axis';
import { themes } from '../../lib/charts/tokens';
import { renderSvg } from './render';

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
const input = (change: Partial<ModelDotsInput> = {}): ModelDotsInput => ({
  theme: themes.light,
  width: 760,
  finding: 'The last touch hides what the webinars open',
  models: ['first', 'last', 'W', 'Markov'],
  rows: [
    { id: 'webinar', label: 'Webinar', function: 'marketing', dots: [{ share: 0.43, interval: { low: 0.4, high: 0.46 } }, { share: 0.05 }, {}, { share: 0.33 }] },
    { id: 'call', label: 'Sales call', function: 'sales', dots: [{ share: 0.1 }, { share: 0.62, interval: { low: 0.58, high: 0.66 } }, {}, { share: 0.34 }] },
    { id: 'fair', label: 'Trade fair', dots: [{ share: 0.47 }, { share: 0.33 }, {}, {}] },
  ],
  format: percent,
  formatTick: (share) => `${Math.round(share * 100)} %`,
  formatInterval: (low, high) => `${percent(low)} to ${percent(high)}`,
  columns: { row: 'Channel' },
  absent: 'not computed',
  ...change,
});

const textsOf = (svg: string): string[] => [...svg.matchAll(/<text[^>]*>([^<]*)</gu)].map((match) => match[1] ?? '');
/** Right ends of the texts, by their anchor, must lie within the drawing. */
const edges = (svg: string): number[] => [...svg.matchAll(/<text([^>]*)>/gu)].map((match) => Number(/translate\((-?[\d.]+)/u.exec(match[1] ?? '')?.[1] ?? / x="(-?[\d.]+)"/u.exec(match[1] ?? '')?.[1] ?? NaN));

describe('models side by side', () => {
  it('says every figure beside its mark, with the model\'s name', () => {
    const texts = textsOf(renderSvg(modelDots(input())));
    for (const text of ['Webinar', 'Sales call', 'Trade fair', '43.0 %', '62.0 %', '47.0 %', '0 %']) expect(texts).toContain(text);
    expect(texts.filter((text) => text === 'Markov')).toHaveLength(3);
  });

  it('draws no line for a model that no channel has, and names it in the table', () => {
    const drawing = modelDots(input());
    expect(textsOf(renderSvg(drawing))).not.toContain('W');
    expect(drawing.table).toEqual({
      columns: ['Channel', 'first', 'last', 'W', 'Markov'],
      rows: [
        ['Webinar', '43.0 % (40.0 % to 46.0 %)', '5.0 %', 'not computed', '33.0 %'],
        ['Sales call', '10.0 %', '62.0 % (58.0 % to 66.0 %)', 'not computed', '34.0 %'],
        ['Trade fair', '47.0 %', '33.0 %', 'not computed', 'not computed'],
      ],
    });
  });

  it('starts at zero and holds every interval', () => expect(modelDots(input()).option.xAxis).toMatchObject({ min: 0, max: expect.closeTo(0.8) }));

  it('shows functions by hue and shape, and a channel of neither in ink', () => {
    const svg = renderSvg(modelDots(input()));
    expect(svg).toContain(themes.light.functions.sales.mark);
    expect(svg).toContain(themes.light.functions.marketing.mark);
    expect(renderSvg(modelDots(input({ rows: [{ id: 'fair', label: 'Fair', dots: [{ share: 1 }] }] })))).toContain(`fill="${themes.light.ink2}"`);
  });

  it.each(['light', 'dark', 'print'] as const)('keeps every text within the drawing (%s, narrow)', (name) => {
    const rows = [{ id: 'a', label: 'A channel with a name that hardly ends anywhere '.repeat(3), function: 'sales' as const, dots: [{ share: 1, interval: { low: 0.97, high: 1 } }] }];
    const drawing = modelDots(input({ theme: themes[name], width: 360, rows }));
    const found = edges(renderSvg(drawing));
    expect(found.length).toBeGreaterThan(5);
    for (const x of found) expect(x >= 0 && x <= 360).toBe(true);
    expect(drawing.regions).toEqual([{ id: 'a', label: rows[0]?.label, x: 0, y: 12, width: 360, height: 30 }]);
  });

  it('has nothing to draw without channels', () => expect(textsOf(renderSvg(modelDots(input({ rows: [] })))).every((text) => text.endsWith(' %'))).toBe(true));
});

it.each([
  [0.66, [0, 0.2, 0.4, 0.6, 0.8]],
  [1, [0, 0.2, 0.4, 0.6, 0.8, 1]],
  [0.031, [0, 0.01, 0.02, 0.03, 0.04]],
  [12, [0, 2.5, 5, 7.5, 10, 12.5]],
  [0, [0, 0.2, 0.4, 0.6, 0.8, 1]],
])('ticks up to %f', (largest, expected) => {
  const got = ticksFromZero(largest);
  expect(got).toHaveLength(expected.length);
  expected.forEach((tick, at) => expect(got[at]).toBeCloseTo(tick, 12));
});
