import PptxGenJS from 'pptxgenjs';
import { themes } from '../../lib/charts/tokens';
import { inColumns, type Sheet, type SheetAxis, type SheetChain, type SheetPart } from '../../lib/sheet';

const { ink, ink2, ink3, mark, hairline } = themes.print;
/** 13.33 x 7.5 inches (16:9); Arial shows on every machine that slides are opened on. */
const SLIDE = { width: 13.33, height: 7.5, margin: 0.5 };
const WIDTH = SLIDE.width - 2 * SLIDE.margin;
const FACE = 'Arial';
const TOP = 1.65;
const BOTTOM = 6.95;
/** Of the height between head and foot, what chains take where parts stand below them. */
const CHAINS = 0.5;

type Slide = PptxGenJS.Slide;
type Box = { x: number; y: number; w: number; h: number };
const hex = (color: string): string => color.replace('#', '').toUpperCase();
/** Text as a slide's XML takes it: no control characters, no signs that turn the reading direction. */
const plain = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu, ' ');

const line = (slide: Slide, text: string, box: Box, size: number, color = ink, bold = false): void => {
  slide.addText(plain(text), { ...box, fontFace: FACE, fontSize: size, bold, color: hex(color), margin: 0, valign: 'top', fit: 'shrink' });
};

const words = (slide: Slide, heading: string, lines: readonly string[], box: Box, size: number): void => {
  const runs = [{ text: plain(heading), options: { bold: true, fontSize: size, color: hex(ink), breakLine: true, paraSpaceAfter: 3 } }, ...lines.map((each) => ({ text: plain(each), options: { fontSize: size - 1, color: hex(ink2), breakLine: true, paraSpaceAfter: 3 } }))];
  slide.addText(runs, { ...box, fontFace: FACE, margin: 0, valign: 'top', fit: 'shrink' });
};

/** Inches: a row of an axis, its plot, its dots. */
const ROW = 0.24;
const PLOT = { from: 0.95, width: 2.4 };
const DOT = 0.13;

const addAxis = (slide: Slide, { name, rows, target, cuts }: SheetAxis, { x, y, w }: Box): void => {
  line(slide, name, { x, y, w, h: 0.2 }, 10, ink3);
  const from = x + PLOT.from;
  const rule = (at: number, of: { y: number; h: number }, color: string, width: number, dashed = false): void => {
    slide.addShape('line', { x: from + at * PLOT.width, w: 0, ...of, line: { color: hex(color), width, ...(dashed ? { dashType: 'sysDot' as const } : {}) } });
  };
  const all = { y: y + 0.22, h: rows.length * ROW };
  for (const cut of cuts) rule(cut, all, mark, 0.75, true);
  if (target) rule(target.at, all, ink, 1.5);
  for (const [order, { label, text, at, low, high, now }] of rows.entries()) {
    const [top, middle] = [all.y + order * ROW, all.y + (order + 0.5) * ROW];
    line(slide, label, { x, y: top + 0.03, w: PLOT.from - 0.1, h: ROW }, 10, ink2);
    slide.addShape('line', { x: from, y: middle, w: PLOT.width, h: 0, line: { color: hex(hairline), width: 0.75 } });
    if (low !== null && high !== null) slide.addShape('line', { x: from + low * PLOT.width, y: middle, w: (high - low) * PLOT.width, h: 0, line: { color: hex(ink2), width: 1.75 } });
    slide.addShape('ellipse', { x: from + at * PLOT.width - DOT / 2, y: middle - DOT / 2, w: DOT, h: DOT, fill: { color: now ? hex(ink) : 'FFFFFF' }, line: { color: hex(ink), width: 1.25 } });
    line(slide, text, { x: from + PLOT.width + 0.15, y: top + 0.03, w: w - PLOT.from - PLOT.width - 0.15, h: ROW }, 10, ink2);
  }
  if (target) line(slide, target.text, { x, y: all.y + all.h, w, h: 0.2 }, 9, ink3);
};

/** What drawn values take below the steps. */
const AXES = 0.95;

/** A chain with a dot or a ring for each step on one line. */
const addChain = (slide: Slide, { heading, steps, axes = [] }: SheetChain, { x, y, w, h }: Box): void => {
  const below = axes.length > 0 ? AXES : 0;
  line(slide, heading, { x, y, w, h: 0.32 }, 14, ink, true);
  slide.addShape('line', { x, y: y + 0.5, w, h: 0, line: { color: hex(ink), width: 1.25 } });
  const each = w / Math.max(1, steps.length);
  for (const [at, { name, lines, empty }] of steps.entries()) {
    slide.addShape('ellipse', { x: x + at * each, y: y + 0.42, w: 0.16, h: 0.16, fill: { color: empty ? 'FFFFFF' : hex(ink) }, line: { color: hex(empty ? mark : ink), width: 1.5 } });
    words(slide, name, lines, { x: x + at * each, y: y + 0.66, w: each - 0.2, h: h - 0.7 - below }, 12);
  }
  const wide = w / 2;
  for (const [at, axis] of axes.entries()) addAxis(slide, axis, { x: x + at * wide, y: y + h - below, w: wide - 0.3, h: below });
};

const addColumn = (slide: Slide, parts: readonly SheetPart[], { x, y, w, h }: Box): void => {
  const all = parts.reduce((sum, { lines }) => sum + 1.5 + lines.length, 0);
  let from = y;
  for (const { heading, lines } of parts) {
    const high = (h * (1.5 + lines.length)) / Math.max(all, 1);
    words(slide, heading, lines, { x, y: from, w, h: high }, 13);
    from += high;
  }
};

const addSheet = (deck: PptxGenJS, { about, title, lead, chains, parts, foot }: Sheet): void => {
  const slide = deck.addSlide();
  line(slide, `${about} · ${title}`, { x: SLIDE.margin, y: 0.3, w: WIDTH, h: 0.3 }, 12, ink3);
  line(slide, lead, { x: SLIDE.margin, y: 0.62, w: WIDTH, h: 0.9 }, 24, ink, true);
  const room = BOTTOM - TOP;
  const upper = chains.length === 0 ? 0 : parts.length === 0 ? room : room * CHAINS;
  for (const [at, chain] of chains.entries()) addChain(slide, chain, { x: SLIDE.margin, y: TOP + (at * upper) / chains.length, w: WIDTH, h: upper / chains.length });
  const columns = inColumns(parts).filter((column) => column.length > 0);
  const half = (WIDTH - 0.4 * (columns.length - 1)) / Math.max(1, columns.length);
  for (const [at, column] of columns.entries()) addColumn(slide, column, { x: SLIDE.margin + at * (half + 0.4), y: TOP + upper, w: half, h: room - upper });
  line(slide, foot, { x: SLIDE.margin, y: 7.08, w: WIDTH - 1, h: 0.25 }, 10, ink3);
  slide.slideNumber = { x: SLIDE.width - 1, y: 7.08, w: 0.5, h: 0.25, fontFace: FACE, fontSize: 10, color: hex(ink3), align: 'right' };
};

/** A slide for each sheet, every word and shape of it editable. */
export const sheetSlides = async (title: string, sheets: readonly Sheet[]): Promise<Uint8Array> => {
  const deck = new PptxGenJS();
  deck.defineLayout({ name: 'WIDE', width: SLIDE.width, height: SLIDE.height });
  deck.layout = 'WIDE';
  deck.company = deck.author = 'Lockstep';
  deck.title = plain(title);
  deck.theme = { headFontFace: FACE, bodyFontFace: FACE };
  for (const sheet of sheets) addSheet(deck, sheet);
  const written = await deck.write({ outputType: 'uint8array', compression: true });
  if (!(written instanceof Uint8Array)) throw new Error('slides were not written as bytes');
  return written;
};
