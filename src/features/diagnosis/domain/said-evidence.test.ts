import { describe, expect, it, test } from 'vitest';
import { saidEvidence, type Said, type SaidGroup } from './said-evidence';

const group = (blockId: string, mean: number, more: Partial<SaidGroup> = {}): SaidGroup => ({ blockId, mean, band: mean > 4.5 ? 'high' : mean < 3 ? 'low' : 'middle', rwg: 0.8, ...more });
const blocks: Said['blocks'] = [
  { id: 'sales', function: 'sales', kind: 'function', by: null },
  { id: 'marketing', function: 'marketing', kind: 'function', by: null },
  { id: 'sales/North', function: 'sales', kind: 'part', by: 'territory' },
  { id: 'sales/South', function: 'sales', kind: 'part', by: 'territory' },
  { id: 'leadership', function: 'leadership', kind: 'function', by: null },
];
const said = (more: Partial<Said> = {}): Said => ({ instrumentId: 'c3', smallestGap: 0.5, blocks, sections: [], divide: null, ...more });
const hidden = { hidden: true } as const;

describe('what was said', () => {
  it('tells nothing of what was not asked, nor from another questionnaire', () => {
    expect(new Set(Object.values(saidEvidence(said())).map((reading) => JSON.stringify(reading)))).toEqual(new Set(['{"untold":"not_asked"}']));
    const other = saidEvidence(said({ instrumentId: 'own', sections: [{ sectionId: '2', groups: [group('sales', 1), group('marketing', 1)], verdict: 'real' }] }));
    expect(other.connection_low).toEqual({ untold: 'not_asked' });
  });

  it.each([
    [2.5, 2.5, 1], [2.5, 3.5, 0.625], [5, 5, -1], [2.5, 5, 0],
  ])('a connection of %d and %d signals a lack of %d, both sides weighing the same', (sales, marketing, signal) => {
    expect(saidEvidence(said({ sections: [{ sectionId: '2', groups: [group('sales', sales), group('marketing', marketing), group('leadership', 1)], verdict: 'none' }] })).connection_low).toEqual({ signal });
  });

  it('does not speak for both sides where the gate keeps one back', () => {
    const sections = [{ sectionId: '2', groups: [group('sales', 2), group('marketing', 2, { mean: hidden, band: hidden, rwg: hidden })], verdict: null }];
    expect(saidEvidence(said({ sections })).connection_low).toEqual({ untold: 'hidden' });
    expect(saidEvidence(said({ sections })).gaps_contact).toEqual({ untold: 'hidden' });
  });

  it.each([['real', 1], ['none', -1], ['unclear', 0]] as const)('a gap that is %s signals %d', (verdict, signal) => {
    expect(saidEvidence(said({ sections: [{ sectionId: '3', groups: [], verdict }] })).gaps_contact).toEqual({ signal });
  });

  it.each([[0.8, -1], [0.7, -1], [0.6, 0], [0.5, 1], [0.1, 1]])('agreement of %d inside the teams signals %d', (rwg, signal) => {
    const reading = saidEvidence(said({ sections: [{ sectionId: '5', groups: [group('sales', 4, { rwg }), group('marketing', 4, { rwg })], verdict: null }] })).spread_within;
    expect(reading && 'signal' in reading ? reading.signal : undefined).toBeCloseTo(signal, 9);
  });

  it.each([[4, 4.2, -1], [4, 4.5, 0], [4, 4.8, 1]])('territories at %d and %d signal %d', (north, south, signal) => {
    const reading = saidEvidence(said({ sections: [{ sectionId: '2', groups: [group('sales/North', north), group('sales/South', south)], verdict: null }] })).connection_by_territory;
    expect(reading && 'signal' in reading ? reading.signal : undefined).toBeCloseTo(signal, 1);
  });

  it('one territory alone is compared with nothing', () => {
    expect(saidEvidence(said({ sections: [{ sectionId: '2', groups: [group('sales/North', 2)], verdict: null }] })).connection_by_territory).toEqual({ untold: 'hidden' });
  });
});

test.each([['power_struggle', 1], ['separate_roles', 0], ['nobody_claims_strategy', 0.25], ['mixed', 0]])('worldviews: %s', (finding, signal) => {
  const sections = [{ sectionId: '1a', groups: [], verdict: null }];
  expect(saidEvidence(said({ sections, divide: { finding, expectations: [] } })).divide).toEqual({ signal });
  expect(saidEvidence(said({ sections, divide: { finding, expectations: [{ own: 5, expected: 4 }] } })).expectations).toEqual({ signal: 1 });
  expect(saidEvidence(said({ sections })).divide).toEqual({ untold: 'hidden' });
});
