import { describe, expect, it } from 'vitest';
import { instantOf } from '../../../lib/zoned-time';
import { clockOf, stateOf, type ClockFacts } from './clock';
import { usualCalendar, workingTime } from './working-time';

const time = workingTime(usualCalendar('Europe/Berlin'));
const at = (wall: string): number => instantOf(wall, 'Europe/Berlin')?.getTime() ?? NaN;
const limit = { amount: 2, unit: 'days' as const, warnAt: 0.75, escalateAfter: 1 };
/** Passed on a Monday morning at nine: due on Tuesday at five. */
const facts = (more: Partial<ClockFacts> = {}): ClockFacts => ({ startedAt: at('2026-03-02T09:00'), metAt: null, stoppedAt: null, pauses: [], ...more });
const wall = (time_: number | null) => (time_ === null ? null : new Date(time_ + 3_600_000).toISOString().slice(0, 16));

describe('a clock', () => {
  it('knows when it warns, is due and is passed on', () => {
    const clock = clockOf(facts(), limit, time);
    expect([clock.warnAt, clock.dueAt, clock.escalateAt].map(wall)).toEqual(['2026-03-03T13:00', '2026-03-03T17:00', '2026-03-04T17:00']);
  });

  it.each<[string, Partial<ClockFacts>, string, string, string | null]>([
    ['has just begun', {}, '2026-03-02T10:00', 'running', '2026-03-03T17:00'],
    ['an instant before the warning', {}, '2026-03-03T12:59', 'running', '2026-03-03T17:00'],
    ['at the warning', {}, '2026-03-03T13:00', 'warned', '2026-03-03T17:00'],
    ['when due', {}, '2026-03-03T17:00', 'missed', '2026-03-03T17:00'],
    ['done in time', { metAt: at('2026-03-03T10:00') }, '2026-03-10T10:00', 'kept', '2026-03-03T17:00'],
    ['done at the last instant', { metAt: at('2026-03-03T17:00') }, '2026-03-10T10:00', 'kept', '2026-03-03T17:00'],
    ['done late', { metAt: at('2026-03-04T10:00') }, '2026-03-10T10:00', 'late', '2026-03-03T17:00'],
    ['done before it began, by a clock a day off', { metAt: at('2026-03-01T09:00') }, '2026-03-10T10:00', 'kept', '2026-03-03T17:00'],
    ['begins tomorrow, by a clock a day off', { startedAt: at('2026-03-03T09:00') }, '2026-03-02T09:00', 'running', '2026-03-04T17:00'],
    ['was done tomorrow, by a clock a day off', { metAt: at('2026-03-03T12:00') }, '2026-03-02T12:00', 'running', '2026-03-03T17:00'],
    ['the customer withdrew in time', { stoppedAt: at('2026-03-03T09:00') }, '2026-03-10T10:00', 'stopped', '2026-03-03T17:00'],
    ['the customer withdrew after it was due', { stoppedAt: at('2026-03-05T09:00') }, '2026-03-10T10:00', 'missed', '2026-03-03T17:00'],
    ['waits for the customer', { pauses: [{ from: at('2026-03-02T13:00'), to: null }] }, '2026-03-10T10:00', 'paused', null],
    ['waited a day', { pauses: [{ from: at('2026-03-02T13:00'), to: at('2026-03-03T13:00') }] }, '2026-03-04T14:00', 'warned', '2026-03-04T17:00'],
    ['waited twice at once', { pauses: [{ from: at('2026-03-02T13:00'), to: at('2026-03-03T13:00') }, { from: at('2026-03-02T15:00'), to: at('2026-03-03T09:00') }] }, '2026-03-04T14:00', 'warned', '2026-03-04T17:00'],
    ['a pause after it was due changes nothing', { pauses: [{ from: at('2026-03-04T13:00'), to: null }] }, '2026-03-10T10:00', 'missed', '2026-03-03T17:00'],
    ['a pause before it began changes nothing', { pauses: [{ from: at('2026-02-25T13:00'), to: at('2026-02-26T13:00') }] }, '2026-03-02T12:00', 'running', '2026-03-03T17:00'],
    ['paused from the start until Wednesday', { pauses: [{ from: at('2026-02-25T13:00'), to: at('2026-03-04T09:00') }] }, '2026-03-05T09:00', 'running', '2026-03-05T17:00'],
    ['what was done ends a pause', { metAt: at('2026-03-20T10:00'), pauses: [{ from: at('2026-03-02T13:00'), to: null }] }, '2026-03-21T10:00', 'kept', '2026-03-23T14:00'],
    ['a pause of no length', { pauses: [{ from: at('2026-03-02T13:00'), to: at('2026-03-02T13:00') }] }, '2026-03-02T14:00', 'running', '2026-03-03T17:00'],
  ])('%s', (_name, more, now, state, due) => {
    const clock = clockOf(facts(more), limit, time);
    expect({ state: stateOf(clock, at(now)), due: wall(clock.dueAt) }).toEqual({ state, due });
  });
});
