import { expect, test } from 'vitest';
import { SIDES } from '../../../lib/vocabulary';
import { overWaves, type WaveSaid } from './over-waves';

const wave = (id: string, more: Partial<WaveSaid> = {}): WaveSaid => ({ id, name: id, closedAt: '2026-01-01T00:00:00.000Z', means: [], since: null, changes: [], readings: {}, ...more });
const of = (sectionId: string, side: 'sales' | 'marketing') => ({ sectionId, side });

test('one survey tells nothing over time', () => expect([overWaves([], SIDES), overWaves([wave('a')], SIDES)]).toEqual([null, null]));

test('each section stands with its change since the survey before; what is kept back or compared with another survey is no change', () => {
  const first = wave('a', { means: [{ ...of('3', 'sales'), mean: 3 }, { ...of('5', 'sales'), mean: 4 }], readings: { connection_by_territory: { signal: 0 } } });
  const changes = [{ ...of('3', 'sales'), value: 0.5, low: 0.2, high: 0.8 }, { ...of('5', 'sales'), value: -0.1, low: -0.4, high: 0.2 }, { ...of('8', 'marketing'), value: -1, low: null, high: null }];
  const second = wave('b', { means: [{ ...of('3', 'sales'), mean: 3.5 }, { ...of('5', 'sales'), mean: 3.9 }, { ...of('8', 'marketing'), mean: 2 }], since: 'a', changes, readings: { connection_by_territory: { signal: 1 } } });
  const over = overWaves([first, second], SIDES);
  expect(over?.rows).toEqual([
    { part: 'currents', ...of('3', 'sales'), means: [3, 3.5], change: { value: 0.5, low: 0.2, high: 0.8, way: 'up' } },
    { part: 'characteristics', ...of('5', 'sales'), means: [4, 3.9], change: { value: -0.1, low: -0.4, high: 0.2, way: 'unclear' } },
    { part: 'consequences', ...of('8', 'marketing'), means: [null, 2], change: null },
  ]);
  expect(over?.moved.filter(({ of: all }) => all > 0)).toEqual([{ side: 'sales', part: 'currents', up: 1, down: 0, of: 1 }, { side: 'sales', part: 'characteristics', up: 0, down: 0, of: 1 }]);
  expect(over?.causes.find(({ cause }) => cause === 'structure')?.standings).toEqual(['possible', 'likely']);
  expect(overWaves([first, wave('x'), second], SIDES)?.rows.every(({ change }) => change === null)).toBe(true);
});
