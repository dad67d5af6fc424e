import { describe, expect, test } from 'vitest';
import { seeded } from '../../../lib/seeded';
import { actingAs, keepsTime, stamped } from './acting';
import { CHANNEL, CHANNELS, RULE, template, type Channel } from './agenda';
import { apply } from './apply';
import { check } from './check';
import { ANONYMITY, type Anonymity, type Operation, type Saved, type Seat } from './operation';
import { audienceOf, changes, snapshot } from './present';
import { taken } from './shelf';
import { beginning, stepNow, type State } from './state';

/** What the walk knows of a note from what was done, by itself: who may read it until its step is opened. */
type Secret = { text: string; step: string; channel: Channel; readers: ReadonlySet<string>; author: string };
const NAMES = ['lead', 'screen', 'sam', 'sue', 'sid', 'mia', 'max', 'ceo', 'scribe', 'typist'] as const;

const seatOf = (name: (typeof NAMES)[number]): Seat => ({
  id: name, name: `NAME-${name}`, role: name === 'lead' ? 'facilitator' : name === 'screen' || name === 'scribe' || name === 'typist' ? name : 'participant', function: name.startsWith('s') && !['screen', 'scribe'].includes(name) ? 'sales' : name.startsWith('m') ? 'marketing' : name === 'ceo' ? 'leadership' : null,
  level: null, territory: '', personId: null, managerId: null, userId: null, team: name === 'scribe' || name === 'typist' ? 'single-sales' : null, joined: true, gone: false,
});
const TEAMS = {
  single: [{ id: 'single-sales', number: 1, room: 'sales' as const, members: ['sam', 'sue', 'sid'] }, { id: 'single-marketing', number: 2, room: 'marketing' as const, members: ['mia', 'max'] }, { id: 'single-leaders', number: 3, room: 'leadership' as const, members: ['ceo'] }],
  mixed: [{ id: 'mixed-1', number: 1, room: null, members: ['sam', 'mia', 'ceo'] }, { id: 'mixed-2', number: 2, room: null, members: ['sue', 'sid', 'max'] }],
};
const inTeam = (team: string): string[] => [...TEAMS.single, ...TEAMS.mixed].find(({ id }) => id === team)?.members ?? [];

/** Who may read before the reveal, told from the rule book anew, not from the code that decides it. */
const readersOf = (channel: Channel, author: string): ReadonlySet<string> => {
  if (['strength', 'weakness', 'opportunity', 'threat'].includes(channel)) return new Set(['lead']);
  if (['own_role', 'expected_role', 'wished_relation', 'compare'].includes(channel)) { const team = TEAMS.single.find(({ id, members }) => members.includes(author) || (author === 'scribe' && id === 'single-sales')); return new Set([...(team?.members ?? []), ...(team?.id === 'single-sales' ? ['scribe'] : [])]); }
  if (channel === 'disconnect') { const team = TEAMS.mixed.find(({ members }) => members.includes(author)); return new Set(team ? inTeam(team.id) : author === 'scribe' ? [...inTeam('single-sales'), 'scribe'] : []); }
  return new Set(NAMES);
};

type Walk = { state: State; secrets: Map<string, Secret>; opened: Set<string>; anonymity: Anonymity; seq: number };

const walkFrom = (anonymity: Anonymity): Walk => {
  let ids = 0;
  const state = beginning({ name: 'Walk', code: 'CODE', rehearsal: false, anonymity, steps: template(() => `step-${(ids += 1)}`), startsAt: null });
  const walk: Walk = { state, secrets: new Map(), opened: new Set(), anonymity, seq: 0 };
  const system = (operation: Operation) => put(walk, { seq: 0, at: 0, by: { seat: null, role: 'facilitator', room: null, team: null, key: '' }, operation });
  system({ kind: 'seats', seats: NAMES.map(seatOf) });
  for (const of of ['single', 'mixed'] as const) system({ kind: 'draw', of, teams: TEAMS[of] });
  return walk;
};

const judge = (walk: Walk, name: string, what: unknown): void => {
  const bytes = JSON.stringify(what);
  const leaks = [...walk.secrets.values()].filter(({ text, step, readers }) => !walk.opened.has(step) && !readers.has(name) && bytes.includes(text)).map(({ text, channel }) => `${channel}: ${text}`);
  // Placements of a round, and what seats are known by, are in nobody's bytes.
  if (/"placed"|KEY-/u.test(bytes)) leaks.push('a key');
  if (walk.anonymity !== 'named' && /"author":"NAME-(?!lead)/u.test(bytes)) leaks.push('a name');
  const teams = walk.anonymity === 'nobody' ? [...bytes.matchAll(/"text":"TEXT-[^"]+"[^{}]*"team":"([^"]+)"/gu)].map(([, team]) => team ?? '') : [];
  if (teams.some((team) => (name === 'scribe' ? team !== 'single-sales' : !inTeam(team).includes(name)))) leaks.push('a team');
  expect({ name, leaks }).toEqual({ name, leaks: [] });
};

const put = (walk: Walk, saved: Saved): void => {
  const before = walk.state;
  walk.seq += 1;
  const { state, touched } = apply(before, { ...saved, seq: walk.seq });
  walk.state = state;
  for (const seat of NAMES) {
    const found = taken(state.seats, seat);
    if (!found || found.gone) continue;
    const audience = audienceOf(state, found);
    judge(walk, seat, snapshot(state, audience));
    if (touched !== 'all') { judge(walk, seat, changes(state, touched, audience)); judge(walk, seat, changes(state, touched, audience, before)); }
  }
};

const FACILITATED = (walk: Walk, random: () => number): Operation[] => {
  const step = walk.state.steps[Math.max(0, walk.state.at)]?.id ?? '';
  const note = [...walk.secrets.keys()][Math.floor(random() * walk.secrets.size)] ?? 'none';
  return [
    { kind: 'start' }, { kind: 'go', to: Math.floor(random() * walk.state.steps.length) }, { kind: 'go', to: walk.state.at + 1 }, { kind: 'go', to: walk.state.at + 1 }, { kind: 'extend', minutes: 5 }, { kind: 'pause' }, { kind: 'resume' },
    ...(random() < 0.15 ? [{ kind: 'reveal' as const, step }] : []), { kind: 'hide', note, hidden: random() < 0.7 }, { kind: 'round', step, open: random() < 0.6, tokens: 5 }, { kind: 'tighten', to: ANONYMITY[Math.floor(random() * 3)] ?? 'nobody' },
    { kind: 'disconnect', disconnect: `d${Math.floor(random() * 8)}`, text: 'Found', from: [], removed: random() < 0.2 }, { kind: 'rename', name: 'Walked' }, { kind: 'typing', on: random() < 0.8, attended: null }, { kind: 'dots', note, count: 4 }, { kind: 'show', tool: null, figures: null },
  ];
};

const WORKED = (walk: Walk, name: string, random: () => number): Operation[] => {
  const step = stepNow(walk.state);
  const channels = step ? RULE[step.kind].channels : [];
  const any = () => [...walk.secrets.keys()][Math.floor(random() * walk.secrets.size)] ?? 'none';
  const fresh = (channel: Channel): Operation => ({ kind: 'note', note: `${name}-${walk.seq}`, step: step?.id ?? '', channel, text: `TEXT-${walk.seq}-${step?.kind === 'perspectives' ? '?' : ''}`, about: null, late: false });
  // Whoever types sheets in does so for any step, and reads none of what its team writes on its own devices.
  const sheets = name === 'typist' ? walk.state.steps.flatMap(({ id, kind }) => RULE[kind].channels.map((channel): Operation => ({ ...(fresh(channel) as Extract<Operation, { kind: 'note' }>), step: id, paper: true }))) : [];
  const other = [...walk.secrets.keys()].find((id) => random() < 0.2 && id);
  return [...sheets, ...channels.map(fresh), ...channels.map(fresh), fresh(CHANNELS[Math.floor(random() * CHANNELS.length)] ?? 'link'), { kind: 'write', note: any(), text: `TEXT-${walk.seq}-?` }, { kind: 'remove', note: any(), removed: random() < 0.5 }, { kind: 'top', note: any(), top: true }, { kind: 'group', note: any(), with: other ?? null }, { kind: 'name', note: any(), text: 'Group' }, { kind: 'ready', step: step?.id ?? '', ready: true }, { kind: 'vote', step: step?.id ?? '', nth: null, targets: [any(), any()] }];
};

/** What the walk learns from an operation that was accepted. */
const learn = (walk: Walk, name: string, op: Operation): void => {
  if (op.kind === 'note') walk.secrets.set(op.note, { text: op.text, step: op.step, channel: op.channel, readers: op.paper ? new Set(NAMES) : readersOf(op.channel, name), author: name });
  if (op.kind === 'write') { const known = walk.secrets.get(op.note); if (known) walk.secrets.set(op.note, { ...known, text: op.text }); }
  if (op.kind === 'reveal') walk.opened.add(op.step);
  if (op.kind === 'tighten') walk.anonymity = op.to;
  const to = op.kind === 'start' ? walk.state.steps[0] : op.kind === 'go' ? walk.state.steps[op.to] : undefined;
  const opens: Partial<Record<string, string[]>> = { perspectives: ['forum'], opening: ['evening', 'opening'], summary: ['disconnects'] };
  for (const step of walk.state.steps) if (to && opens[to.kind]?.includes(step.kind) && (walk.state.entered[step.id] || step.id === to.id)) walk.opened.add(step.id);
};

const accepted = new Set<string>();

describe('nothing unrevealed is in any byte a role receives', () => {
  test.each(ANONYMITY.flatMap((anonymity) => [1, 2].map((seed) => [anonymity, seed] as const)))('walk with %s, %i', (anonymity, seed) => {
    const random = seeded(seed * 97);
    const walk = walkFrom(anonymity);
    let changed = 0;
    for (let round = 0; round < 250; round += 1) {
      const name = random() < 0.25 ? 'lead' : (NAMES[Math.floor(random() * NAMES.length)] ?? 'sam');
      const choices = name === 'lead' && random() < 0.8 ? FACILITATED(walk, random) : WORKED(walk, name, random);
      const wished = choices[Math.floor(random() * choices.length)];
      const seat = taken(walk.state.seats, name);
      if (!wished || !seat) continue;
      const operation = stamped(walk.state, wished, seat.role);
      const by = actingAs(walk.state, seat, operation, (thing) => `KEY-${name} ${thing}`);
      if (check(walk.state, operation, { seat, by }, round * 60_000) !== null) continue;
      learn(walk, name, operation);
      accepted.add(operation.kind === 'note' && operation.paper ? 'paper' : operation.kind);
      changed += 1;
      put(walk, { seq: 0, at: keepsTime(walk.state, operation, by) ? round * 60_000 : null, by, operation });
    }
    expect(changed).toBeGreaterThan(40);
  });

  test('the walks met every kind of operation that moves content', () => {
    expect([...accepted]).toEqual(expect.arrayContaining(['note', 'write', 'remove', 'go', 'round', 'hide', 'group', 'vote', 'top', 'reveal', 'tighten', 'typing', 'paper', 'dots']));
  });

  test('the walk would notice: a reader who is not in the room meets a text', () => {
    const walk = walkFrom('nobody');
    walk.secrets.set('planted', { text: 'TEXT-planted', step: 'step-2', channel: 'own_role', readers: new Set(['sam']), author: 'sam' });
    expect(() => judge(walk, 'mia', { 'note/planted': { text: 'TEXT-planted' } })).toThrow();
  });
  test('every channel has its rule', () => { for (const channel of CHANNELS) expect(readersOf(channel, 'sam').size > 0).toBe(CHANNEL[channel] !== undefined); });
});
