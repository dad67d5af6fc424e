import { MEMBERS, row, RUNNERS, type Given, type InWorkspace } from './access-rows';
import type { Company } from './two-companies';

/** Changes name the version they saw; each of them counts it up. */
const problem = (at: Company) => at.owner.client.improvement.read({ workspace: at.workspace });
const over = (input: Record<string, unknown>): Given => async (at) => {
  const id = await at.addProblem();
  return { id, version: (await problem(at)).problems.find((each) => each.id === id)?.version ?? 0, ...input };
};
const ofAction = (input: Record<string, unknown>): Given => async (at) => ({ id: await at.addProgrammeAction(), version: 1, ...input });
const action = { text: 'Ride along', by: 'both', ownerName: 'Ann', dueOn: '2035-01-01', effect: 'Fewer surprises' };
const foreign = { id: 'problem' } as const;

export const IMPROVEMENT: Record<string, InWorkspace> = {
  'improvement.read': row(MEMBERS, 'improvement:read'),
  'improvement.agenda': row(MEMBERS, 'improvement:read'),
  'improvement.mine': row(MEMBERS, 'improvement:read'),
  'improvement.find': row(MEMBERS, 'improvement:read', () => ({ words: 'talk past' })),
  'improvement.measures': row(MEMBERS, 'improvement:read'),
  'improvement.board': row(MEMBERS, 'improvement:read', () => ({ format: 'pdf' })),
  'improvement.challenges': row(MEMBERS, 'improvement:read'),
  'improvement.solutions': row(MEMBERS, 'improvement:read', async (at) => ({ id: await at.addProblem() }), { foreign }),
  'improvement.addProblem': row(RUNNERS, 'improvement:write', () => ({ title: 'We talk past each other', area: '3' })),
  'improvement.changeProblem': row(RUNNERS, 'improvement:write', over({ title: 'We talk past each other, still' }), { foreign }),
  'improvement.setState': row(RUNNERS, 'improvement:write', over({ to: 'dropped', note: 'Not now.' }), { foreign }),
  'improvement.setObjective': row(RUNNERS, 'improvement:write', over({ measure: 'said:gap:8', target: 0.1, dueOn: '2035-01-01' }), { foreign, then: 409 }),
  'improvement.answer': row(RUNNERS, 'improvement:write', over({ lens: 'sales', question: 'both.1', version: 0, text: 'We hear of it last.' }), { foreign }),
  'improvement.choose': row(RUNNERS, 'improvement:write', over({ solution: 'communication', chosen: true, why: 'We do not meet.' }), { foreign }),
  'improvement.addAction': row(RUNNERS, 'improvement:write', over(action), { foreign: { ...foreign, ownerUserId: { id: 'spare', meets: 404 } } }),
  'improvement.changeAction': row(RUNNERS, 'improvement:write', ofAction(action), { foreign: { id: 'programmeAction', ownerUserId: { id: 'spare', meets: 404 } } }),
  'improvement.moveAction': row(RUNNERS, 'improvement:write', ofAction({ to: 'done' }), { foreign: { id: 'programmeAction' } }),
  'improvement.carryAction': row(RUNNERS, 'improvement:write', ofAction({ dueOn: '2036-01-01', why: 'Holidays.' }), { foreign: { id: 'programmeAction' } }),
  'improvement.sayCourse': row(RUNNERS, 'improvement:write', async (at) => ({ id: await at.addProgrammeAction(), course: 'slow' }), { foreign: { id: 'programmeAction' } }),
  'improvement.checkIn': row(RUNNERS, 'improvement:write', over({ course: 'slow', note: 'Slowly.' }), { foreign }),
  'improvement.raise': row(RUNNERS, 'improvement:write', () => ({ challenge: 'globalisation', note: 'Two new sites.' })),
};
