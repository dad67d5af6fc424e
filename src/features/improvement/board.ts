import { formatIcu, type Values } from '../../lib/icu';
import type { Sheet, SheetAxis, SheetChain, SheetPart } from '../../lib/sheet';
import { SIDES } from '../../lib/vocabulary';
import { wilson } from '../../lib/statistics/wilson';
import type { Scope } from '../../platform/rpc/with-workspace';
import { keptByQuarter } from '../agreements/public';
import { numberNow } from '../goals/public';
import { workspaceFacts } from '../workspace/public';
import { SCORED } from './domain/areas';
import { askOf } from './domain/board';
import { isReading, measureOf, MEASURES, saidKey, type Measure } from './domain/measures';
import { quarterBefore, quarterOfDay } from './domain/quarter';
import { bare, civilDay, readingOf, wordingWith } from './domain/wording';
import messages from './messages/board.en.json';
import pages from './messages/en.json';
import { axisOf } from './domain/track-axis';
import { readProgramme, type Programme } from './present';
import { figuresOf, readSaid, type Figures } from './readings';

type Problem = Programme['problems'][number];

const say = (key: keyof typeof messages, values: Values = {}): string => formatIcu(messages[key], 'en', values);
const page = (key: keyof typeof pages, values: Values = {}): string => formatIcu(pages[key], 'en', values);
const { figure, measureName, toldText, changeText, objectiveSentence, movementText } = wordingWith((key, values) => page(key as keyof typeof pages, values));

const FEWEST_DUE = 10;

/** The widest gap of the newest published survey, with its interval, and what it was before. */
const relationship = async (figures: Figures): Promise<string[]> => {
  const wave = (await figures.waves()).at(-1);
  if (!wave) return [say('relationship.none')];
  const gaps = SCORED.flatMap((section) => {
    const measure = MEASURES.get(saidKey('gap', section)) as Extract<Measure, { kind: 'said' }>;
    const reading = readSaid(wave, measure);
    const found = wave.tools.flatMap((tool) => tool.sections).find(({ sectionId }) => sectionId === section);
    return isReading(reading) && found?.gap ? [{ section, reading, verdict: found.gap.verdict }] : [];
  });
  const widest = gaps.toSorted((a, b) => Number(b.verdict === 'real') - Number(a.verdict === 'real') || b.reading.value - a.reading.value)[0];
  const survey = say('relationship.survey', { survey: wave.wave.name, closed: civilDay(wave.wave.closedAt.slice(0, 10)) });
  if (!widest) return [say('relationship.hidden'), survey];
  const { section, reading, verdict } = widest;
  const before = wave.change?.sections.find((row) => row.sectionId === section && row.gapBefore !== undefined)?.gapBefore;
  return [
    say('relationship.gap', { area: page(`area.${section}`), figure: toldText(reading, saidKey('gap', section)), verdict: say(`verdict.${verdict}`) }),
    ...(before === undefined ? [] : [say('relationship.before', { before: Math.abs(before).toFixed(1) })]), survey,
  ];
};

const ourWord = async (scope: Scope, today: string): Promise<string[]> => {
  const quarter = quarterBefore(quarterOfDay(today));
  const rows = (await keptByQuarter(scope)).filter((row) => row.quarter === quarter);
  const lines = SIDES.flatMap((side) => {
    const own = rows.filter((row) => row.side === side);
    const [due, kept] = [own.reduce((sum, row) => sum + row.due, 0), own.reduce((sum, row) => sum + row.kept, 0)];
    if (due === 0) return rows.length === 0 ? [] : [say('word.nothing', { side, quarter })];
    const { low, high } = wilson(kept, due);
    const share = due < FEWEST_DUE ? 'none' : `${bare(kept / due, 'share')} (${page('figure.range', { low: bare(low, 'share'), high: bare(high, 'share') })})`;
    return [say('word.side', { side, kept, due, quarter, share })];
  });
  return lines.length > 0 ? lines : [say('word.none')];
};

const theNumber = async (scope: Scope): Promise<string[]> => {
  const number = await numberNow(scope);
  if (!number) return [say('number.none')];
  const { currency, expected, pace } = number;
  const money = (value: number): string => bare(value, 'money', currency);
  const first = say('number.line', { toDate: money(number.toDate), target: money(number.target), period: periodOf(number), pace: pace === null ? 'none' : bare(pace, 'share') });
  return [first, ...(expected.value === null || expected.low === null || expected.high === null ? [] : [say('number.expected', { expected: money(expected.value), range: page('figure.range', { low: money(expected.low), high: money(expected.high) }) })])];
};

const periodOf = ({ unit, startsOn }: { unit: string; startsOn: string }): string => (unit === 'year' ? startsOn.slice(0, 4) : unit === 'quarter' ? quarterOfDay(startsOn) : startsOn.slice(0, 7));

/** What was said and what was recorded, then and now, with the target where the objective rests on it. */
const axesOf = ({ said, recorded, objective }: Problem): SheetAxis[] =>
  ([[said, say('step.said')], [recorded, say('step.recorded')]] as const).flatMap(([track, kind]) => {
    if (!track) return [];
    const unit = measureOf(track.measure)?.unit ?? 'score';
    const aim = objective?.measure === track.measure ? { value: objective.target, text: page('axis.target', { value: figure(objective.target, unit, readingOf(track.then)?.currency ?? null) }) } : null;
    return axisOf(track, `${kind}: ${measureName(track.measure)}`, (reading) => toldText(reading, track.measure), aim) ?? [];
  });

/** Said → cause → action → recorded → said again, in words; the figures stand beside their drawings. */
const chainOf = (problem: Problem): SheetChain => {
  const { said, recorded, cause, causeNow } = problem;
  const held = problem.actions.filter(({ state }) => state !== 'dropped');
  const causeLine = cause ? [[page(`area.${cause}`), causeNow && page(`standing.${causeNow.standing}`), causeNow?.verdict && page(`verdict.${causeNow.verdict}`)].filter(Boolean).join(' · ')] : [page('track.none.cause')];
  return {
    heading: problem.title,
    steps: [
      { name: say('step.said'), lines: said ? [measureName(said.measure), ...(readingOf(said.then) ? [] : [toldText(said.then, said.measure)])] : [page('track.none.said')], empty: !said || !isReading(said.then) },
      { name: say('step.cause'), lines: causeLine, empty: cause === null },
      { name: say('step.action'), lines: [page('track.actions.count', { done: held.filter(({ state }) => state === 'done').length, all: held.length })], empty: held.length === 0 },
      { name: say('step.recorded'), lines: recorded ? [measureName(recorded.measure), ...[changeText(recorded)].filter((line) => line !== null)] : [page('track.none.recorded')], empty: !recorded?.now },
      { name: say('step.again'), lines: said?.now ? [...[changeText(said)].filter((line) => line !== null), page('track.moved')] : [page(said ? 'track.next' : 'track.none.said')], empty: !said?.now },
    ],
    axes: axesOf(problem),
  };
};

const askLine = ({ problems }: Programme): string => {
  const running = problems.find(({ state }) => state === 'running');
  const own = running?.actions.find(({ by, state }) => by === 'leadership' && state === 'open');
  const slipping = problems.find(({ watch }) => watch === 'slipping');
  const ask = askOf({
    running: running ? { hasObjective: running.objective !== null, leadershipNamed: running.balance.leadershipNamed, leadershipOpen: own !== undefined } : null,
    waiting: problems.filter(({ state }) => state === 'waiting').length, watched: problems.map(({ watch }) => watch),
  });
  return say(`ask.${ask}`, { title: running?.title ?? '', watched: slipping?.title ?? '', waiting: problems.filter(({ state }) => state === 'waiting').length, action: own?.text ?? '', owner: own?.ownerName ?? '', due: own?.dueOn ? civilDay(own.dueOn) : 'none' });
};

const leadOf = (running: Problem | undefined): string => {
  if (!running) return say('lead.none');
  const movement = running.objective ? movementText(running.objective) : null;
  return movement ? say('lead.moved', { title: running.title, movement, words: page(`movement.${running.objective?.verdict ?? 'not_yet'}`) }) : say('lead.running', { title: running.title });
};

/** Relationship, our word, the number, one ask; above them the line of the running problem and of the one solved last. */
export const boardSheet = async (scope: Scope): Promise<Sheet> => {
  const figures = await figuresOf(scope);
  const programme = await readProgramme(scope);
  const running = programme.problems.find(({ state }) => state === 'running');
  const solved = programme.problems.filter(({ state }) => state === 'solved').toSorted((a, b) => (b.endedAt ?? '').localeCompare(a.endedAt ?? ''))[0];
  const parts: SheetPart[] = [
    { heading: say('relationship'), lines: await relationship(figures) }, { heading: say('word'), lines: await ourWord(scope, figures.today) },
    { heading: say('number'), lines: await theNumber(scope) }, { heading: say('ask'), lines: [askLine(programme)] },
  ];
  const objective = running?.objective ? [{ heading: page('objective.title'), lines: [objectiveSentence(running.objective)] }] : [];
  return {
    about: (await workspaceFacts(scope.tx)).name, title: say('title'), lead: leadOf(running), chains: [running, solved].flatMap((problem) => (problem ? [chainOf(problem)] : [])), parts: [...objective, ...parts],
    foot: say('foot', { survey: programme.survey?.name ?? '–', day: civilDay(figures.today) }),
  };
};

export const boardFileName = (about: string): string[] => [about, say('file')];
export const boardTitle = (): string => say('title');
