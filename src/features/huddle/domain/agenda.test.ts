import { describe, expect, test } from 'vitest';
import { RULE, schedule, shortened, stretchFor, template } from './agenda';

const steps = (() => { let at = 0; return template(() => `step-${(at += 1)}`); })();

describe('the template', () => {
  test('has the nine steps with the source’s minutes', () => {
    expect(steps.flatMap(({ kind, minutes }) => (RULE[kind].number === null ? [] : [[RULE[kind].number, minutes]]))).toEqual([[1, 30], [2, 60], [3, 45], [4, 60], [5, 90], [6, 90], [7, 45], [8, 90], [9, 30]]);
  });
  test('shows the results of tools 4, 5 and 6 in step 4, of 1 to 3 in step 5, of 7 and 8 in step 6, and of none elsewhere', () => {
    expect(steps.flatMap(({ kind }) => (RULE[kind].tools.length === 0 ? [] : [[RULE[kind].number, RULE[kind].tools]]))).toEqual([[4, ['4', '5', '6']], [5, ['1', '2', '3']], [6, ['7', '8']]]);
  });
  test('ends its first day six and a half hours after the start, at half past three after nine', () => {
    const places = schedule(steps);
    const evening = steps.findIndex(({ kind }) => kind === 'evening');
    expect(places[evening]).toEqual({ day: 1, from: 390 });
    expect(places[evening + 1]).toEqual({ day: 2, from: 0 });
  });
});

describe('a shortened Huddle', () => {
  test.each([[300], [240], [180], [150]])('fits into %i minutes, in full five minutes, none under ten, all nine steps', (minutes) => {
    const short = shortened(steps, minutes);
    expect(short.reduce((sum, step) => sum + step.minutes, 0)).toBeLessThanOrEqual(minutes);
    expect(short.every((step) => step.minutes >= 10 && step.minutes % 5 === 0)).toBe(true);
    expect(short.flatMap(({ kind }) => RULE[kind].number ?? [])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
  test('is left alone when there is time enough', () => {
    expect(shortened(steps, 10_000).map(({ minutes }) => minutes)).toEqual(steps.filter(({ kind }) => kind !== 'lunch' && kind !== 'evening').map(({ minutes }) => minutes));
  });
});

test.each([[0, 0], [3, 0], [4, 5], [6, 15]])('%i teams in a room ask for %i minutes more', (teams, more) => expect(stretchFor(teams)).toBe(more));
