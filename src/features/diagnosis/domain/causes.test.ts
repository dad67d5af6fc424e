import { describe, expect, it, test } from 'vitest';
import { CAUSES, EVIDENCE, LIKELY, UNLIKELY, between, lackOf, standsBehind, strengthOf, weighCauses, type EvidenceId, type Reading } from './causes';

const of = (cause: string, readings: Partial<Record<EvidenceId, Reading>>) => weighCauses(readings).find((each) => each.cause === cause);

describe('weighing', () => {
  it('proposes nothing before anything was said or recorded', () => {
    expect(weighCauses({}).map(({ standing, balance, told }) => [standing, balance, told])).toEqual(CAUSES.map(() => ['cannot_tell', null, 0]));
  });

  it('proposes nothing on less than a third of the weight', () => {
    expect(of('subcultures', { divide: { signal: 1 } })?.standing).toBe('cannot_tell');
    expect(of('subcultures', { divide: { signal: 1 }, terms_open: { signal: 1 } })?.standing).toBe('likely');
  });

  it.each([
    [{ connection_low: { signal: 1 }, communication_low: { signal: 1 } }, 'likely', 1],
    [{ connection_low: { signal: 1 }, communication_low: { signal: -1 } }, 'possible', 0],
    [{ connection_low: { signal: -1 }, communication_low: { signal: -1 }, support_low: { signal: 1 } }, 'unlikely', -0.6],
    [{ connection_low: { signal: 0.25 }, communication_low: { signal: 0.25 }, support_low: { signal: 1 }, developing_low: { signal: 1 } }, 'likely', 0.5],
  ] as const)('counts what probes the cause twice: %j is %s', (readings, standing, balance) => {
    const weighed = of('joint_activity', readings);
    expect([weighed?.standing, weighed?.balance]).toEqual([standing, balance]);
  });

  it('is neither moved by what the gate keeps back nor by what nobody asked', () => {
    const without = of('systems', { strategy_low: { signal: 1 }, buy_in_low: { signal: -1 }, word_broken: { signal: 1 } });
    const with_ = of('systems', { strategy_low: { signal: 1 }, buy_in_low: { signal: -1 }, word_broken: { signal: 1 }, credibility_low: { untold: 'hidden' }, records_unmatched: { untold: 'not_asked' } });
    expect([with_?.balance, with_?.told, with_?.standing]).toEqual([without?.balance, without?.told, without?.standing]);
  });

  it('puts what has most for it first, and what cannot be told last', () => {
    const order = weighCauses({ spread_within: { signal: 0.2 }, levels_differ: { signal: 0.2 }, connection_by_territory: { signal: 1 } }).map(({ cause }) => cause);
    expect(order.slice(0, 2)).toEqual(['structure', 'backgrounds']);
  });

  it('keeps a signal within its scale', () => expect(of('structure', { connection_by_territory: { signal: 7 } })?.balance).toBe(1));

  it('has room between likely and unlikely', () => expect(LIKELY).toBeGreaterThan(UNLIKELY));
});

test('every cause has evidence of both kinds, and tools 4-8 never weigh as much as those that probe', () => {
  for (const cause of CAUSES) expect(new Set(EVIDENCE.filter((rule) => rule.cause === cause).map(({ kind }) => kind))).toEqual(new Set(['said', 'recorded']));
  const inferred = new Set<string>(['gaps_character', 'support_low', 'developing_low', 'strategy_low', 'buy_in_low', 'credibility_low']);
  expect(EVIDENCE.filter(({ id, kind }) => inferred.has(id) || kind === 'recorded').every(({ weight }) => weight === 1)).toBe(true);
});

test.each([
  [0.05, 0.1, 0.4, -1], [0.1, 0.1, 0.4, -1], [0.25, 0.1, 0.4, 0], [0.4, 0.1, 0.4, 1], [0.9, 0.1, 0.4, 1],
  [0.8, 0.7, 0.3, -1], [0.5, 0.7, 0.3, 0], [0.1, 0.7, 0.3, 1],
])('%d between %d and %d is %d', (value, calm, alarming, signal) => expect(between(value, calm, alarming)).toBeCloseTo(signal, 12));

test.each([['low', 1], ['middle', 0.25], ['high', -1], ['something else', 0]])('a %s score', (band, signal) => expect(lackOf(band)).toBe(signal));

describe('what a page says of it', () => {
  test.each([
    ['likely', null, true], ['likely', 'doubted', true], ['likely', 'overruled', false], ['likely', 'confirmed', true],
    ['possible', null, false], ['possible', 'confirmed', true], ['unlikely', 'doubted', false], ['cannot_tell', 'confirmed', true], ['cannot_tell', null, false],
  ] as const)('%s and judged %s is named: %s', (standing, verdict, named) => {
    expect(standsBehind(standing, verdict)).toBe(named);
  });

  test.each([[1, 'for'], [0.5, 'for'], [0.49, 'some'], [0.11, 'some'], [0.1, 'neither'], [0, 'neither'], [-0.1, 'neither'], [-0.11, 'someAgainst'], [-0.49, 'someAgainst'], [-0.5, 'against'], [-1, 'against']] as const)('a signal of %d is %s', (signal, strength) => {
    expect(strengthOf(signal)).toBe(strength);
  });
});
