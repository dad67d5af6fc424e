import { describe, expect, it, test } from 'vitest';
import { CONFIGURATIONS, FACTS, nextOf, placeOf, type Configuration, type Facts } from './configuration';

const TYPICAL: Record<Configuration, Facts> = {
  hidden: { marketers: 'none', positioning: 'ceo', background: 'nobody', planning: 'same_people', jointPlans: 'as_a_rule', measures: 'partly', database: 'none', place: 'together', contact: 'informal' },
  sales_driven: { marketers: 'one_or_two', positioning: 'sales', background: 'from_sales', planning: 'sales_plans', jointPlans: 'as_a_rule', measures: 'partly', database: 'one', place: 'near', contact: 'informal' },
  living_apart: { marketers: 'team', positioning: 'marketing', background: 'from_outside', planning: 'marketing_plans', jointPlans: 'hardly', measures: 'separate', database: 'two', place: 'apart', contact: 'formal' },
  aligned: { marketers: 'team', positioning: 'both', background: 'mixed', planning: 'both_plan', jointPlans: 'as_a_rule', measures: 'shared', database: 'one', place: 'apart', contact: 'both' },
};

describe('the place of a company', () => {
  test.each(CONFIGURATIONS)('the typical company of %s is nearest to it, and told apart from the others', (type) => {
    const placing = placeOf(TYPICAL[type]);
    expect(placing?.nearest).toBe(type);
    expect(placing?.asNear).toEqual([]);
    expect(placing?.nearness[type]).toBeGreaterThan(0.85);
  });

  it('moves along the continuum with the types', () => {
    const places = CONFIGURATIONS.map((type) => placeOf(TYPICAL[type])?.place ?? 0);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(Math.min(...places)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...places)).toBeLessThanOrEqual(4);
  });

  it('is not proposed on fewer than four facts', () => {
    expect(placeOf({})).toBeNull();
    expect(placeOf({ marketers: 'team', positioning: 'both', database: 'one' })).toBeNull();
    expect(placeOf({ marketers: 'team', positioning: 'both', database: 'one', place: 'apart' })).not.toBeNull();
  });

  it('is not turned by contact alone, about which the source disagrees with itself', () => {
    for (const type of CONFIGURATIONS) for (const contact of FACTS.contact) expect(placeOf({ ...TYPICAL[type], contact })?.nearest).toBe(type);
  });

  it('says which facts counted, heaviest first, and which were left open', () => {
    const placing = placeOf({ contact: 'formal', marketers: 'team', planning: 'both_plan', database: 'two' });
    expect(placing?.because.map(({ fact }) => fact)).toEqual(['marketers', 'planning', 'database', 'contact']);
    expect(placing?.unanswered).toEqual(['positioning', 'background', 'jointPlans', 'measures', 'place']);
  });

  it('tells that two types are as near', () => {
    const placing = placeOf({ marketers: 'team', jointPlans: 'sometimes', measures: 'partly', background: 'mixed', positioning: 'marketing', planning: 'both_plan' });
    expect(placing && [placing.nearest, ...placing.asNear]).toContain('aligned');
  });
});

test('what comes next', () => expect(CONFIGURATIONS.map(nextOf)).toEqual(['sales_driven', 'living_apart', 'aligned', null]));
