import type PptxGenJS from 'pptxgenjs';
import { themes } from '../../../../lib/charts/tokens';
import { boardOf } from '../board';
import { gapWord, leadFinding, sectionFinding, statementsFinding } from '../findings';
import { changeFinding, gapSentences, moves, readingsOf, responseLines } from '../prose';
import type { ReportContext } from '../request';
import { entriesOf, nameOf, partGroups, type Entry } from '../sections';
import type { ReportKey } from '../texts';
import { addDrawing, addParagraphs, finish, newDeck, newSlide, SLIDE, type Paragraph } from './deck';
import { addRoles, addScores, addWaves } from './native-charts';

const { ink, functions } = themes.print;
const WIDE = SLIDE.width - 2 * SLIDE.margin;
const BODY = { x: SLIDE.margin, y: 1.6, w: WIDE, h: 5.3 };
const DRAWING_PX = 960;
const ROWS_A_SLIDE = 8;

/** Which results a Huddle opens when (MB appendix): step 4 tools 4-6, step 5 tools 1-3, step 6 tools 7-8. */
const HUDDLE: { title: ReportKey; tools: string[] }[] = [
  { title: 'slides.step4', tools: ['4', '5', '6'] },
  { title: 'slides.step5', tools: ['1', '2', '3'] },
  { title: 'slides.step6', tools: ['7', '8'] },
];

const functionParagraphs = (lines: ReturnType<typeof readingsOf>): Paragraph[] =>
  lines.flatMap(({ name, label, text }) => [{ text: label, color: functions[name].text, bold: true }, { text }]);

const addStatements = (deck: PptxGenJS, entry: Entry, context: ReportContext): void => {
  const count = entry.section.statements.length;
  const pages = Math.ceil(count / ROWS_A_SLIDE);
  const each = Math.ceil(count / pages);
  for (let from = 0; from < count; from += each) {
    const chart = context.chart({ chart: 'statements', section: entry.section.id, rows: { from, to: from + each }, width: DRAWING_PX });
    if (!chart) continue;
    const title = from === 0 ? statementsFinding(entry, context.texts) : context.texts.t('report.statements.continued', { section: nameOf(entry, context.texts) });
    addDrawing(newSlide(deck, context, nameOf(entry, context.texts), title), chart, BODY);
  }
};

/** Statements with their bars on one slide. */
const SPREADS_A_SLIDE = 5;

const addSpreads = (deck: PptxGenJS, entry: Entry, context: ReportContext): void => {
  for (let from = 0; from < entry.section.statements.length; from += SPREADS_A_SLIDE) {
    const chart = context.chart({ chart: 'spreads', section: entry.section.id, rows: { from, to: from + SPREADS_A_SLIDE }, width: DRAWING_PX });
    if (chart) addDrawing(newSlide(deck, context, nameOf(entry, context.texts), context.texts.t('heading.distribution')), chart, BODY);
  }
};

const addSection = (deck: PptxGenJS, entry: Entry, context: ReportContext): void => {
  const { texts, results } = context;
  const slide = newSlide(deck, context, `${texts.t(`step.${entry.tool.step}`)} · ${texts.of(entry.tool.title)}`, sectionFinding(entry, results, texts));
  const native = addScores(slide, entry, context, { x: SLIDE.margin, y: 1.6, w: 7.2, h: 4.6 });
  const word = gapWord(entry.result, texts);
  const gap = gapSentences(entry, results, texts).map((text) => ({ text }));
  const beside = [...functionParagraphs(readingsOf(entry, results, texts)), ...(word ? [{ text: word, bold: true, color: ink }] : []), ...gap];
  addParagraphs(slide, beside, native ? { x: 8.1, y: 1.6, w: 4.73, h: 5.3 } : BODY);
  addStatements(deck, entry, context);
  addSpreads(deck, entry, context);
};

const addWorldview = (deck: PptxGenJS, entries: Entry[], context: ReportContext): void => {
  const { texts, results } = context;
  const drawing = context.chart({ chart: 'worldview', width: 520 });
  if (!drawing) return;
  const divide = results.culturalDivide;
  const slide = newSlide(deck, context, texts.t('heading.worldview'), drawing.finding);
  if (!addRoles(slide, context, { x: SLIDE.margin, y: 1.6, w: 6.2, h: 5.3 })) addDrawing(slide, drawing, { ...BODY, w: 6.2 });
  const notes = [...(divide ? [texts.t(divide.fromSource ? 'divide.fromSource' : 'divide.ours')] : []), texts.t('neutral.note')].map((text) => ({ text }));
  addParagraphs(slide, [...entries.flatMap((entry) => [{ text: nameOf(entry, texts), bold: true, color: ink }, ...readingsOf(entry, results, texts).map(({ text }) => ({ text }))]), ...notes], { x: 7.1, y: 1.6, w: 5.73, h: 5.3 });
  for (const entry of entries) {
    addStatements(deck, entry, context);
    addSpreads(deck, entry, context);
  }
};

/** The groups below the functions, all sections of a step on one slide. */
const addGroups = (deck: PptxGenJS, own: Entry[], { title, tools }: (typeof HUDDLE)[number], context: ReportContext): void => {
  if (own.every((entry) => partGroups(entry, context.results).length === 0)) return;
  const heat = context.chart({ chart: 'heat', tools, width: DRAWING_PX });
  if (heat) addDrawing(newSlide(deck, context, `${context.texts.t(title)} · ${context.texts.t('heading.byGroup')}`, heat.finding), heat, BODY);
};

const addOpening = (deck: PptxGenJS, context: ReportContext): void => {
  const { texts, results, instrument } = context;
  const title = newSlide(deck, context, context.workspaceName, texts.t('title.report'));
  const sample = context.sample ? [{ text: texts.t('title.sample'), bold: true, color: ink }] : [];
  addParagraphs(title, [...sample, { text: texts.t('heading.response'), bold: true, color: ink, size: 16 }, ...functionParagraphs(responseLines(results, texts)), { text: texts.t('about.noVerdict') }, { text: texts.t('about.anonymity', { minimum: results.minimum.general }) }], BODY);
  const overview = context.chart({ chart: 'overview', width: DRAWING_PX });
  if (overview && overview.table.rows.length > 0) addDrawing(newSlide(deck, context, texts.t('heading.overview'), leadFinding(results, instrument, texts)), overview, BODY);
};

const addChange = (deck: PptxGenJS, entries: Entry[], context: ReportContext): void => {
  const { results, texts } = context;
  const [first] = moves(results, entries);
  if (!results.change || !first) return;
  const slide = newSlide(deck, context, texts.t('heading.change'), changeFinding(results, entries, texts));
  addWaves(slide, first.entry, context, { x: SLIDE.margin, y: 1.6, w: 7.2, h: 5.2 });
  const warning = results.change.turnover >= 0.3 ? [{ text: texts.t('change.turnover', { share: texts.share(results.change.turnover) }), bold: true, color: ink }] : [];
  addParagraphs(slide, [{ text: nameOf(first.entry, texts), bold: true, color: ink }, { text: texts.t('change.caution') }, ...warning, { text: texts.t('change.independent') }], { x: 8.1, y: 1.6, w: 4.73, h: 5 });
};

/** Slides in the order a Huddle needs them; every chart's own sheet holds gated values only. */
export const reportSlides = async (context: ReportContext): Promise<Uint8Array> => {
  const { texts, results, instrument } = context;
  const deck = newDeck(context);
  const entries = entriesOf(results, instrument);
  addOpening(deck, context);
  const placed = new Set<Entry>();
  for (const step of HUDDLE) {
    const own = entries.filter((entry) => step.tools.includes(entry.tool.id));
    if (own.length === 0) continue;
    const slide = newSlide(deck, context, texts.t('slides.rules'), texts.t(step.title));
    addParagraphs(slide, [{ text: texts.t('slides.talk'), size: 28, color: ink }], { ...BODY, y: 2.6, h: 3 });
    const neutral = own.filter((entry) => entry.section.neutral);
    if (neutral.length > 0) addWorldview(deck, neutral, context);
    for (const entry of own.filter(({ section }) => !section.neutral)) addSection(deck, entry, context);
    addGroups(deck, own, step, context);
    for (const entry of own) placed.add(entry);
  }
  for (const entry of entries.filter((candidate) => !placed.has(candidate))) addSection(deck, entry, context);
  addChange(deck, entries, context);
  return finish(deck);
};

/** The board's page as one slide. */
export const boardSlide = async (context: ReportContext): Promise<Uint8Array> => {
  const deck = newDeck(context);
  const board = boardOf(context);
  const slide = newSlide(deck, context, `${board.title} · ${board.subtitle}`, board.lead);
  const sums = context.results.tools.every((tool) => tool.sections.every((section) => section.scoring === 'sum'));
  const chart = context.chart({ chart: sums ? 'relationship' : 'overview', width: 700 });
  if (chart) addDrawing(slide, chart, { x: SLIDE.margin, y: 1.6, w: 7.4, h: 4.9 });
  const lines = board.parts.flatMap(({ heading, lines: said }): Paragraph[] => [{ text: heading, bold: true, color: ink, size: 13 }, ...said.map((text) => ({ text, size: 12 }))]);
  addParagraphs(slide, lines, { x: 8.3, y: 1.6, w: 4.53, h: 4.9 });
  addParagraphs(slide, [{ text: board.footer, size: 11 }], { x: SLIDE.margin, y: 6.65, w: WIDE, h: 0.35 });
  return finish(deck);
};
