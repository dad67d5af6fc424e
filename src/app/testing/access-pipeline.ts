import { ALL, MEMBERS, row, type InWorkspace } from './access-rows';

export const PIPELINE: Record<string, InWorkspace> = {
  'pipeline.pipelines': row(ALL, 'pipeline:read'),
  'pipeline.leads': row(MEMBERS, 'pipeline:read', () => ({}), { foreign: { stage: { id: 'stage', meets: 200 } } }),
  'pipeline.lead': row(MEMBERS, 'pipeline:read', (at) => ({ id: at.lead }), { foreign: { id: 'lead' } }),
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
