import { describe, expect, it } from 'vitest';
import { cohortFunnel, type CubeCell, type DayCell } from './cohorts';
import { ladder, systemOf, type ProcessFacts, type Shape } from './ladder';
import { comparable, traitsOf } from './traits';

const facts = (given: Partial<ProcessFacts> = {}): ProcessFacts => ({ leads: 500, won: 60, lost: 200, recycled: 0, lostWithReason: 150, byOrigin: { sales: 100, marketing: 400 }, channels: 5, moved: 400, touches: 900, keyedTouches: 900, ...given });
const shape = (kind: string, given: Partial<Shape> = {}): Shape => ({ sourceId: 's', source: 'Salesforce', side: 'sales', kind, rows: 500, looked: 500, filled: { industry: 400 }, headings: [], ...given });
const full = [shape('lead'), shape('deal'), shape('touch', { sourceId: 'm', source: 'HubSpot', side: 'marketing' })];

describe('what the data carry', () => {
  it.each<[string, Partial<ProcessFacts>, Shape[], Record<string, string[]>]>([
    ['everything', {}, full, {}],
    ['no deals', { won: 0 }, [shape('lead')], { usefulness: ['deals'], fast: ['deals'], converting: ['deals'], attribution: ['deals'] }],
    ['deals, but none won yet', { won: 3 }, full, { usefulness: ['outcome'], fast: ['outcome'], converting: ['outcome'], attribution: ['outcome'] }],
    ['one function, one source', { byOrigin: { sales: 500, marketing: 0 }, channels: 1 }, full, { usefulness: ['groups'] }],
    ['no dates of stages', { moved: 0 }, full, { slow: ['history'], dropout: ['history'] }],
    ['nothing called lost', { lost: 0 }, full, { dropout: ['losses'] }],
    ['touches without keys', { keyedTouches: 0 }, full, { attribution: ['touch_keys'] }],
    ['no traits and one source', { channels: 1 }, full.map((each) => ({ ...each, filled: {} })), { fast: ['traits'], converting: ['traits'] }],
  ])('%s', (_, given, shapes, missing) => {
    const rungs = ladder(shapes, facts(given));
    expect(Object.fromEntries(rungs.filter(({ answerable }) => !answerable).map((rung) => [rung.question, rung.missing]))).toEqual(missing);
    for (const rung of rungs) expect(new Set(rung.missing)).toEqual(new Set(rung.answerable ? [] : rung.recipes.map(({ need }) => need)));
  });

  it('asks for reasons where most losses have none, and still answers', () => {
    const dropout = ladder(full, facts({ lostWithReason: 10 })).find(({ question }) => question === 'dropout');
    expect(dropout).toMatchObject({ answerable: true, recipes: [{ need: 'reasons', system: 'salesforce' }] });
  });

  it.each([
    ['Our HubSpot', [], 'hubspot'], ['CRM', ['Record ID', 'Email'], 'hubspot'], ['CRM', ['Id', 'LeadSource', 'IsConverted'], 'salesforce'], ['Marketing', ['lead_id', 'primary_attribute_value'], 'marketo'], ['Excel', ['Name'], 'other'],
  ])('knows %s with %j as %s', (source, headings, system) => expect(systemOf(source, headings)).toBe(system));
});

describe('traits', () => {
  it('takes fields and custom columns, and neither names nor dates', () => {
    expect(traitsOf([{ name: 'Ann', email: 'a@b.example', enteredAt: '2026-01-01', industry: 'Steel', won: false, custom: { Size: ' big ', Blank: ' ' } }, { industry: 'Wood', country: 'NL' }])).toEqual({ industry: 'Steel', won: 'false', Size: 'big', country: 'NL' });
  });

  it('puts numbers with many values in quarters and leaves rare words out', () => {
    const leads = Array.from({ length: 400 }, (_, at) => ({ employees: String(at), city: at < 300 ? `city ${at % 10}` : `village ${at % 50}` }));
    const { columns, traits } = comparable(leads);
    expect(columns.toSorted()).toEqual(['city', 'employees']);
    expect(new Set(traits.map(({ employees }) => employees)).size).toBe(4);
    expect(new Set(traits.map(({ city }) => city)).size).toBe(31);
    expect(traits[10]?.['city']).toBe('city 0');
  });
});

describe('the funnel by cohort', () => {
  const cell = (month: string, value: string, end: CubeCell['end'], leads: number): CubeCell => ({ month, value, end, leads });
  const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000;
  const cells = [cell('2026-01', 'sales', 'won', 20), cell('2026-01', 'sales', 'lost', 60), cell('2026-01', 'sales', 'recycled', 20), cell('2026-04', 'sales', 'won', 1), cell('2026-04', 'sales', 'open', 99)];
  const days: DayCell[] = [
    { entered: dayOf('2026-01-10'), decided: dayOf('2026-03-01'), won: true, leads: 20 }, { entered: dayOf('2026-01-10'), decided: dayOf('2026-01-10'), won: false, leads: 60 }, { entered: dayOf('2026-01-10'), decided: null, won: false, leads: 20 },
    { entered: dayOf('2026-04-10'), decided: dayOf('2026-04-20'), won: true, leads: 1 }, { entered: dayOf('2026-04-10'), decided: null, won: false, leads: 99 },
  ];

  it('tells recycled leads as open, marks young months and keeps them out of comparisons', () => {
    const funnel = cohortFunnel({ origin: cells, channel: cells, territory: [], industry: [] }, days);
    expect(funnel.all).toMatchObject({ entrants: 200, won: 21, lost: 60, open: 119, recycled: 20 });
    expect(funnel.cohorts.map(({ month, mark }) => [month, mark])).toEqual([['2026-01', null], ['2026-04', 'too young']]);
    expect(funnel.splits.origin).toEqual([{ value: 'sales', entrants: 100, won: 20, lost: 60, open: 20, recycled: 20, rate: 0.2, wilson95: [expect.closeTo(0.1334, 4), expect.closeTo(0.2888, 4)] }]);
  });

  it('of nothing is nothing', () => expect(cohortFunnel({ origin: [], channel: [], territory: [], industry: [] }, [])).toMatchObject({ all: { entrants: 0, rate: 0 }, cohorts: [], asOf: null }));
});
