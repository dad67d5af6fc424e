/** The forms our drawings consist of, read back from their SVG so that paper and slides show the very drawing of the page. */
export type Form =
  | { kind: 'rect'; x: number; y: number; width: number; height: number; fill: string }
  | { kind: 'circle'; cx: number; cy: number; r: number; paint: Paint }
  | { kind: 'line'; points: XY[]; paint: Paint }
  | { kind: 'area'; points: XY[]; paint: Paint }
  | { kind: 'text'; x: number; y: number; text: string; fill: string; size: number; bold: boolean; anchor: 'start' | 'middle' | 'end' };

export type XY = { x: number; y: number };
export type Paint = { fill?: string; stroke?: string; width: number; dash?: number[] };

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const unescapeXml = (text: string): string => text.replace(/&(amp|lt|gt|quot|#39);/gu, (_, name: string) => ENTITIES[name] ?? '');

const attributesOf = (source: string): Record<string, string> =>
  Object.fromEntries([...source.matchAll(/([a-zA-Z-]+)="([^"]*)"/gu)].map((match) => [match[1] ?? '', unescapeXml(match[2] ?? '')]));

const pointsOf = (source = ''): XY[] => {
  const numbers = source.trim().split(/[\s,]+/u).map(Number);
  return numbers.flatMap((x, i) => (i % 2 === 0 ? [{ x, y: numbers[i + 1] ?? 0 }] : []));
};

const paintOf = (a: Record<string, string>): Paint => ({
  fill: a.fill === 'none' ? undefined : (a.fill ?? '#000000'),
  stroke: a.stroke === 'none' ? undefined : a.stroke,
  width: Number(a['stroke-width'] ?? 1),
  dash: a['stroke-dasharray']?.split(/[\s,]+/u).map(Number),
});

const textOf = (a: Record<string, string>, content: string): Form => ({
  kind: 'text',
  x: Number(a.x ?? 0),
  y: Number(a.y ?? 0),
  text: unescapeXml(content),
  fill: a.fill ?? '#000000',
  size: parseFloat(a['font-size'] ?? '12'),
  bold: Number(a['font-weight'] ?? 400) >= 600,
  anchor: a['text-anchor'] === 'middle' ? 'middle' : a['text-anchor'] === 'end' ? 'end' : 'start',
});

const formOf = (tag: string, a: Record<string, string>, content: string): Form | undefined => {
  if (tag === 'text') return textOf(a, content);
  if (tag === 'circle') return { kind: 'circle', cx: Number(a.cx), cy: Number(a.cy), r: Number(a.r), paint: paintOf(a) };
  if (tag === 'polyline') return { kind: 'line', points: pointsOf(a.points), paint: paintOf(a) };
  if (tag === 'polygon') return { kind: 'area', points: pointsOf(a.points), paint: paintOf(a) };
  if (tag === 'rect') return { kind: 'rect', x: Number(a.x ?? 0), y: Number(a.y ?? 0), width: Number(a.width), height: Number(a.height), fill: a.fill ?? 'none' };
  if (tag === 'svg' || tag === 'title' || tag === 'g') return undefined;
  throw new Error(`a drawing holds <${tag}>, which paper and slides cannot show`);
};

/** Forms of one of our drawings, back to front. Throws on a form it does not know, so that nothing goes missing unseen. */
export const formsOf = (svg: string): Form[] =>
  [...svg.matchAll(/<([a-z]+)((?:\s+[a-zA-Z:-]+="[^"]*")*)\s*\/?>([^<]*)/gu)].flatMap((match) => {
    const form = formOf(match[1] ?? '', attributesOf(match[2] ?? ''), match[3] ?? '');
    return form ? [form] : [];
  });
