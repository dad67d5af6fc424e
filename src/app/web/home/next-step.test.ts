import { describe, expect, it } from 'vitest';
import { nextStep, type HomeState, type HomeWave } from './next-step';

const wave = (state: HomeWave['state'], more: Partial<HomeWave> = {}): HomeWave => ({ id: state, name: state, state, closesAt: null, nextProposedFor: '2027-01-01T00:00:00.000Z', readable: state === 'closed', read: false, ...more });
const all = { editPeople: true, manageWaves: true, seeProgress: true };
const none = { editPeople: false, manageWaves: false, seeProgress: false };
const crowd = { total: 40, withoutFunction: 0 };
const step = (state: Partial<HomeState>) => {
  const found = nextStep({ people: crowd, waves: [], may: all, now: '2026-06-01T00:00:00.000Z', ...state });
  return { kind: found.kind, ...('wave' in found ? { wave: found.wave.id } : {}), ...('due' in found ? { due: found.due } : {}), ...('people' in found ? { people: found.people } : {}) };
};

describe('the next step', () => {
  it.each<[string, Partial<HomeState>, object]>([
    ['nobody is in', { people: { total: 0, withoutFunction: 0 } }, { kind: 'importPeople' }],
    ['nobody is in, but a draft is there', { people: { total: 0, withoutFunction: 0 }, waves: [wave('draft')] }, { kind: 'importPeople' }],
    ['some have no function', { people: { total: 9, withoutFunction: 4 } }, { kind: 'sayFunctions', people: 4 }],
    ['some have no function while a draft waits', { people: { total: 9, withoutFunction: 4 }, waves: [wave('draft')] }, { kind: 'sayFunctions', people: 4 }],
    ['everybody is placed', {}, { kind: 'setUp' }],
    ['a draft waits', { waves: [wave('draft')] }, { kind: 'continueDraft', wave: 'draft' }],
    ['a survey is open', { waves: [wave('open')] }, { kind: 'progress', wave: 'open' }],
    ['open goes before a draft and before people without function', { people: { total: 9, withoutFunction: 4 }, waves: [wave('draft'), wave('open')] }, { kind: 'progress', wave: 'open' }],
    ['answers are being counted', { waves: [wave('closing')] }, { kind: 'counting', wave: 'closing' }],
    ['closed, not looked at', { waves: [wave('closed')] }, { kind: 'results', wave: 'closed' }],
    ['closed and not looked at goes before an open one', { waves: [wave('open'), wave('closed')] }, { kind: 'results', wave: 'closed' }],
    ['closed and read', { waves: [wave('closed', { read: true })] }, { kind: 'nextWave', wave: 'closed', due: false }],
    ['closed and read, nine months ago', { waves: [wave('closed', { read: true, nextProposedFor: '2026-06-01T00:00:00.000Z' })] }, { kind: 'nextWave', wave: 'closed', due: true }],
    ['closed and read, newcomers without function do not turn up as the first thing', { people: { total: 9, withoutFunction: 1 }, waves: [wave('closed', { read: true })] }, { kind: 'nextWave', wave: 'closed', due: false }],
    ['closed and read, the next one is a draft', { waves: [wave('draft'), wave('closed', { read: true })] }, { kind: 'continueDraft', wave: 'draft' }],
    ['closed, not published to this reader', { may: none, waves: [wave('closed', { readable: false })] }, { kind: 'notPublished', wave: 'closed' }],
    ['a member, nothing there', { may: none }, { kind: 'nothingYet' }],
    ['a member, a draft', { may: none, waves: [wave('draft')] }, { kind: 'nothingYet' }],
    ['a member, a survey is open', { may: none, waves: [wave('open')] }, { kind: 'underWay', wave: 'open' }],
    ['a head who may only see progress', { may: { ...none, seeProgress: true }, waves: [wave('open')] }, { kind: 'progress', wave: 'open' }],
    ['a viewer, who sees no people', { may: none, people: null }, { kind: 'nothingYet' }],
  ])('%s', (_name, state, expected) => {
    expect(step(state)).toEqual(expected);
  });
});
