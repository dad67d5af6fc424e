import type { z } from 'zod';
import { formatIcu, type Values } from '../../lib/icu';
import type { Sheet, SheetChain, SheetPart } from '../../lib/sheet';
import { SIDES } from '../../lib/vocabulary';
import type { diagnosisView } from './contract';
import { standsBehind, strengthOf } from './domain/causes';
import { COLUMNS } from './domain/checklist';
import { sorted } from './domain/views';
import messages from './messages/en.json';

type View = z.infer<typeof diagnosisView>;
type Key = keyof typeof messages;

const say = (key: Key, values: Values = {}): string => formatIcu(messages[key], 'en', values);
const percent = (share: number): string => `${Math.round(share * 100)}%`;
const listed = (words: readonly string[]): string => new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(words);
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

/** The finding in a sentence, as the page has it. */
const titleOf = ({ causes }: View): string => {
  if (causes.every(({ standing, verdict }) => standing === 'cannot_tell' && !verdict)) return say('title.none');
  const behind = causes.filter(({ standing, verdict }) => standsBehind(standing, verdict?.verdict ?? null));
  return say('title.some', { count: behind.length, names: listed(behind.map(({ cause }) => say(`cause.${cause}`).toLowerCase())) });
};

/** Each cause with how it stands, what speaks for it most, and what a person says of it. */
const causesPart = ({ causes }: View, full: boolean): SheetPart => ({
  heading: say('causes.title'),
  lines: causes.flatMap(({ cause, standing, told, items, verdict }) => {
    const speaks = items.filter(({ reading }) => 'signal' in reading && ['for', 'some'].includes(strengthOf(reading.signal))).map(({ id, kind }) => `${say(`ev.${id}`)} (${say(`kind.${kind}`)})`);
    return [
      `${say(`cause.${cause}`)}: ${say(`standing.${standing}`).toLowerCase()}. ${say('told', { percent: percent(told) })}.`,
      ...(full && speaks.length > 0 ? [say('paper.speaks', { items: speaks.join('; ') })] : []),
      ...(verdict ? [`${say(`verdict.${verdict.verdict}`, { name: verdict.name })}: ${verdict.note}`] : []),
    ];
  }),
});

/** Currents → characteristics → consequences with both functions' figures, as the gate let them out. */
const chainOf = ({ chain }: View): SheetChain[] => {
  if (!chain) return [];
  const steps = (['currents', 'characteristics', 'consequences'] as const).map((step) => {
    const sections = [...new Set(chain[step].map(({ sectionId }) => sectionId))];
    const figure = (section: string): string => SIDES.map((side) => `${say(`paper.${side}`)} ${chain[step].find((link) => link.sectionId === section && link.side === side)?.mean.toFixed(1) ?? '–'}`).join(' · ');
    return { name: say(`chain.${step}`), lines: sections.length === 0 ? [say('chain.hidden')] : sections.map((section) => `${say(`section.${section}` as 'section.2')}: ${figure(section)}`), empty: sections.length === 0 };
  });
  return [{ heading: say('chain.title'), steps }];
};

/** What goes together across the groups of the survey. */
const acrossPart = ({ chain }: View): SheetPart[] => {
  const name = (part: 'currents' | 'characteristics' | 'consequences'): string => say(`chain.${part}`).toLowerCase();
  return chain && chain.across.length > 0 ? [{ heading: say('across.title'), lines: chain.across.map(({ from, to, groups, found }) => say(`across.${found}`, { from: name(from), to: name(to), groups })) }] : [];
};

/** How much moved, with an interval clear of nought, between the two newest surveys, by side. */
const overPart = ({ overWaves }: View): SheetPart[] => {
  if (!overWaves) return [];
  const lines = SIDES.flatMap((side) => {
    const parts = overWaves.moved.filter((each) => each.side === side && each.of > 0);
    return parts.length === 0 ? [] : [`${say(`paper.${side}`)}: ${parts.map(({ part, up, down, of }) => say('over.moved', { part: say(`chain.${part}`).toLowerCase(), up, down, of })).join('; ')}`];
  });
  return lines.length === 0 ? [] : [{ heading: say('over.title'), lines: [...lines, say('over.text', { surveys: overWaves.waves.map(({ name }) => name).join(' → ') })] }];
};

const placePart = ({ configuration: { placing, corrected, correctedNote, today, next } }: View): SheetPart => {
  const name = (type: NonNullable<typeof today>): string => say(`type.${type}`);
  const where = !today ? say('place.none.reader') : corrected ? say('place.correctedAlone', { type: name(corrected), note: correctedNote }) : say('place.nearest', { type: name(today) });
  return {
    heading: say('place.title'),
    lines: [where, ...(placing && !corrected && placing.asNear.length > 0 ? [say('place.asNear', { types: listed(placing.asNear.map(name)) })] : []), ...(next ? [say('place.next', { type: name(next) })] : []), ...(today ? [say(`move.${today}`)] : [])],
  };
};

const alignPart = ({ alignment: { relationship, lean, leave, tighten, next, steps } }: View): SheetPart => {
  const reasons = (which: 'leave' | 'tighten', ids: readonly string[]): string[] => (ids.length > 0 ? [`${say(`align.${which}`)}: ${ids.map((id) => say(`reason.${id}` as 'reason.conflicts').toLowerCase()).join('; ')}`] : []);
  if (!relationship) return { heading: say('align.title'), lines: [say('align.none')] };
  return {
    heading: say('align.title'),
    lines: [say('paper.today', { type: say(`rel.${relationship}`).toLowerCase() }), ...(relationship === 'integrated' ? [say('align.last')] : [say(`align.lean.${lean}`)]), ...reasons('leave', leave), ...reasons('tighten', tighten),
      ...(next ? [`${say('align.steps', { next: say(`rel.${next}`).toLowerCase() })}: ${steps.map((step) => say(`step.${step}` as 'step.liaison').toLowerCase()).join('; ')}`] : [])],
  };
};

const listPart = ({ checklist: { done } }: View): SheetPart => ({
  heading: say('list.title'),
  lines: [COLUMNS.map((column) => `${say(`column.${column}`)} ${percent(done[column] ?? 0)}`).join(' · '), say('paper.list', { percent: percent(COLUMNS.reduce((sum, column) => sum + (done[column] ?? 0), 0) / COLUMNS.length) })],
});

const viewsPart = ({ views }: View): SheetPart => {
  const by = sorted(views);
  const lines = (['helps', 'harms', 'open'] as const).flatMap((look) => (by[look].length > 0 ? [`${say(`look.${look}`)}: ${by[look].map((topic) => say(`topic.${topic}`).toLowerCase()).join('; ')}`] : []));
  return { heading: say('views.title'), lines: lines.length > 0 ? lines : [say('paper.noViews')] };
};

const base = (view: View, workspace: string) => ({
  about: workspace, title: say('paper.title'), lead: titleOf(view),
  foot: `${view.survey ? say('source', { survey: view.survey.name, closed: DAY.format(new Date(view.survey.closedAt)) }) : say('source.recorded')} · ${say('paper.proposal')}`,
});

/** The diagnosis on one page. Everything in it is what the page shows this reader. */
export const diagnosisPage = (view: View, workspace: string): Sheet => ({ ...base(view, workspace), chains: chainOf(view), parts: [causesPart(view, false), ...acrossPart(view), ...overPart(view), placePart(view), alignPart(view), listPart(view), viewsPart(view)] });

/** The same on three slides: the causes with their evidence; the chain and where the company stands; how far to align. */
export const diagnosisSlides = (view: View, workspace: string): Sheet[] => {
  const sheet = base(view, workspace);
  return [{ ...sheet, chains: [], parts: [causesPart(view, true)] }, { ...sheet, lead: say(view.chain ? 'chain.text' : 'chain.none'), chains: chainOf(view), parts: [...acrossPart(view), ...overPart(view), placePart(view)] }, { ...sheet, lead: say(view.alignment.relationship ? `align.lean.${view.alignment.lean}` : 'align.none'), chains: [], parts: [alignPart(view), listPart(view), viewsPart(view)] }];
};

export const paperTitle = (): string => say('paper.title');
