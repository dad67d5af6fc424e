import { describe, expect, it, test } from 'vitest';
import { ITEMS, standingOf, ticksOf, type Recorded } from './checklist';

const NOTHING: Recorded = { recordsMatched: null, targetSigned: false, dashboardsShared: 0, reviewsClosed: 0, commitmentsBothWays: false, pipelineLeads: 0 };

test.each([
  [NOTHING, {}],
  [{ ...NOTHING, recordsMatched: 0.9 }, { shared_databases: 'in_place' }],
  [{ ...NOTHING, recordsMatched: 0.89 }, { shared_databases: 'partly' }],
  [{ ...NOTHING, recordsMatched: 0.49 }, { shared_databases: 'not_started' }],
  [{ ...NOTHING, dashboardsShared: 1 }, { common_metrics: 'partly' }],
  [{ ...NOTHING, targetSigned: true }, { common_metrics: 'in_place' }],
  [{ ...NOTHING, reviewsClosed: 1 }, { regular_reviews: 'partly' }],
  [{ ...NOTHING, reviewsClosed: 2 }, { regular_reviews: 'in_place' }],
  [{ ...NOTHING, pipelineLeads: 5 }, { joint_activities_tracked: 'partly' }],
  [{ ...NOTHING, pipelineLeads: 5, commitmentsBothWays: true }, { joint_activities_tracked: 'in_place' }],
])('%j ticks %j', (recorded, ticks) => expect(ticksOf(recorded)).toEqual(ticks));

describe('the list', () => {
  it('lets a person overrule what the evidence ticks, and shows both', () => {
    const { items } = standingOf({ ...NOTHING, targetSigned: true }, { common_metrics: { state: 'partly', owner: null, due: null, note: 'only sales looks at it' } });
    expect(items.find(({ item }) => item === 'common_metrics')).toMatchObject({ state: 'partly', by: 'person', evidence: 'in_place' });
  });

  it('counts each column by its own items, partly as a half', () => {
    const { items, done } = standingOf({ ...NOTHING, reviewsClosed: 2, pipelineLeads: 1 }, { revenue_officer: { state: 'in_place', owner: null, due: null, note: '' } });
    expect(items.length).toBe(ITEMS.length);
    expect(done).toEqual({ activities: 0, processes: 1.5 / 6, culture: 0, structure: 0.5 });
  });
});
