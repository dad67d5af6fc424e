import { randomUUID } from 'node:crypto';
import type { Role } from '../../lib/vocabulary';
import { ALL, MEMBERS, row, RUNNERS, type InWorkspace } from './access-rows';

/** Only heads sign, and this company has none: nobody's role is enough. */
const HEADS_ALONE: readonly Role[] = [];

const calendar = { zone: 'Europe/Berlin', week: [[{ from: '09:00', to: '17:00' }], [], [], [], [], [], []], exceptions: [] };

export const AGREEMENTS: Record<string, InWorkspace> = {
  'agreements.terms': row(ALL, 'agreements:read'),
  'agreements.commitments': row(ALL, 'agreements:read'),
  'agreements.history': row(ALL, 'agreements:read', (at) => ({ id: at.term }), { foreign: { id: 'term' } }),
  'agreements.proposeTerm': row(RUNNERS, 'agreements:write', () => ({ name: `Customer ${randomUUID()}`, term: { text: 'A company that has ordered.' } }), { foreign: { id: 'term' } }),
  'agreements.proposeCommitment': row(RUNNERS, 'agreements:write', (at) => at.commitmentInput(), { foreign: { id: 'commitment', 'commitment.pauseStages.0': { id: 'stage', meets: 422 } } }),
  'agreements.proposeEnd': row(RUNNERS, 'agreements:write', (at) => ({ id: at.term }), { then: 409, foreign: { id: 'term' } }),
  'agreements.sign': row(HEADS_ALONE, 'agreements:write', (at) => ({ id: at.term, version: 1 }), { foreign: { id: { id: 'term', meets: 403 } } }),
  'agreements.withdraw': row(RUNNERS, 'agreements:write', async (at) => ({ id: await at.addTerm(), version: 1 }), { foreign: { id: 'term' } }),
  'agreements.live': row(MEMBERS, 'agreements:read'),
  'agreements.clocks': row(MEMBERS, 'agreements:read', (at) => ({ id: at.commitment }), { foreign: { id: 'commitment' } }),
  'agreements.calendars': row(ALL, 'agreements:read'),
  'agreements.setCalendar': row(RUNNERS, 'agreements:write', () => ({ territory: '', calendar })),
  'agreements.review': row(ALL, 'agreements:read', () => ({ period: '2026-Q1' })),
  'agreements.setReview': row(RUNNERS, 'agreements:write', () => ({ period: '2026-Q1', heldOn: '2026-04-02' })),
  'agreements.addAction': row(RUNNERS, 'agreements:write', () => ({ period: '2026-Q1', text: 'Call together', side: 'sales', owner: 'Head of sales', dueOn: '2026-05-01' })),
  'agreements.setAction': row(RUNNERS, 'agreements:write', async (at) => ({ id: await at.addAction(), done: true }), { foreign: { id: 'action' } }),
};
