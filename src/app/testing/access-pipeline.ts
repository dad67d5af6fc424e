import { randomUUID } from 'node:crypto';
import { ALL, MEMBERS, row, type InWorkspace } from './access-rows';

export const PIPELINE: Record<string, InWorkspace> = {
  'pipeline.pipelines': row(ALL, 'pipeline:read'),
  'pipeline.leads': row(MEMBERS, 'pipeline:read', () => ({}), { foreign: { stage: { id: 'stage', meets: 200 } } }),
  'pipeline.lead': row(MEMBERS, 'pipeline:read', (at) => ({ id: at.lead }), { foreign: { id: 'lead' } }),
  'pipeline.twoCounts': row(ALL, 'pipeline:read'),
  'pipeline.twoCountsRow': row(MEMBERS, 'pipeline:read', () => ({ row: 'never_arrived' })),
  'pipeline.twoCountsSaid': row(ALL, 'pipeline:read'),
  'pipeline.twoCountsFile': row(ALL, 'pipeline:read', () => ({ format: 'csv' })),
  'pipeline.disputeRow': row(MEMBERS, 'pipeline:write', () => ({ row: 'returned', note: `Three of these were never ours. ${randomUUID()}` })),
  'pipeline.disputes': row(MEMBERS, 'pipeline:read'),
  'pipeline.settleDispute': row(MEMBERS, 'pipeline:write', (at) => ({ id: at.dispute, answer: 'They are now.' }), { foreign: { id: 'dispute' } }),
  'answers.carries': row(ALL, 'pipeline:read'),
  'answers.overview': row(ALL, 'pipeline:read'),
  'answers.funnel': row(ALL, 'pipeline:read'),
  'answers.usefulness': row(ALL, 'pipeline:read'),
  'answers.slow': row(ALL, 'pipeline:read'),
  'answers.dropout': row(ALL, 'pipeline:read'),
  'answers.fast': row(ALL, 'pipeline:read'),
  'answers.converting': row(ALL, 'pipeline:read'),
  'answers.attribution': row(ALL, 'pipeline:read'),
  'answers.leads': row(MEMBERS, 'pipeline:read', () => ({ answer: 'usefulness', key: 'origin:sales' })),
};
