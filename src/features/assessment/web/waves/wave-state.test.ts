import { describe, expect, it } from 'vitest';
import { chanceOf, shownState } from './wave-state';
import { fromNow, sameClock } from './when';

const now = Date.parse('2026-03-02T09:00:00Z');
const wave = (overrides: Partial<Parameters<typeof shownState>[0]>) => ({ state: 'open' as const, launchedAt: '2026-03-01T09:00:00Z', opensAt: '2026-03-01T09:00:00Z', closesAt: '2026-03-16T17:00:00Z', ...overrides });

describe('what a survey is shown as', () => {
  it.each([
    ['draft', wave({ state: 'draft', opensAt: null, launchedAt: null })],
    ['open', wave({})],
    ['planned', wave({ opensAt: '2026-03-03T09:00:00Z' })],
    ['counting', wave({ closesAt: '2026-03-02T09:00:00Z' })],
    ['counting', wave({ state: 'closing' })],
    ['closed', wave({ state: 'closed' })],
  ])('%s', (shown, row) => expect(shownState(row, now)).toBe(shown));

  it('is open at once when launched so, on a clock that runs behind', () => {
    const launched = '2026-03-02T09:03:00Z';
    expect(shownState(wave({ launchedAt: launched, opensAt: launched }), now)).toBe('open');
  });
});

describe('words for chances and times', () => {
  it.each([[1, 'sure'], [0.95, 'sure'], [0.9499, 'likely'], [0.8, 'likely'], [0.79, 'open'], [0.5, 'open'], [0.49, 'unlikely'], [0.006, 'unlikely'], [0.005, 'never'], [0, 'never']])('%d is %s', (share, word) => expect(chanceOf(share)).toBe(word));

  it.each([
    ['2026-03-08T09:00:00Z', 'in 6 days'],
    ['2026-03-16T23:00:00Z', 'in 14 days'],
    ['2026-03-03T09:00:00Z', 'tomorrow'],
    ['2026-03-02T13:00:00Z', 'in 4 hours'],
    ['2026-03-02T09:10:00Z', 'in 10 minutes'],
    ['2026-03-02T09:00:05Z', 'this minute'],
    ['2026-03-01T21:00:00Z', '12 hours ago'],
  ])('%s is %s', (instant, words) => expect(fromNow(instant, now)).toBe(words));

  it('knows zones that show the same time', () => {
    expect(sameClock('2026-07-01T10:00:00Z', 'Europe/Berlin', 'Europe/Madrid')).toBe(true);
    expect(sameClock('2026-07-01T10:00:00Z', 'Europe/Berlin', 'Europe/London')).toBe(false);
  });
});
