import { describe, expect, test } from 'vitest';
import { wilson } from '../../../lib/statistics/wilson';
import { CAUSES } from '../../../lib/vocabulary';
import catalogueTexts from '../messages/catalogue.en.json';
import challengeTexts from '../messages/challenges.en.json';
import boardTexts from '../messages/board.en.json';
import questions from '../messages/questions.en.json';
import { AREAS } from './areas';
import { ASKS, askOf } from './board';
import { CATALOGUE, FINDINGS, gradeOf, PLACES, proposalsFor, SOLUTIONS } from './catalogue';
import { CHALLENGES, MEASURES_OF, namesRival, readSigns, SIGNS, type Seen } from './challenges';
import { questionKeys, questionsFor } from './lenses';
import { MEASURES, sizeOf } from './measures';
import { changeBetween, isBetter, movementOf, watchOf } from './movement';
import { balanceOf, dueOf, mayBecome, mayBePutOffTo, missing, remindsToday, type By } from './plan';
import { countQuarter, daysOf, quarterBefore, quarterOfDay } from './quarter';
import { sellersAlone, territoriesApart } from './territories';
import { axisOf } from './track-axis';

describe('catalogue', () => {
  test.each(CAUSES)('%s has a solution at each of the three levels', (cause) => {
    const proposed = proposalsFor(cause);
    for (const place of PLACES) expect(proposed[place].length).toBeGreaterThan(0);
  });
  test('every solution, fit and finding has its words, and no word is about nothing', () => {
    const keys = SOLUTIONS.flatMap((id) => [`sol.${id}`, `sol.${id}.holds`, `sol.${id}.needs`, ...CATALOGUE[id].answers.map((cause) => `fit.${id}.${cause}`)]);
    const finds = SOLUTIONS.flatMap((id) => [...CATALOGUE[id].speaksFor.map((each) => (each === 'catalogue' ? 'find.catalogue' : `find.${each}.for`)), ...CATALOGUE[id].speaksAgainst.map((each) => `find.${each}.against`)]);
    const known = Object.keys(catalogueTexts).filter((key) => /^(sol|fit|find)\./.test(key));
    expect(known.toSorted()).toEqual([...new Set([...keys, ...finds])].toSorted());
  });
  test('co-location and joint training carry what speaks against them', () => {
    expect(CATALOGUE.social_bonds.speaksAgainst).toContain('mechanisms');
    expect(CATALOGUE.mindset.speaksAgainst).toContain('mechanisms');
    expect([gradeOf('positions'), gradeOf('it'), FINDINGS.cycle_claim.grade]).toEqual(['study', 'field_research', 'claim']);
  });
});

test('every section and every cause has questions for three lenses, in words', () => {
  expect(Object.keys(questions).toSorted()).toEqual(questionKeys().toSorted());
  expect(AREAS.length).toBe(18);
  expect([questionsFor('4', 'sales').length, questionsFor('4', 'marketing').length, questionsFor('4', 'leadership').length]).toEqual([8, 7, 4]);
});

test('seven challenges with measures and playbooks', () => {
  const keys = CHALLENGES.flatMap((id) => [`ch.${id}`, `ch.${id}.what`, ...['sales', 'marketing', 'leadership'].map((fn) => `ch.${id}.play.${fn}`), ...Array.from({ length: MEASURES_OF[id] }, (_, at) => `ch.${id}.measure.${at + 1}`)]);
  const signs = Object.keys(SIGNS).flatMap((id) => [`sign.${id}`, `sign.${id}.figure`, `sign.cannot.${id}`]);
  expect(Object.keys(challengeTexts).toSorted()).toEqual([...keys, ...signs].toSorted());
  expect(CHALLENGES.length).toBe(7);
});

describe('signs', () => {
  const nothing: Seen = { lost: { now: { rival: 0, of: 0, reason: '' }, before: { rival: 0, of: 0 } }, pace: null, silentDays: null, ties: { top: 0, of: 0 }, headDays: null, touches: { unseen: 0, of: 0 }, load: { crowded: 0, of: 0 }, territories: null, alone: null, ownerless: { none: 0, of: 0 }, spend: { given: false, linked: false } };
  const state = (seen: Partial<Seen>, id: string) => readSigns({ ...nothing, ...seen }).find((sign) => sign.id === id)?.state;
  test('nothing known raises nothing', () => expect(new Set(readSigns(nothing).map((sign) => sign.state))).toEqual(new Set(['cannot_tell'])));
  test.each([
    ['lost_to_one', { lost: { now: { rival: 8, of: 20, reason: 'Competitor' }, before: { rival: 6, of: 20 } } }, 'raised'],
    ['lost_to_one', { lost: { now: { rival: 7, of: 20, reason: 'Competitor' }, before: { rival: 6, of: 20 } } }, 'calm'],
    ['lost_to_one', { lost: { now: { rival: 9, of: 19, reason: 'Competitor' }, before: { rival: 0, of: 20 } } }, 'cannot_tell'],
    ['behind_target', { pace: 0.79 }, 'raised'], ['behind_target', { pace: 0.8 }, 'calm'],
    ['follow_up_silent', { silentDays: 45 }, 'raised'], ['follow_up_silent', { silentDays: 44 }, 'calm'],
    ['ties_on_one', { ties: { top: 8, of: 20 } }, 'raised'], ['ties_on_one', { ties: { top: 7, of: 20 } }, 'calm'],
    ['new_head', { headDays: 179 }, 'raised'], ['new_head', { headDays: 180 }, 'calm'],
    ['touched_unseen', { touches: { unseen: 10, of: 20 } }, 'raised'], ['touched_unseen', { touches: { unseen: 9, of: 20 } }, 'calm'], ['touched_unseen', { touches: { unseen: 19, of: 19 } }, 'cannot_tell'],
    ['contact_load', { load: { crowded: 2, of: 20 } }, 'raised'], ['contact_load', { load: { crowded: 1, of: 20 } }, 'calm'],
    ['territories_apart', { territories: { apart: 1, of: 4 } }, 'raised'], ['territories_apart', { territories: { apart: 1, of: 5 } }, 'calm'], ['territories_apart', { territories: { apart: 3, of: 3 } }, 'cannot_tell'],
    ['territories_alone', { alone: { n: 5, of: 10 } }, 'raised'], ['territories_alone', { alone: { n: 4, of: 10 } }, 'calm'], ['territories_alone', { alone: { n: 9, of: 9 } }, 'cannot_tell'],
    ['no_owner', { ownerless: { none: 4, of: 20 } }, 'raised'], ['no_owner', { ownerless: { none: 3, of: 20 } }, 'calm'],
    ['spend_unlinked', { spend: { given: true, linked: false } }, 'raised'], ['spend_unlinked', { spend: { given: true, linked: true } }, 'calm'],
  ] as const)('%s with %j is %s', (id, seen, expected) => expect(state(seen, id)).toBe(expected));
  test('territories differ where their intervals have no common value, each function by itself', () => {
    const told = (section: string, does: string, low: number, high: number) => ({ section, function: does, interval: { low, high } });
    const answers = [told('2', 'sales', 2, 3), told('2', 'sales', 3.1, 4), told('3', 'sales', 2, 3), told('3', 'sales', 3, 4), told('4', 'sales', 2, 3), told('4', 'marketing', 5, 6), { section: '5', function: 'sales', interval: null }, told('5', 'sales', 1, 2)];
    expect(territoriesApart(answers)).toEqual({ apart: 1, of: 2 });
    expect(territoriesApart([])).toEqual({ apart: 0, of: 0 });
  });
  test('salespeople are alone where no marketer has their territory, however it is spelled', () => {
    const people = (does: string, ...territories: string[]) => territories.map((territory) => ({ function: does, territory }));
    expect(sellersAlone([...people('sales', 'North', 'NORTH', 'South', ''), ...people('marketing', 'north', ''), ...people('leadership', 'South')])).toEqual({ n: 1, of: 3 });
    expect([sellersAlone(people('sales', 'North')), sellersAlone([...people('sales', 'North'), ...people('marketing', '')]), sellersAlone(people('marketing', 'North'))]).toEqual([null, null, { n: 0, of: 0 }]);
  });
  test('rivals are recognised in five languages', () => expect(['Lost to competitor', 'Wettbewerber', 'Concurrence', 'Price', 'No budget'].map(namesRival)).toEqual([true, true, true, false, false]));
});

describe('drawn', () => {
  const told = (value: number, low: number | null, high: number | null, label: string) => ({ value, low, high, n: 20, label, at: '', currency: null });
  test('scores stand on the whole scale with the ends of their bands, and hold interval and target', () => {
    const axis = axisOf({ measure: 'said:sales:3', then: told(3, 2.5, 3.5, 'First'), now: told(4, null, null, 'Second') }, 'Said', (reading) => reading.label, { value: 7, text: 'target' });
    expect(axis).toEqual({
      name: 'Said', target: { at: 1, text: 'target' }, cuts: [expect.closeTo(1 / 3, 9) as number, expect.closeTo(3.5 / 6, 9) as number],
      rows: [{ label: 'First', text: 'First', at: expect.closeTo(1 / 3, 9) as number, low: 0.25, high: expect.closeTo(2.5 / 6, 9) as number, now: false }, { label: 'Second', text: 'Second', at: 0.5, low: null, high: null, now: true }],
    });
  });
  test('shares begin at nought; without a first figure nothing is drawn', () => {
    const axis = axisOf({ measure: 'word:both', then: told(0.4, 0.3, 0.5, 'Q1'), now: null }, '', () => '', null);
    expect(axis?.rows).toEqual([expect.objectContaining({ at: expect.closeTo(0.4 / 0.575, 9) as number, now: false })]);
    expect([axis?.cuts, axis?.target, axisOf({ measure: 'word:both', then: { none: 'too_few' }, now: null }, '', () => '', null)]).toEqual([[], null, null]);
  });
});

describe('movement', () => {
  const reading = (value: number, low: number | null, high: number | null) => ({ value, low, high, n: 20, label: '', at: '', currency: null });
  test('the interval of a change is made of both readings’ own', () => {
    expect(changeBetween(reading(3, 2.7, 3.3), reading(3.5, 3.1, 3.9))).toEqual({ value: 0.5, low: expect.closeTo(0, 6) as number, high: expect.closeTo(1, 6) as number });
    // Newcombe 1998, table II, example (a), method 10: 56/70 − 48/80 = 0.2, 0.0524 to 0.3339.
    const share = (part: number, of: number) => { const { low, high } = wilson(part, of); return reading(part / of, low, high); };
    expect(changeBetween(share(48, 80), share(56, 70))).toEqual({ value: expect.closeTo(0.2, 6) as number, low: expect.closeTo(0.0524, 4) as number, high: expect.closeTo(0.3339, 4) as number });
    expect(changeBetween(reading(10, null, null), reading(8, 7, 9))).toEqual({ value: -2, low: null, high: null });
  });
  test.each([
    ['nothing later', null, 'not_yet'], ['at the target', reading(4, 3.8, 4.2), 'reached'], ['on the way', reading(3.6, 3.4, 3.8), 'toward'], ['within chance', reading(3.2, 2.9, 3.5), 'unclear'],
    ['the other way', reading(2.2, 2, 2.4), 'away'], ['no interval', reading(3.9, null, null), 'no_interval'],
  ] as const)('a score meant to rise from 3 to 4: %s', (_, now, verdict) => expect(movementOf(reading(3, 2.8, 3.2), 4, now, 'up').verdict).toBe(verdict));
  test('a gap meant to close from 1.1 to 0.6', () => expect(movementOf(reading(1.1, 0.9, 1.3), 0.6, reading(0.5, 0.3, 0.7), 'down')).toMatchObject({ verdict: 'reached', planned: expect.closeTo(-0.5, 6) as number }));
  test('a difference has a size; one that crosses nought begins there', () => {
    expect(sizeOf(-0.4, { low: -0.7, high: -0.1 })).toEqual({ value: 0.4, low: 0.1, high: 0.7 });
    expect(sizeOf(0.2, { low: -0.3, high: 0.7 })).toEqual({ value: 0.2, low: 0, high: 0.7 });
    expect(sizeOf(-0.2, null)).toEqual({ value: 0.2, low: null, high: null });
  });
  test.each([
    [3, 4, 3.6, 'up', 'holds'], [3, 4, 3.5, 'up', 'slipping'], [1.2, 0.6, 0.8, 'down', 'holds'], [1.2, 0.6, 0.9, 'down', 'slipping'], [3, 3, 2.9, 'up', 'slipping'], [3, 3, 3, 'up', 'holds'], [null, 4, 3.9, 'up', 'slipping'], [3, 4, null, 'up', 'no_reading'], [3, null, 4, 'up', 'no_reading'],
  ] as const)('from %s, solved at %s, now %s (%s is better): %s', (baseline, solved, now, better, watch) => expect(watchOf(baseline, solved, now, better)).toBe(watch));
});

describe('plan', () => {
  const plan = (sales: number, marketing: number, leadership = 0) => ([['sales', sales], ['marketing', marketing], ['leadership', leadership]] as const).flatMap(([by, many]) => Array.from({ length: many }, () => ({ by: by as By, state: 'open' as const })));
  test.each([[5, 4, null], [4, 2, null], [5, 2, 'sales'], [0, 1, 'marketing'], [0, 0, null]] as const)('%i of sales and %i of marketing: %s carries too much', (sales, marketing, heavy) => expect(balanceOf(plan(sales, marketing), '').heavy).toBe(heavy));
  test('an action of both counts for each, a dropped one for nobody, leadership is named by an action or in words', () => {
    expect(balanceOf([{ by: 'both', state: 'done' }, { by: 'sales', state: 'dropped' }], ' ')).toEqual({ sales: 1, marketing: 1, leadership: 0, heavy: null, leadershipNamed: false });
    expect([balanceOf(plan(1, 1, 1), '').leadershipNamed, balanceOf([], 'We come to each review.').leadershipNamed]).toEqual([true, true]);
  });
  test('three criteria', () => expect(missing({ easy: true, visible: false, direct: false })).toEqual(['visible', 'direct']));
  test.each([['waiting', 'running', true], ['waiting', 'solved', false], ['running', 'solved', true], ['solved', 'running', true], ['dropped', 'running', false]] as const)('%s to %s: %s', (from, to, may) => expect(mayBecome(from, to)).toBe(may));
  test.each([['2026-05-31', 'overdue'], ['2026-06-01', 'soon'], ['2026-06-15', 'soon'], ['2026-06-16', 'later']] as const)('on 1 June, due %s is %s', (dueOn, due) => expect(dueOf({ state: 'open', dueOn }, '2026-06-01')).toBe(due));
  test.each([
    ['2026-06-05', null, false], ['2026-06-04', null, true], ['2026-06-04', '2026-06-01', false], ['2026-05-31', '2026-05-28', false], ['2026-05-28', '2026-05-25', true], ['2026-06-04', '2026-05-20', true], ['2026-05-01', '2026-05-27', false],
  ] as const)('on 1 June, due %s and reminded %s: %s', (dueOn, remindedOn, reminds) => expect(remindsToday({ state: 'open', dueOn, remindedOn }, '2026-06-01')).toBe(reminds));
  test('what is done or has no date reminds nobody', () => expect([remindsToday({ state: 'done', dueOn: '2026-06-01', remindedOn: null }, '2026-06-01'), remindsToday({ state: 'open', dueOn: null, remindedOn: null }, '2026-06-01')]).toEqual([false, false]));
});

test('quarters and what they brought', () => {
  expect([quarterOfDay('2026-03-31'), quarterBefore('2026-Q1'), quarterBefore('2026-Q2', 5)]).toEqual(['2026-Q1', '2025-Q4', '2025-Q1']);
  expect(daysOf('2026-Q1')).toEqual({ from: '2026-01-01', to: '2026-03-31' });
  const at = (state: 'open' | 'done' | 'dropped', dueOn: string, doneOn: string | null = null, carried: string[] = []) => ({ state, dueOn, doneOn, carried, addedOn: '2025-12-20' });
  const all = [at('done', '2026-02-01', '2026-01-30'), at('open', '2026-02-10', null, ['2026-01-05', '2025-12-30']), at('open', '2026-05-01'), at('dropped', '2026-02-01')];
  expect(countQuarter(all, '2026-Q1', '2026-03-01')).toEqual({ due: 2, done: 1, overdue: 1, carried: 1, added: 0 });
  expect(countQuarter(all, '2025-Q4', '2026-03-01')).toEqual({ due: 0, done: 0, overdue: 0, carried: 1, added: 3 });
});

test('measures say which end is better', () => expect([MEASURES.get('said:gap:3')?.better, MEASURES.get('said:sales:3')?.better, MEASURES.get('metric:time_in_stage')?.better, MEASURES.get('word:both')?.unit, MEASURES.has('said:gap:1a')]).toEqual(['down', 'up', 'down', 'share', false]));

describe('the one ask of the board page', () => {
  const running = { hasObjective: true, leadershipNamed: true, leadershipOpen: false };
  test.each([
    [{ running: null, waiting: 0, watched: [] }, 'first'], [{ running: null, waiting: 2, watched: ['holds'] }, 'begin'], [{ running: null, waiting: 2, watched: ['slipping'] }, 'look_again'],
    [{ running: { ...running, hasObjective: false }, waiting: 0, watched: [] }, 'objective'], [{ running: { ...running, leadershipNamed: false }, waiting: 0, watched: [] }, 'name_part'],
    [{ running: { ...running, leadershipOpen: true }, waiting: 0, watched: ['slipping'] }, 'leadership_action'], [{ running, waiting: 0, watched: ['slipping'] }, 'look_again'], [{ running, waiting: 1, watched: ['holds'] }, 'keep'],
  ] as const)('%j: %s', (standing, ask) => expect(askOf(standing)).toBe(ask));
  test('each ask has its sentence', () => expect(ASKS.filter((ask) => !(`ask.${ask}` in boardTexts))).toEqual([]));
});

test.each([['up', 5, 4, true], ['up', 4, 4, false], ['up', 3, 4, false], ['down', 0.5, 1.2, true], ['down', 1.2, 1.2, false], ['down', 1.3, 1.2, false]] as const)('a target that goes %s to %s from %s asks for more: %s', (better, value, than, expected) =>
  expect(isBetter(better, value, than)).toBe(expected));

test.each([['2026-05-02', '2026-05-01', true], ['2026-05-01', '2026-05-01', false], ['2026-04-30', '2026-05-01', false], ['2026-04-02', '2026-03-01', false], ['2026-04-10', null, true], ['2026-04-09', null, false]] as const)('on 10 April, to %s from %s is put off: %s', (day, dueOn, expected) =>
  expect(mayBePutOffTo(day, { dueOn }, '2026-04-10')).toBe(expected));
