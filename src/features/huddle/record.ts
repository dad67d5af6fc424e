import { refuse } from '../../platform/http/refusal';
import type { Scope } from '../../platform/rpc/with-workspace';
import { CHANNEL, RULE } from './domain/agenda';
import { tallyOf } from './domain/present';
import { grouped } from './domain/groups';
import { everything, taken } from './domain/shelf';
import { seesNote } from './domain/sight';
import type { Note, State } from './domain/state';
import { keptStateOf } from './live/kept';
import type { HuddleRecord } from './contract';
import { can } from './policy';
import { huddleById, type HuddleRow } from './repo';

/** The record is read as the big screen would be: what was revealed to all, and nothing else. */
const READER = { role: 'screen', room: null, teams: [] } as const;

const tallies = (state: State): Map<string, number> => {
  const found = new Map<string, number>();
  for (const round of Object.values(state.rounds)) for (const [id, votes] of Object.entries(tallyOf(state, round) ?? {})) found.set(id, (found.get(id) ?? 0) + votes);
  for (const { id, dots } of everything(state.notes)) if (dots > 0) found.set(id, (found.get(id) ?? 0) + dots);
  return found;
};

const teamName = (state: State, note: Note): string => {
  const team = note.team === null || state.anonymity === 'nobody' ? undefined : [...state.teams.single, ...state.teams.mixed].find(({ id }) => id === note.team);
  return team ? String(team.number) : '';
};

const wordsOf = ({ id, text, corrected }: Note) => ({ id, text: corrected ?? text, original: corrected === null ? null : text });

const remarksOf = (state: State, step: string | null) => Object.values(state.remarks).filter((each) => !each.removed && each.step === step).map(({ id, text }) => ({ id, text }));

const recordOf = ({ id, phase, handedOverAt }: HuddleRow, state: State, mayRun: boolean): HuddleRecord => {
  const votes = tallies(state);
  const notes = everything(state.notes).toSorted((a, b) => a.seq - b.seq);
  const told = (note: Note, under: readonly Note[]): HuddleRecord['steps'][number]['notes'][number] => ({
    ...(under.length > 0 && note.groupName ? { id: note.id, text: note.groupName, original: null } : wordsOf(note)), channel: note.channel, room: CHANNEL[note.channel].sees === 'room' || state.anonymity !== 'nobody' ? note.room : null, team: teamName(state, note), top: note.top, votes: [note, ...under].reduce((sum, each) => sum + (votes.get(each.id) ?? 0), 0),
    author: state.anonymity === 'named' && note.author ? (taken(state.seats, note.author)?.name ?? '') : '', under: [...(under.length > 0 && note.groupName ? [note] : []), ...under].map(wordsOf),
  });
  return {
    id, name: state.name, phase, mayEdit: mayRun && phase === 'finished', remarks: remarksOf(state, null), handedOver: handedOverAt !== null, mayHandOver: mayRun && phase === 'finished' && !state.rehearsal && handedOverAt === null, rehearsal: state.rehearsal, joined: Math.max(state.attended ?? 0, everything(state.seats).filter(({ id: each, role, joined }) => role === 'participant' && joined && !state.waiting[each]).length),
    steps: state.steps.map((step) => {
      const here = notes.filter((note) => note.step === step.id && !note.removed && !note.hidden);
      const draw = RULE[step.kind].teams;
      const seen = here.filter((note) => seesNote(state, note, READER));
      return { id: step.id, kind: step.kind, title: step.title, minutes: step.minutes, entered: state.entered[step.id] === true || here.some(({ paper }) => paper), remarks: remarksOf(state, step.id), shown: [...(state.shownIn[step.id] ?? [])],
        ready: Object.keys(state.ready[step.id] ?? {}).length, teams: draw ? state.teams[draw].length : 0, notes: grouped(seen).map(({ head, under }) => told(head, under)).toSorted((a, b) => b.votes - a.votes), withheld: here.length - seen.length };
    }),
    disconnects: Object.values(state.disconnects).filter(({ removed }) => !removed).map(({ id: each, text, from }) => ({ id: each, text, from: from.length })),
    actions: Object.values(state.actions).filter(({ removed }) => !removed).map(({ removed: _, carried, ...action }) => ({ ...action, carried: carried ?? false })),
  };
};

/** What was revealed, found and agreed; names and teams as far as the Huddle's anonymity allows. */
export const readRecord = async (scope: Scope, id: string): Promise<HuddleRecord> => {
  const row = await huddleById(scope.tx, id);
  if (!row) throw refuse.notFound('Huddle');
  return recordOf(row, await keptStateOf(scope.tx, row), can(scope.me, 'huddle:run'));
};
