import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf } from '../../../lib/zoned-time';
import { usualCalendar, workingTime, type Calendar, type WorkUnit } from './working-time';

const BERLIN = 'Europe/Berlin';
const at = (wall: string, zone = BERLIN): number => instantOf(wall, zone)?.getTime() ?? NaN;
const iso = (time: number) => new Date(time).toISOString();

const office: Calendar = {
  ...usualCalendar(BERLIN),
  exceptions: [{ date: '2026-04-03', name: 'Good Friday', hours: [] }, { date: '2026-04-06', name: 'Easter Monday', hours: [] }, { date: '2026-12-24', name: 'Christmas Eve', hours: [{ from: '09:00', to: '13:00' }] }, { date: '2026-12-25', name: 'Christmas', hours: [] }],
};
const split: Calendar = { zone: BERLIN, week: Array.from({ length: 7 }, (_, day) => (day < 4 ? [{ from: '08:00', to: '12:00' }, { from: '13:00', to: '17:00' }] : day === 4 ? [{ from: '08:00', to: '12:00' }] : [])), exceptions: [] };
const always = (zone: string): Calendar => ({ zone, week: Array.from({ length: 7 }, () => [{ from: '00:00', to: '24:00' }]), exceptions: [] });

describe('adding working time', () => {
  it.each<[string, Calendar, string, number, WorkUnit, string]>([
    ['within a day', office, '2026-03-02T10:00', 3, 'hours', '2026-03-02T13:00'],
    ['over the night', office, '2026-03-02T16:00', 2, 'hours', '2026-03-03T10:00'],
    ['ends at closing, not at the next opening', office, '2026-03-02T09:00', 8, 'hours', '2026-03-02T17:00'],
    ['over a weekend', office, '2026-03-06T16:00', 2, 'hours', '2026-03-09T10:00'],
    ['begins at night', office, '2026-03-02T23:00', 1, 'hours', '2026-03-03T10:00'],
    ['begins on a weekend', office, '2026-03-07T12:00', 1, 'days', '2026-03-09T17:00'],
    ['two days from three o’clock', office, '2026-03-02T15:00', 2, 'days', '2026-03-04T15:00'],
    ['two days over a weekend', office, '2026-03-05T15:00', 2, 'days', '2026-03-09T15:00'],
    ['over Easter', office, '2026-04-02T15:00', 1, 'days', '2026-04-07T15:00'],
    ['a half day counts as a day: half of it is its half', office, '2026-12-23T13:00', 1, 'days', '2026-12-24T11:00'],
    ['hours on a half day are its own', office, '2026-12-24T12:00', 2, 'hours', '2026-12-28T10:00'],
    ['a lunch break is no work', split, '2026-03-02T11:30', 1, 'hours', '2026-03-02T13:30'],
    ['a short Friday is one day', split, '2026-03-05T08:00', 2, 'days', '2026-03-06T12:00'],
    ['spring: the working day after the change is whole', office, '2026-03-27T16:00', 2, 'hours', '2026-03-30T10:00'],
    ['autumn: the working day after the change is whole', office, '2026-10-23T16:00', 2, 'hours', '2026-10-26T10:00'],
    ['spring: a night shift is an hour shorter', always(BERLIN), '2026-03-29T00:00', 23, 'hours', '2026-03-30T00:00'],
    ['autumn: a night shift is an hour longer', always(BERLIN), '2026-10-25T00:00', 25, 'hours', '2026-10-26T00:00'],
    ['a day of 23 hours is a day', always(BERLIN), '2026-03-28T12:00', 1, 'days', '2026-03-29T12:30'],
    ['eight weeks of work', office, '2026-01-05T09:30', 40, 'days', '2026-03-02T09:30'],
    ['nothing', office, '2026-03-07T12:00', 0, 'days', '2026-03-07T12:00'],
  ])('%s', (_name, calendar, from, amount, unit, expected) => {
    expect(iso(workingTime(calendar).add(at(from), amount, unit))).toBe(iso(at(expected)));
  });

  it('reckons in the calendar’s zone wherever the server stands', () => {
    const tokyo = workingTime(usualCalendar('Asia/Tokyo'));
    const auckland = workingTime(usualCalendar('Pacific/Auckland'));
    expect(iso(tokyo.add(at('2026-03-06T16:30', 'Asia/Tokyo'), 1, 'hours'))).toBe(iso(at('2026-03-09T09:30', 'Asia/Tokyo')));
    // New Zealand's clocks go back on 5 April 2026, in the night to Sunday.
    expect(iso(auckland.add(at('2026-04-03T16:30', 'Pacific/Auckland'), 1, 'hours'))).toBe(iso(at('2026-04-06T09:30', 'Pacific/Auckland')));
  });

  it('refuses a calendar without work', () => {
    expect(() => workingTime({ zone: 'UTC', week: [[], [], [], [], [], [], []], exceptions: [] }).add(at('2026-01-01T00:00', 'UTC'), 1, 'hours')).toThrow(RangeError);
  });
});

describe('working time between two instants', () => {
  it.each<[string, Calendar, string, string, number, number]>([
    ['a morning', office, '2026-03-02T09:00', '2026-03-02T11:00', 2, 0.25],
    ['a weekend', office, '2026-03-06T17:00', '2026-03-09T09:00', 0, 0],
    ['Easter', office, '2026-04-02T09:00', '2026-04-07T17:00', 16, 2],
    ['a half day', office, '2026-12-24T00:00', '2026-12-25T00:00', 4, 1],
    ['the shorter day of spring', always(BERLIN), '2026-03-29T00:00', '2026-03-30T00:00', 23, 1],
    ['the longer day of autumn', always(BERLIN), '2026-10-25T00:00', '2026-10-26T00:00', 25, 1],
    ['the wrong way round', office, '2026-03-03T09:00', '2026-03-02T09:00', 0, 0],
  ])('%s', (_name, calendar, from, to, hours, days) => {
    const time = workingTime(calendar);
    expect(time.between(at(from), at(to), 'hours')).toBeCloseTo(hours, 9);
    expect(time.between(at(from), at(to), 'days')).toBeCloseTo(days, 9);
  });

  it('is what was added, and grows by what comes between, in any zone and over any change of clocks', () => {
    const minute = fc.integer({ min: Date.UTC(2024, 0, 1) / 60_000, max: Date.UTC(2028, 0, 1) / 60_000 });
    const calendars = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC'].flatMap((zone) => [{ ...office, zone }, { ...split, zone }, always(zone)]).map(workingTime);
    fc.assert(
      fc.property(fc.constantFrom(...calendars), minute, minute, fc.integer({ min: 1, max: 400 }), fc.constantFrom<WorkUnit>('hours', 'days'), (time, a, b, tenths, unit) => {
        const [from, middle] = [Math.min(a, b) * 60_000, Math.max(a, b) * 60_000];
        const end = time.add(from, tenths / 10, unit);
        expect(end).toBeGreaterThanOrEqual(from);
        expect(time.between(from, end, unit)).toBeCloseTo(tenths / 10, 6);
        const later = middle + 86_400_000;
        expect(time.between(from, middle, unit) + time.between(middle, later, unit)).toBeCloseTo(time.between(from, later, unit), 6);
      }),
      { numRuns: 300 },
    );
  });
});
