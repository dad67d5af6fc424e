import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf, wallClock } from './zoned-time';

const at = (text: string, zone: string) => instantOf(text, zone)?.toISOString();

describe('wall-clock times', () => {
  it.each([
    ['2026-03-02T09:00', 'Europe/Berlin', '2026-03-02T08:00:00.000Z'],
    ['2026-07-02T09:00', 'Europe/Berlin', '2026-07-02T07:00:00.000Z'],
    ['2026-07-02T00:30', 'Asia/Kolkata', '2026-07-01T19:00:00.000Z'],
    ['2026-01-01T00:00', 'Pacific/Kiritimati', '2025-12-31T10:00:00.000Z'],
    ['2026-12-31T23:59', 'America/St_Johns', '2027-01-01T03:29:00.000Z'],
  ])('%s in %s is %s', (wall, zone, instant) => {
    expect(at(wall, zone)).toBe(instant);
    expect(wallClock(new Date(instant), zone)).toBe(wall);
  });

  it('takes the earlier of two when clocks go back, and passes over a skipped hour', () => {
    expect(at('2026-10-25T02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
    expect(at('2026-03-29T02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
    expect(wallClock(new Date('2026-03-29T01:30:00Z'), 'Europe/Berlin')).toBe('2026-03-29T03:30');
  });

  it('has nothing for text that is no time', () => expect(instantOf('', 'UTC')).toBeUndefined());

  it('comes back to the same instant in any zone, but for the hour that is shown twice', () => {
    const minute = fc.integer({ min: Date.UTC(2000, 0, 1) / 60_000, max: Date.UTC(2040, 0, 1) / 60_000 });
    fc.assert(
      fc.property(minute, fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Tokyo', 'UTC'), (each, zone) => {
        const instant = new Date(each * 60_000);
        const wall = wallClock(instant, zone);
        const back = instantOf(wall, zone);
        expect(back && wallClock(back, zone)).toBe(wall);
        expect(instant.getTime() - (back?.getTime() ?? 0)).toBeLessThanOrEqual(3_600_000);
      }),
    );
  });
});
