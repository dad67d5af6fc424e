import { describe, expect, it, test } from 'vitest';
import { adviseOn, REASONS, RELATIONSHIPS, STEPS_UP } from './alignment';

describe('how far to align', () => {
  it.each([
    ['undefined', {}, 'open', 'defined'],
    ['undefined', { small_company: true, conflicts: false }, 'leave', 'defined'],
    ['undefined', { small_company: true, conflicts: true }, 'open', 'defined'],
    ['undefined', { conflicts: true, twice_or_dropped: true, small_company: true }, 'tighten', 'defined'],
    ['defined', { standard_offer: true, roles_work: true, commoditised: true, shorter_cycles: true }, 'leave', 'aligned'],
    ['aligned', { common_process_possible: true, short_sales_cycle: true }, 'tighten', 'integrated'],
    ['integrated', {}, 'open', null],
  ] as const)('%s with %j leans to %s', (now, holds, lean, next) => {
    const advice = adviseOn(now, holds);
    expect([advice.lean, advice.next]).toEqual([lean, next]);
  });

  it('names what nobody has judged yet', () => expect(adviseOn('aligned', { short_sales_cycle: false }).notSaid).toEqual(['no_shared_responsibility', 'separate_reporting', 'common_process_possible']));
});

test('every type but the last has reasons of both kinds and steps', () => {
  for (const type of RELATIONSHIPS) {
    if (type === 'integrated') continue;
    expect([REASONS[type].leave.length > 0, REASONS[type].tighten.length > 0, STEPS_UP[type].length > 1]).toEqual([true, true, true]);
  }
});
