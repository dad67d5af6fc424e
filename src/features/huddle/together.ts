import { and, asc, eq } from 'drizzle-orm';
import { FUNCTIONS, type FunctionName } from '../../lib/vocabulary';
import { refuse } from '../../platform/http/refusal';
import type { Scope } from '../../platform/rpc/with-workspace';
import { shownGroups } from '../assessment/public';
import type { Together } from './contract';
import { RULE } from './domain/agenda';
import { tallyOf } from './domain/present';
import { everything } from './domain/shelf';
import { stepNow, type State } from './domain/state';
import { keptStateOf } from './live/kept';
import { huddleById } from './repo';
import { huddle } from './schema';

type Region = { id: string; state: State };

const taking = (state: State, of: FunctionName): number => everything(state.seats).filter((seat) => seat.role === 'participant' && seat.joined && seat.function === of && !state.waiting[seat.id]).length;
const roundsOf = (state: State) => Object.values(state.rounds).filter(({ open }) => !open);
/** Who put dots on paper nobody knows any more: at most everybody who was in the room. */
const onPaper = (state: State): number => (everything(state.notes).some(({ dots }) => dots > 0) ? (state.attended ?? 0) : 0);
const votersOf = (state: State): number => Math.max(onPaper(state), ...roundsOf(state).map(({ placed }) => Object.keys(placed).length));

/** Disconnects are a region's own until its notes on them were opened to all of it. */
const isOpen = (state: State): boolean => state.phase === 'finished' || state.steps.some(({ id, kind }) => kind === 'disconnects' && state.revealed[id] === true);

const tokensOn = (state: State, from: readonly string[]): number => {
  const tallies = roundsOf(state).map((round) => tallyOf(state, round) ?? {});
  const within = everything(state.notes).filter(({ id, group }) => from.includes(id) || (group !== null && from.includes(group)));
  return within.reduce((sum, { id, dots }) => sum + dots + tallies.reduce((here, tally) => here + (tally[id] ?? 0), 0), 0);
};

const readyIn = (state: State): { ready: number; teams: number } | null => {
  const step = stepNow(state);
  const draw = step && state.phase === 'running' ? RULE[step.kind].teams : null;
  return step && draw && state.teams[draw].length > 0 ? { ready: Object.keys(state.ready[step.id] ?? {}).length, teams: state.teams[draw].length } : null;
};

const regionOf = ({ id, state }: Region, shown: Record<FunctionName | 'votes', ReadonlySet<string>>): Together['regions'][number] => {
  const open = isOpen(state);
  const step = stepNow(state);
  return {
    id, name: state.name, phase: state.phase, startsAt: state.startsAt, open,
    step: step && state.phase === 'running' ? { kind: step.kind, title: step.title } : null, place: Math.max(0, state.at + 1), steps: state.steps.length, ready: readyIn(state),
    people: FUNCTIONS.map((of) => ({ function: of, joined: shown[of].has(id) || taking(state, of) === 0 ? taking(state, of) : null })),
    disconnects: open ? Object.values(state.disconnects).filter(({ removed }) => !removed).map(({ id: each, text, from }) => ({ id: each, text, votes: shown.votes.has(id) ? tokensOn(state, from) : null })) : [],
    actions: open ? Object.values(state.actions).filter(({ removed, carried }) => !removed && !carried).map(({ id: each, disconnect, text, owner, side, dueOn }) => ({ id: each, disconnect, text, owner, side, dueOn })) : [],
  };
};

/**
 * Regional Huddles side by side: of each only what it has opened to all of its own, never a note; how many took part and how votes fell only as the
 * disclosure gate lets groups out beside each other.
 */
export const readTogether = async ({ tx }: Scope, id: string): Promise<Together> => {
  const row = await huddleById(tx, id);
  if (!row) throw refuse.notFound('Huddle');
  const rows = await tx.select().from(huddle).where(and(eq(huddle.parentId, id), eq(huddle.rehearsal, false))).orderBy(asc(huddle.name), asc(huddle.id));
  const regions: Region[] = [];
  for (const each of rows) regions.push({ id: each.id, state: await keptStateOf(tx, each) });
  const counts = (of: (state: State) => number) => new Map(regions.map((region) => [region.id, of(region.state)]));
  const shown = {
    sales: shownGroups('sales', counts((state) => taking(state, 'sales'))), marketing: shownGroups('marketing', counts((state) => taking(state, 'marketing'))), leadership: shownGroups('leadership', counts((state) => taking(state, 'leadership'))),
    votes: shownGroups('sales', counts(votersOf)),
  };
  return { id, name: row.name, regions: regions.map((region) => regionOf(region, shown)) };
};
