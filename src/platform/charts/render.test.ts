import { describe, expect, it } from 'vitest';
import { heatMap } from '../../lib/charts/heat-map';
import { themes } from '../../lib/charts/tokens';
import { renderSvg } from './render';

const HOSTILE = '"><script>alert(1)</script><img onerror=x> & \u0007 ]]> zr0-c1 class="x" style="y:z"';

const drawing = (label: string) =>
  heatMap({
    theme: themes.light,
    width: 600,
    finding: `Finding ${label}`,
    rowLabels: [label],
    columnLabels: ['North'],
    cells: [[{ id: 'a', mean: 2.4, tone: 'low' }]],
    format: (value) => value.toFixed(1),
    hidden: 'hidden',
    corner: 'Section',
  });

/** Reads the drawing the way a strict reader of XML would: tags must nest, texts may hold no bare sign. */
const tagsOf = (svg: string): string[] => {
  const tags: string[] = [];
  const open: string[] = [];
  let at = 0;
  for (const match of svg.matchAll(/<(\/?)([a-zA-Z]+)((?:\s+[a-zA-Z-]+(?::[a-z]+)?="[^"<]*")*)\s*(\/?)>/gu)) {
    expect(svg.slice(at, match.index)).not.toMatch(/[<>]/u);
    at = match.index + match[0].length;
    const name = match[2] ?? '';
    if (match[1]) expect(open.pop()).toBe(name);
    else {
      tags.push(name);
      if (!match[4]) open.push(name);
    }
  }
  expect(open).toEqual([]);
  expect(svg.slice(at)).toBe('');
  return tags;
};

describe('a drawing as SVG', () => {
  it('is the same to the byte each time', () => expect(renderSvg(drawing('Trust'))).toBe(renderSvg(drawing('Trust'))));

  it('carries its finding for those who do not see it', () => {
    const svg = renderSvg(drawing('Trust'));
    expect(svg).toContain('role="img" aria-label="Finding Trust"');
    expect(svg).toContain('<title>Finding Trust</title>');
  });

  it('holds forms and texts only, whatever a label says', () => {
    const svg = renderSvg(drawing(HOSTILE));
    const allowed = ['svg', 'title', 'rect', 'polyline', 'polygon', 'circle', 'text', 'g', 'path', 'defs', 'clipPath'];
    expect(tagsOf(svg).filter((tag) => !allowed.includes(tag))).toEqual([]);
    expect(svg).not.toMatch(/ (?:style|class|on[a-z]+|href|ecmeta_[a-z_]+)="/u);
    expect(svg).not.toContain('\u0007');
    expect(svg).toContain('&lt;script&gt;');
  });
});
