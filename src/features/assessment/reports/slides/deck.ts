import PptxGenJS from 'pptxgenjs';
import { textWidth } from '../../../../lib/charts/text-width';
import { themes } from '../../../../lib/charts/tokens';
import type { ChartAnswer } from '../chart-for';
import { withoutControls, type ReportContext } from '../request';
import { formsOf, type Form, type XY } from '../svg-forms';

export type Slide = PptxGenJS.Slide;
/** A box on the slide, in inches. */
export type Box = { x: number; y: number; w: number; h: number };

/** Slides are 13.33 x 7.5 inches (16:9). */
export const SLIDE = { width: 13.33, height: 7.5, margin: 0.5 };
/** Shows on every machine; Inter is rarely installed where slides are opened. */
export const FACE = 'Arial';
const { ink, ink2, ink3 } = themes.print;

export const hex = (color: string): string => color.replace('#', '').toUpperCase();
/** Text as a slide's XML takes it. */
export const plain = (text: string): string => withoutControls(text).replace(/[\u202a-\u202e\u2066-\u2069]/gu, '');

export const newDeck = (context: ReportContext): PptxGenJS => {
  const deck = new PptxGenJS();
  deck.defineLayout({ name: 'WIDE', width: SLIDE.width, height: SLIDE.height });
  deck.layout = 'WIDE';
  deck.title = context.texts.t('title.report');
  deck.company = 'Lockstep';
  deck.author = 'Lockstep';
  deck.theme = { headFontFace: FACE, bodyFontFace: FACE };
  return deck;
};

export const finish = async (deck: PptxGenJS): Promise<Uint8Array> => {
  const written = await deck.write({ outputType: 'uint8array', compression: true });
  if (!(written instanceof Uint8Array)) throw new Error('slides were not written as bytes');
  return written;
};

/** A slide with its finding as title, what it is about above, and the source line below. */
export const newSlide = (deck: PptxGenJS, context: ReportContext, about: string, title: string): Slide => {
  const slide = deck.addSlide();
  const w = SLIDE.width - 2 * SLIDE.margin;
  slide.addText(plain(about), { x: SLIDE.margin, y: 0.3, w, h: 0.3, fontFace: FACE, fontSize: 12, color: hex(ink3), margin: 0 });
  slide.addText(plain(title), { x: SLIDE.margin, y: 0.6, w, h: 0.85, fontFace: FACE, fontSize: 24, bold: true, color: hex(ink), margin: 0, valign: 'top', fit: 'shrink' });
  slide.addText(plain(context.foot), { x: SLIDE.margin, y: 7.08, w: w - 1, h: 0.25, fontFace: FACE, fontSize: 10, color: hex(ink3), margin: 0 });
  slide.slideNumber = { x: SLIDE.width - 1, y: 7.08, w: 0.5, h: 0.25, fontFace: FACE, fontSize: 10, color: hex(ink3), align: 'right' };
  return slide;
};

export type Paragraph = { text: string; color?: string; bold?: boolean; size?: number };

export const addParagraphs = (slide: Slide, paragraphs: Paragraph[], box: Box): void => {
  const runs = paragraphs.map(({ text, color, bold, size }) => ({
    text: plain(text),
    options: { color: hex(color ?? ink2), bold: bold ?? false, fontSize: size ?? 14, breakLine: true, paraSpaceAfter: 6 },
  }));
  slide.addText(runs, { ...box, fontFace: FACE, valign: 'top', margin: 0, fit: 'shrink' });
};

type Place = { x: number; y: number; scale: number };
const bounds = (points: XY[]) => {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  return { x: Math.min(...xs), y: Math.min(...ys), w: Math.max(...xs) - Math.min(...xs), h: Math.max(...ys) - Math.min(...ys) };
};
const isUpright = (points: XY[]): boolean => points.every(({ x, y }, i) => points[i + 1] === undefined || points[i + 1]?.x === x || points[i + 1]?.y === y);

const addForm = (slide: Slide, form: Form, { x, y, scale }: Place): void => {
  const place = (box: Box) => ({ x: x + box.x * scale, y: y + box.y * scale, w: box.w * scale, h: box.h * scale });
  if (form.kind === 'rect') return;
  if (form.kind === 'text') {
    const width = textWidth(form.text, form.size, form.bold ? 600 : 400) * 1.15 + 6;
    const left = form.anchor === 'middle' ? form.x - width / 2 : form.anchor === 'end' ? form.x - width : form.x;
    slide.addText(plain(form.text), {
      ...place({ x: left, y: form.y - form.size * 0.7, w: width, h: form.size * 1.4 }), fontFace: FACE, fontSize: Math.round(form.size * scale * 72 * 10) / 10, bold: form.bold,
      color: hex(form.fill), align: form.anchor === 'middle' ? 'center' : form.anchor === 'end' ? 'right' : 'left', valign: 'middle', margin: 0, wrap: false,
    });
    return;
  }
  const line = form.paint.stroke ? { color: hex(form.paint.stroke), width: Math.max(0.5, form.paint.width * scale * 72), ...(form.paint.dash ? { dashType: 'sysDot' as const } : {}) } : undefined;
  const fill = form.paint.fill ? { color: hex(form.paint.fill) } : undefined;
  if (form.kind === 'circle') {
    slide.addShape('ellipse', { ...place({ x: form.cx - form.r, y: form.cy - form.r, w: form.r * 2, h: form.r * 2 }), fill, line });
    return;
  }
  const box = bounds(form.points);
  const [from, to] = form.points;
  if (form.kind === 'area') slide.addShape(isUpright(form.points) ? 'rect' : 'diamond', { ...place(box), fill, line });
  else if (from && to) slide.addShape('line', { ...place(box), line, flipV: (to.x - from.x) * (to.y - from.y) < 0 });
};

/** The page's drawing as shapes and texts that can be edited on the slide, as large as the box allows. */
export const addDrawing = (slide: Slide, chart: ChartAnswer, box: Box): void => {
  const scale = Math.min(box.w / chart.width, box.h / chart.height);
  for (const form of formsOf(chart.svg)) addForm(slide, form, { x: box.x, y: box.y, scale });
};
