import { describe, expect, it } from 'vitest';
import { decide, pairKey } from './decide';
import { generatedContacts, mail } from './generated.test-support';
import { groupPairs, type Grouping } from './groups';
import { link } from './link';
import type { ScoredPair } from './score';
import type { MatchRecord } from './record';
import type { Veto } from './vetoes';

describe('decide', () => {
  it.each<[number, Veto[], string]>([
    [0.999, [], 'sure'],
    [0.99, [], 'sure'],
    [0.98, [], 'review'],
    [0.05, [], 'review'],
    [0.049, [], 'no'],
    [1, ['affiliate'], 'review'],
    [1, ['never_link'], 'no'],
    [1, ['different_people', 'different_given'], 'no'],
  ])('%d with %j: %s', (probability, vetoes, expected) => expect(decide({ probability, vetoes })).toBe(expected));

  it('obeys a threshold below that of review', () => expect(decide({ probability: 0.03, vetoes: [] }, { sure: 0.02, review: 0.05 })).toBe('sure'));
});

const pair = (a: number, b: number, weight: number): ScoredPair => ({ a, b, weight, probability: 0.999, levels: new Uint8Array(), vetoes: [] });

const grouping = (more: Partial<Grouping> = {}): Grouping => ({ sizeA: 3, within: false, oneToOne: false, between: () => ({ probability: 0.5, vetoes: [] }), never: () => false, ...more });

const ends = (pairs: readonly ScoredPair[]) => pairs.map(({ a, b }) => [a, b]);

describe('groups', () => {
  const chain = [pair(0, 0, 20), pair(1, 0, 10), pair(1, 1, 15)];

  it('joins whatever hangs together', () => {
    const { linked, held, groups } = groupPairs(chain, grouping());
    expect([ends(linked), held, groups.map((group) => [...group].sort())]).toEqual([[[0, 0], [1, 1], [1, 0]], [], [[0, 1, 3, 4]]]);
  });

  it('holds back the weakest pair that would join two plainly different customers', () => {
    const { linked, held } = groupPairs(chain, grouping({ between: (sides) => ({ probability: 0.9, vetoes: sides === 'aa' ? ['different_given'] : [] }) }));
    expect([ends(linked), held.map(({ pair: each, reason }) => [each.a, each.b, reason])]).toEqual([[[0, 0], [1, 1]], [[1, 0, 'group_conflict']]]);
  });

  it('holds it back when somebody said never, or when two ends have nothing in common', () => {
    expect(ends(groupPairs(chain, grouping({ never: (one, other) => one + other === 1 })).linked)).toEqual([[0, 0], [1, 1]]);
    expect(ends(groupPairs(chain, grouping({ between: () => ({ probability: 0.0001, vetoes: [] }) })).linked)).toEqual([[0, 0], [1, 1]]);
  });

  it('gives each record one partner when asked, and none where two are equally good', () => {
    const { linked, held } = groupPairs([pair(0, 0, 20), pair(0, 1, 12), pair(1, 1, 11), pair(2, 2, 15), pair(2, 1, 14.5)], grouping({ oneToOne: true }));
    expect(ends(linked)).toEqual([[0, 0], [1, 1]]);
    expect(held.map(({ pair: each, reason }) => [each.a, each.b, reason])).toEqual([[2, 2, 'taken'], [2, 1, 'taken'], [0, 1, 'taken']]);
  });
});

describe('what people decided is remembered', () => {
  const { marketing, crm } = generatedContacts(60, 21);
  const setting = { kind: 'person', business: true } as const;

  it('never proposes a pair again that somebody refused, whichever side comes first', () => {
    const first = link({ setting }, marketing, crm).pairs[0];
    if (!first) throw new Error('nothing was linked');
    for (const key of [pairKey(first.a, first.b), pairKey(first.b, first.a)]) {
      const { pairs, review } = link({ setting, never: new Set([key]) }, marketing, crm);
      expect([...pairs, ...review].filter(({ a, b }) => a === first.a && b === first.b)).toEqual([]);
    }
  });

  it('does not bring them together through a third record either', () => {
    const person = (key: string, email: string): MatchRecord => ({ key, given: 'Ottilie', surname: 'Brandstetter', organisation: 'Velox', emails: [mail(email)], phones: ['491719998877'] });
    const left = [...marketing, person('x', 'ottilie@velox.example')];
    const right = [...crm, person('y1', 'ottilie@velox.example'), person('y2', 'ottilie+fair@velox.example')];
    const among = ({ groups }: ReturnType<typeof link>) => groups.filter(({ a }) => a.includes('x'));
    expect(among(link({ setting }, left, right))).toEqual([{ a: ['x'], b: ['y1', 'y2'] }]);
    expect(among(link({ setting, never: new Set([pairKey('y1', 'y2')]) }, left, right))).toEqual([{ a: ['x'], b: ['y1'] }]);
  });
});
