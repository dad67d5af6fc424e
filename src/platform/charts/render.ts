import { createRequire } from 'node:module';
import type * as ECharts from 'echarts';
import type { Drawing } from '../../lib/charts/drawing';

let loaded: typeof ECharts | undefined;
/** Loaded with the first drawing and as its one-file build: as modules it is six hundred files, read at every start of the server. */
const echarts = (): typeof ECharts => (loaded ??= createRequire(import.meta.url)('echarts') as typeof ECharts);

const escapeXml = (text: string): string =>
  text.replace(/&/gu, '&amp;').replace(/</gu, '&lt;').replace(/>/gu, '&gt;').replace(/"/gu, '&quot;').replace(/'/gu, '&#39;');

/** Characters XML 1.0 does not allow; one of them would make the whole drawing unreadable. */
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/gu;

/** FNV-1a: the same drawing has the same ids in every process, and two drawings on one page do not share any. */
const hash = (text: string): string => {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return (value >>> 0).toString(36);
};

/** "font-size:12px;font-weight:600" as attributes: a strict content policy refuses inline styles. */
const styleToAttributes = (style: string): string =>
  style
    .split(';')
    .map((entry) => entry.split(':'))
    .filter(([name, value]) => name && value)
    .map(([name, value]) => `${name}="${value}"`)
    .join(' ');

const tidy = (svg: string): string =>
  svg
    .replace(/<style[^>]*>[\s\S]*?<\/style>/gu, '')
    .replace(/ (?:class|ecmeta_[a-z_]+|pointer-events|xml:space|xmlns:xlink|paint-order)="[^"]*"/gu, '')
    .replace(/<([a-z]+)([^<>]*?) style="([^"]*)"/gu, (_, tag: string, before: string, style: string) => `<${tag}${before} ${styleToAttributes(style)}`)
    .replace(/ (x|y|cx|cy|width|height)="(-?\d+\.\d{2,})"/gu, (_, name: string, value: string) => ` ${name}="${Number(value).toFixed(1)}"`)
    .replace(/\n+/gu, '\n');

/**
 * A drawing as one SVG element, made without a browser. Safe to put into a page: texts are escaped, and there are no styles,
 * scripts, classes or outside references. Carries the finding as its accessible name.
 */
export const renderSvg = (drawing: Drawing): string => {
  const { width, height } = drawing;
  const chart = echarts().init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(drawing.option);
    const body = tidy(chart.renderToSVGString()).replace(/^<svg[^>]*>/u, '');
    const prefix = `d${hash(body.replace(/zr\d+-/gu, 'zr-'))}-`;
    const finding = escapeXml(drawing.finding.replace(NOT_XML, ''));
    const open = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${finding}">`;
    const named = body.replace(/((?:id="|url\(#))zr\d+-/gu, `$1${prefix}`).replace(NOT_XML, '');
    return `${open}<title>${finding}</title>${named}`;
  } finally {
    chart.dispose();
  }
};
