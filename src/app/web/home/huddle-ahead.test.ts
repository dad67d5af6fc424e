import { expect, it } from 'vitest';
import { huddleAhead, type HomeHuddle } from './huddle-ahead';

const NOW = '2026-06-01T08:00:00.000Z';
const huddle = (id: string, phase: HomeHuddle['phase'], startsAt: string | null = null, rehearsal = false): HomeHuddle => ({ id, name: id, phase, startsAt, rehearsal });
const [past, soon, later, undated] = [huddle('past', 'planned', '2026-05-01T07:00:00.000Z'), huddle('soon', 'planned', '2026-06-09T07:00:00.000Z'), huddle('later', 'planned', '2026-09-01T07:00:00.000Z'), huddle('undated', 'planned')];

it.each([
  ['none', [], null], ['one that has ended', [huddle('over', 'finished', '2026-06-02T07:00:00.000Z')], null], ['a rehearsal', [huddle('play', 'running', null, true)], null],
  ['the soonest of those with a day', [later, undated, soon], 'soon'], ['one without a day', [undated, past], 'undated'], ['one whose day has long passed', [past], null],
  ['one that was to begin this morning', [huddle('today', 'planned', '2026-06-01T07:00:00.000Z'), soon], 'today'], ['the one that runs', [soon, huddle('now', 'running')], 'now'],
])('%s', (_, huddles, expected) => expect(huddleAhead(huddles, NOW)?.id ?? null).toBe(expected));
