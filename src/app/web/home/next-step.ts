/** What Home knows about a survey. `readable`: this reader may open its results; `read`: they have. */
export type HomeWave = { id: string; name: string; state: 'draft' | 'open' | 'closing' | 'closed'; closesAt: string | null; nextProposedFor: string | null; readable: boolean; read: boolean };

/** `people` is null for those who may not see the list of people. Waves come newest first. */
export type HomeState = {
  people: { total: number; withoutFunction: number } | null;
  waves: readonly HomeWave[];
  may: { editPeople: boolean; manageWaves: boolean; seeProgress: boolean };
  now: string;
};

export type NextStep =
  | { kind: 'results'; wave: HomeWave }
  | { kind: 'progress'; wave: HomeWave }
  | { kind: 'underWay'; wave: HomeWave }
  | { kind: 'counting'; wave: HomeWave }
  | { kind: 'importPeople' }
  | { kind: 'sayFunctions'; people: number }
  | { kind: 'continueDraft'; wave: HomeWave }
  | { kind: 'setUp' }
  | { kind: 'nextWave'; wave: HomeWave; due: boolean }
  | { kind: 'notPublished'; wave: HomeWave }
  | { kind: 'nothingYet' };

const ofState = (waves: readonly HomeWave[], state: HomeWave['state']): HomeWave | undefined => waves.find((wave) => wave.state === state);

/** What somebody who prepares a survey does next, in the order in which one thing needs the other. */
const preparation = ({ people, waves, may }: HomeState): NextStep | null => {
  if (people && may.editPeople && people.total === 0) return { kind: 'importPeople' };
  const started = waves.some((wave) => wave.state !== 'draft');
  const draft = ofState(waves, 'draft');
  if (people && may.editPeople && people.withoutFunction > 0 && (draft || !started)) return { kind: 'sayFunctions', people: people.withoutFunction };
  if (!may.manageWaves) return null;
  if (draft) return { kind: 'continueDraft', wave: draft };
  return started ? null : { kind: 'setUp' };
};

/**
 * The one next step, from what is there and nothing else: results nobody has looked at, then what is under way, then what
 * is being prepared, then the date of the next wave.
 */
export const nextStep = (state: HomeState): NextStep => {
  const { waves, may, now } = state;
  const unread = waves.find((wave) => wave.state === 'closed' && wave.readable && !wave.read);
  if (unread) return { kind: 'results', wave: unread };
  const open = ofState(waves, 'open');
  if (open) return { kind: may.seeProgress ? 'progress' : 'underWay', wave: open };
  const closing = ofState(waves, 'closing');
  if (closing) return { kind: 'counting', wave: closing };
  const prepare = preparation(state);
  if (prepare) return prepare;
  const closed = ofState(waves, 'closed');
  if (!closed) return { kind: 'nothingYet' };
  if (!closed.readable) return { kind: 'notPublished', wave: closed };
  return { kind: 'nextWave', wave: closed, due: closed.nextProposedFor !== null && closed.nextProposedFor <= now };
};
