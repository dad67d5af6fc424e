import type { Sheet, SheetPart } from '../../lib/sheet';
import type { HuddleRecord } from './contract';
import { missingOf } from './domain/action-plan';
import { say, stepTitle } from './print/words';

type Step = HuddleRecord['steps'][number];

/** What fits on a slide so that the last row of a room reads it; the rest goes onto the next. */
const LINES = 16;
const LONG = 110;

const height = (line: string): number => Math.ceil(line.length / LONG);

/** Parts cut so that each slide holds no more than it can. */
const paged = (parts: readonly SheetPart[]): SheetPart[][] => {
  const pages: SheetPart[][] = [[]];
  let room = LINES;
  for (const { heading, lines } of parts)
    for (const [at, line] of lines.entries()) {
      const last = pages.at(-1)?.at(-1);
      const needs = height(line) + (at === 0 || room === LINES ? 1 : 0);
      if (needs > room && room < LINES) {
        pages.push([]);
        room = LINES;
      }
      const page = pages.at(-1) ?? [];
      if (at > 0 && last && page.at(-1) === last) page[page.length - 1] = { heading, lines: [...last.lines, line] };
      else page.push({ heading, lines: [line] });
      room -= needs;
    }
  return pages.filter((page) => page.length > 0);
};

const noteLine = ({ text, author, votes, top, under }: Step['notes'][number]): string =>
  [`${top ? '» ' : ''}${text}`, author, votes > 0 ? say('record.votes', { count: votes }) : '', under.length > 0 ? `(${under.map((each) => each.text).join('; ')})` : ''].filter(Boolean).join('  –  ');

const stepParts = ({ notes, remarks, shown, withheld }: Step): SheetPart[] => {
  const kinds = [...new Set(notes.map(({ channel, room }) => `${channel} ${room ?? ''}`))];
  const written = kinds.map((kind): SheetPart => {
    const [channel = '', room = ''] = kind.split(' ');
    return { heading: [say(`channel.${channel as 'link'}`), room === '' ? '' : say(`fn.${room as 'sales'}`)].filter(Boolean).join(', '), lines: notes.filter((note) => note.channel === channel && (note.room ?? '') === room).map(noteLine) };
  });
  return [
    ...(shown.length > 0 ? [{ heading: say('record.shown'), lines: shown.map(({ tool, wave }) => say('record.shownTool', { tool, name: say(`tool.${tool as '1'}`), wave })) }] : []),
    ...written,
    ...(remarks.length > 0 ? [{ heading: say('record.remarks'), lines: remarks.map(({ text }) => text) }] : []),
    ...(withheld > 0 ? [{ heading: say('record.rest'), lines: [say('record.withheld', { count: withheld })] }] : []),
  ];
};

const actionParts = ({ disconnects, actions }: HuddleRecord): SheetPart[] => {
  const line = (action: HuddleRecord['actions'][number]): string => {
    const missing = missingOf(action);
    return [action.text, [action.owner, action.side ? say(`fn.${action.side}`) : ''].filter(Boolean).join(', '), action.dueOn ? say('actions.due', { day: action.dueOn }) : '', missing.length > 0 ? say('actions.lacks', { what: missing.map((each) => say(`lack.${each}`)).join(', ') }) : ''].filter(Boolean).join('  –  ');
  };
  return [...disconnects, { id: null, text: say('actions.other') }].flatMap(({ id, text }) => { const lines = actions.filter(({ disconnect }) => disconnect === id).map(line); return lines.length > 0 ? [{ heading: text, lines }] : []; });
};

/** The record on slides: what was found, what was agreed, then each step as it was opened to all. Everything in it is what the page shows this reader. */
export const recordSlides = (record: HuddleRecord, workspace: string): Sheet[] => {
  const foot = `${say('rule.blame')} ${say('rule.future')}`;
  const sheets = (lead: string, parts: readonly SheetPart[]): Sheet[] => paged(parts).map((page) => ({ about: workspace, title: record.name, lead, chains: [], parts: page, foot }));
  const found = [
    ...(record.disconnects.length > 0 ? [{ heading: say('record.disconnects'), lines: record.disconnects.map(({ text }, at) => `${at + 1}. ${text}`) }] : []),
    ...(record.remarks.length > 0 ? [{ heading: say('record.remarks'), lines: record.remarks.map(({ text }) => text) }] : []),
    { heading: say('record.attendance'), lines: [[say(`phase.${record.phase}`), say('wall.here', { count: record.joined }), record.rehearsal ? say('plan.rehearsal') : ''].filter(Boolean).join(' · ')] },
  ];
  return [
    ...sheets(say('record.title', { name: record.name, disconnects: record.disconnects.length, actions: record.actions.length }), found),
    ...sheets(say('record.actions'), actionParts(record)),
    ...record.steps.flatMap((step) => sheets(stepTitle(step), stepParts(step))),
  ];
};
