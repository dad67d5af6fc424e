import { MEMBERS, row, RUNNERS, type Given, type InWorkspace } from './access-rows';

const one: Given = (at) => ({ id: at.huddle });
const foreign = { foreign: { id: 'huddle' } } as const;

export const HUDDLE: Record<string, InWorkspace> = {
  'huddle.list': row(MEMBERS, 'huddle:read'),
  'huddle.create': row(RUNNERS, 'huddle:write', () => ({ name: 'Spring Huddle', minutes: 240 }), { foreign: { parent: 'huddle' } }),
  'huddle.enter': row(RUNNERS, 'huddle:write', (at) => ({ id: at.huddle, as: 'facilitator' }), foreign),
  'huddle.scribe': row(RUNNERS, 'huddle:write', (at) => ({ id: at.huddle, team: 'none' }), { then: 422, ...foreign }),
  'huddle.links': row(RUNNERS, 'huddle:write', one, foreign),
  'huddle.check': row(MEMBERS, 'huddle:read', one, foreign),
  'huddle.record': row(MEMBERS, 'huddle:read', one, foreign),
  'huddle.handOver': row(RUNNERS, 'huddle:write', (at) => ({ id: at.huddle, disconnects: [{ disconnect: 'none', cause: 'systems' }] }), { then: 409, ...foreign }),
  'huddle.next': row(MEMBERS, 'huddle:read'),
  'huddle.planNext': row(RUNNERS, 'huddle:write', (at) => ({ id: at.huddle, name: 'Autumn Huddle' }), { then: 409, ...foreign }),
  'huddle.together': row(MEMBERS, 'huddle:read', one, foreign),
  'huddle.remove': row(RUNNERS, 'huddle:write', async (at) => ({ id: await at.addHuddle() }), foreign),
};
