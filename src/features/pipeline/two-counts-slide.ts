import PptxGenJS from 'pptxgenjs';
import { themes } from '../../lib/charts/tokens';
import { bridgeBars } from './domain/bridge-bars';
import { linesOf, whyUntold, type CountLine } from './two-counts-lines';
import type { TwoCountsView } from './two-counts-contract';
import { countWord } from './two-counts-words';

const { ink, ink2, ink3, mark, surface, functions } = themes.print;
/** 13.33 x 7.5 inches (16:9); Arial shows on every machine that slides are opened on. */
const SLIDE = { width: 13.33, height: 7.5, margin: 0.5 };
const FACE = 'Arial';
const LABEL = { x: SLIDE.margin, w: 4.3 };
const BAR = { x: 4.95, w: 5.6 };
const FIGURE = { x: 10.65, w: 0.95 };
const CHIP = { x: 11.7, w: 1.13 };
const TOP = 1.75;
const ROW = 0.49;

const hex = (color: string): string => color.replace('#', '').toUpperCase();
/** Text as a slide's XML takes it: no control characters, no signs that turn the reading direction. */
const plain = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu, ' ');

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const dayOf = (day: string): string => DAY.format(new Date(`${day}T12:00:00Z`));

type Slide = PptxGenJS.Slide;
type Box = { x: number; y: number; w: number; h: number };

const text = (slide: Slide, content: string, box: Box, { size = 13, bold = false, color = ink, align = 'left' as 'left' | 'right' | 'center' } = {}): void => {
  slide.addText(plain(content), { ...box, fontFace: FACE, fontSize: size, bold, color: hex(color), align, valign: 'middle', margin: 0, fit: 'shrink' });
};

const fillOf = (line: CountLine): { fill?: PptxGenJS.ShapeFillProps; line: PptxGenJS.ShapeLineProps } => {
  if (line.row === 'passed') return { fill: { color: hex(functions.marketing.mark) }, line: { color: hex(functions.marketing.mark), width: 0.5 } };
  if (line.row === 'worked' || line.row === 'own_find') return { fill: { color: hex(functions.sales.mark) }, line: { color: hex(functions.sales.mark), width: 0.5 } };
  // Slides know no hatch: what is only waiting has an outline of dashes.
  if (line.row === 'not_due') return { fill: { color: hex(surface) }, line: { color: hex(mark), width: 1, dashType: 'dash' } };
  return { fill: { color: hex(mark) }, line: { color: hex(mark), width: 0.5 } };
};

const addRow = (slide: Slide, line: CountLine, at: number, bar: { start: number; length: number }, untold: boolean): void => {
  const y = TOP + at * ROW;
  const ends = line.row === 'passed' || line.row === 'worked';
  // The first and the last bar belong to a function each, which a shape says as well as its colour.
  if (ends) slide.addShape(line.row === 'worked' ? 'ellipse' : 'rect', { x: LABEL.x, y: y + ROW / 2 - 0.07, w: 0.14, h: 0.14, ...fillOf(line) });
  const indent = ends ? 0.24 : 0;
  text(slide, untold ? `${line.label} · ${countWord('untold')}` : line.label, { x: LABEL.x + indent, y, w: LABEL.w - indent, h: ROW }, { bold: ends, color: untold ? ink3 : ink });
  if (bar.length > 0) slide.addShape('rect', { x: BAR.x + bar.start * BAR.w, y: y + 0.11, w: Math.max(0.03, bar.length * BAR.w), h: ROW - 0.22, ...fillOf(line) });
  text(slide, `${line.loss && line.figure > 0 ? '−' : line.row === 'own_find' && line.figure > 0 ? '+' : ''}${line.figure.toLocaleString('en')}`, { x: FIGURE.x, y, w: FIGURE.w, h: ROW }, { bold: ends, align: 'right', size: ends ? 16 : 13 });
  if (line.changer) text(slide, line.changer, { x: CHIP.x, y, w: CHIP.w, h: ROW }, { size: 11, color: ink2 });
};

/** Two counts on one slide, every bar a shape that can be edited. */
export const twoCountsSlide = async (counted: TwoCountsView, { workspaceName, day }: { workspaceName: string; day: string }): Promise<Uint8Array> => {
  const deck = new PptxGenJS();
  deck.defineLayout({ name: 'WIDE', width: SLIDE.width, height: SLIDE.height });
  deck.layout = 'WIDE';
  deck.company = deck.author = 'Lockstep';
  const title = countWord(`title.${counted.rule}`, { passed: counted.passed, worked: counted.worked });
  deck.title = plain(title);
  const slide = deck.addSlide();
  const w = SLIDE.width - 2 * SLIDE.margin;
  text(slide, countWord('slide.about', { rule: countWord(`rule.${counted.rule}`) }), { x: SLIDE.margin, y: 0.3, w, h: 0.3 }, { size: 12, color: ink3 });
  text(slide, title, { x: SLIDE.margin, y: 0.6, w, h: 0.8 }, { size: 24, bold: true });
  const lines = linesOf(counted);
  const bars = bridgeBars(lines.map(({ row, figure }) => ({ row, figure })));
  lines.forEach((line, at) => addRow(slide, line, at, bars[at] ?? { start: 0, length: 0 }, whyUntold(counted, line.row) !== ''));
  const { marketing, sales, both, time } = counted.byChanger;
  const sums = (['marketing', 'sales', 'both', 'time'] as const).map((who) => `${countWord(`change.${who}`)} ${{ marketing, sales, both, time }[who].toLocaleString('en')}`).join('   ·   ');
  text(slide, `${countWord('footer')}: ${sums}`, { x: SLIDE.margin, y: TOP + lines.length * ROW + 0.1, w, h: 0.3 }, { size: 13, color: ink2 });
  const means = countWord('rule.means', { passedOn: countWord(`passedOn.${counted.counts.passedOn}`), worked: countWord(`worked.${counted.counts.worked}`), days: counted.counts.dueDays, assumed: String(counted.daysAssumed) });
  text(slide, means, { x: SLIDE.margin, y: 6.65, w, h: 0.35 }, { size: 11, color: ink2 });
  const { first, last } = counted.period;
  const period = first && last ? countWord('source.period', { from: dayOf(first), to: dayOf(last) }) : countWord('source.none');
  text(slide, `${workspaceName} · ${period} · ${counted.asOf ? countWord('slide.asOf', { day: dayOf(counted.asOf) }) : dayOf(day)}`, { x: SLIDE.margin, y: 7.08, w, h: 0.25 }, { size: 10, color: ink3 });
  const written = await deck.write({ outputType: 'uint8array', compression: true });
  if (!(written instanceof Uint8Array)) throw new Error('the slide was not written as bytes');
  return written;
};
