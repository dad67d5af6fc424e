import type { Role } from '../../lib/vocabulary';
import { ALL, MEMBERS, row, RUNNERS, type InWorkspace } from './access-rows';

/** Only heads sign, and this company has none: nobody's role is enough. */
const HEADS_ALONE: readonly Role[] = [];

export const GOALS: Record<string, InWorkspace> = {
  'goals.goals': row(ALL, 'goals:read'),
  'goals.propose': row(RUNNERS, 'goals:write', () => ({ unit: 'year', startsOn: '2026-01-01', amount: 1_000_000, currency: 'EUR' })),
  'goals.sign': row(HEADS_ALONE, 'goals:write', (at) => ({ id: at.goal, version: 1 }), { foreign: { id: { id: 'goal', meets: 403 } } }),
  'goals.withdraw': row(RUNNERS, 'goals:write', async (at) => ({ id: await at.addGoal(), version: 1 }), { foreign: { id: 'goal' } }),
  'goals.dashboardFile': row(ALL, 'goals:read', (at) => ({ id: at.dashboard }), { foreign: { id: 'dashboard' } }),
  'goals.dashboards': row(ALL, 'goals:read'),
  'goals.addDashboard': row(MEMBERS, 'goals:write', () => ({ name: 'Weekly look', metrics: ['lead_to_order'], unit: 'quarter', split: 'none' })),
  'goals.changeDashboard': row(MEMBERS, 'goals:write', async (at) => ({ id: await at.addDashboard(), version: 1, name: 'Renamed' }), { foreign: { id: 'dashboard' } }),
  'goals.subscribe': row(ALL, 'goals:write', (at) => ({ id: at.dashboard, every: null }), { foreign: { id: 'dashboard' } }),
  'goals.number': row(ALL, 'goals:read'),
  'goals.metricCases': row(MEMBERS, 'customers:read', () => ({ metric: 'customer_retention', from: '2026-01-01T00:00:00Z', until: '2026-04-01T00:00:00Z' })),
  'goals.metrics': row(ALL, 'goals:read'),
};
