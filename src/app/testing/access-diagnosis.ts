import { MEMBERS, row, RUNNERS, type Given, type InWorkspace } from './access-rows';

/** Changes name the version they saw; each of them counts it up. */
const over = (input: Record<string, unknown>): Given => async (at) => ({ ...input, version: (await at.owner.client.diagnosis.read({ workspace: at.workspace })).version });

export const DIAGNOSIS: Record<string, InWorkspace> = {
  'diagnosis.read': row(MEMBERS, 'diagnosis:read'),
  'diagnosis.file': row(MEMBERS, 'diagnosis:read', () => ({ format: 'pdf' })),
  'diagnosis.stateFacts': row(RUNNERS, 'diagnosis:write', over({ facts: { marketers: 'team', database: 'two' } })),
  'diagnosis.correct': row(RUNNERS, 'diagnosis:write', over({ configuration: 'aligned', note: 'They plan together.' })),
  'diagnosis.align': row(RUNNERS, 'diagnosis:write', over({ relationship: 'defined', reasons: { roles_work: true } })),
  'diagnosis.look': row(RUNNERS, 'diagnosis:write', over({ topic: 'prices', look: 'harms', note: 'Two lists of prices.' })),
  'diagnosis.judge': row(RUNNERS, 'diagnosis:write', () => ({ cause: 'systems', verdict: 'confirmed', note: 'Two databases.' })),
  'diagnosis.takeBack': row(RUNNERS, 'diagnosis:write', async (at) => ({ id: await at.addVerdict() }), { foreign: { id: 'verdict' } }),
  'diagnosis.tick': row(RUNNERS, 'diagnosis:write', async (at) => {
    const { checklist } = await at.owner.client.diagnosis.read({ workspace: at.workspace });
    return { item: 'advertising_sign_off', state: 'partly', version: checklist.items.find(({ item }) => item === 'advertising_sign_off')?.version ?? 0 };
  }),
};
