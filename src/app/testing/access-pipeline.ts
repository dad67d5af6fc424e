import { ALL, MEMBERS, row, type InWorkspace } from './access-rows';

export const PIPELINE: Record<string, InWorkspace> = {
  'pipeline.pipelines': row(ALL, 'pipeline:read'),
  'pipeline.leads': row(MEMBERS, 'pipeline:read', () => ({}), { foreign: { stage: { id: 'stage', meets: 200 } } }),
  'pipeline.lead': row(MEMBERS, 'pipeline:read', (at) => ({ id: at.lead }), { foreign: { id: 'lead' } }),
};
