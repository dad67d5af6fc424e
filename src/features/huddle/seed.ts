import { seeded } from '../../lib/seeded';
import type { Cause, FunctionName, Level } from '../../lib/vocabulary';
import type { WorkspaceTx } from '../../platform/db/database';
import { sealerOf } from '../../platform/crypto/server-key';
import { resultsPublished, type WaveResults } from '../assessment/public';
import { recordAudit } from '../workspace/public';
import { emptySeat } from './commands/join';
import { handOver } from './commands/hand-over';
import { DRAWS, RULE, template, type Channel, type StepKind } from './domain/agenda';
import { concludedOf } from './domain/concluded';
import { drawTeams } from './domain/teams';
import { everything } from './domain/shelf';
import type { Seat } from './domain/operation';
import { stepNow } from './domain/state';
import { toolFigures } from './live/figures';
import { purposeOf } from './live/standing';
import seeds from './messages/demo.en.json';
import { newCode, newHuddleSecret } from './pass';
import { append, huddleById, startOf } from './repo';
import { huddle } from './schema';
import { createPlay, type Play } from './seed-play';

type DemoPerson = { id: string; name: string; function: FunctionName; level: Level; territory: string; managerId: string | null };
/** What it comes to: a disconnect in a sentence, the cause it is laid to, what will be done. */
export type DemoAgreed = { title: string; cause: Cause; actions: readonly { text: string; effect: string; side: FunctionName | null; owner: string; dueOn: string }[] };
type At = { workspaceId: string; now: Date; newId: () => string; config: { dataDir: string }; people: readonly DemoPerson[]; agreed: readonly DemoAgreed[] };
type Key = keyof typeof seeds;

const DAY = 86_400_000;
/** Some weeks after the first survey of the demo has closed. */
const HELD = 300;
const TOKENS = 5;
const ROOMS = ['sales', 'marketing', 'leadership'] as const;
const INVITED = { sales: 15, marketing: 7, leadership: 4 } as const;
/** Notes of the mixed teams that say the same; the first is the head. In the order of what is agreed on. */
const GROUPS: readonly { name: Key | null; of: readonly Key[]; weight: number }[] = [
  { name: 'group.between', of: ['disconnect.t2.1', 'disconnect.t3.2'], weight: 8 },
  { name: 'group.heard', of: ['disconnect.t1.2', 'disconnect.t2.2', 'disconnect.t3.1', 'disconnect.t4.3'], weight: 7 },
  { name: 'group.versions', of: ['disconnect.t1.3', 'disconnect.t4.1', 'disconnect.t1.1'], weight: 5 },
  { name: 'group.launch', of: ['disconnect.t2.3', 'disconnect.t4.2'], weight: 4 },
  { name: null, of: ['disconnect.t3.3'], weight: 3 },
];

type Scene = { play: Play; lead: string; notes: Map<Key, string>; newId: () => string; random: () => number; results: WaveResults | undefined; agreed: readonly DemoAgreed[] };

const keysOf = (prefix: string): Key[] => (Object.keys(seeds) as Key[]).filter((key) => key.startsWith(`${prefix}.`));
const participants = ({ play }: Scene): Seat[] => everything(play.state().seats).filter(({ role }) => role === 'participant').toSorted((a, b) => a.name.localeCompare(b.name));
const stepId = ({ play }: Scene): string => stepNow(play.state())?.id ?? '';

/** Each of these texts is written by the next of them; a star marks what the team puts among its three. */
const write = (scene: Scene, channel: Channel, keys: readonly Key[], by: readonly string[]): void => {
  for (const [at, key] of keys.entries()) {
    const seat = by[at % by.length];
    if (seat === undefined) continue;
    const [note, text] = [scene.newId(), seeds[key]];
    const top = text.startsWith('*');
    scene.play.wait(1);
    scene.play.does(seat, { kind: 'note', note, step: stepId(scene), channel, text: top ? text.slice(1) : text, about: null, late: false });
    if (top) scene.play.does(seat, { kind: 'top', note, top: true });
    scene.notes.set(key, note);
  }
};

/** What each room writes of its own, and what everybody may write. */
const writeByRoom = (scene: Scene, channels: readonly Channel[]): void => {
  const all = participants(scene);
  for (const channel of channels) for (const room of ROOMS) write(scene, channel, keysOf(`${channel}.${room}`), all.filter((seat) => seat.function === room).map(({ id }) => id));
};

const writeTogether = (scene: Scene, channel: Channel, prefix: string = channel): void => write(scene, channel, keysOf(prefix).filter((key) => key.split('.').length === prefix.split('.').length + 1), participants(scene).map(({ id }) => id));

const ready = (scene: Scene): void => {
  const state = scene.play.state();
  const step = stepNow(state);
  const draw = step ? RULE[step.kind].teams : null;
  if (step && draw) for (const { members } of state.teams[draw]) if (members[0]) scene.play.does(members[0], { kind: 'ready', step: step.id, ready: true });
};

const show = ({ play, lead, results }: Scene, tools: readonly string[]): void => {
  for (const tool of results ? tools : []) {
    play.wait(3);
    play.does(lead, { kind: 'show', tool, figures: results ? toolFigures(results, tool) : null });
  }
};

const vote = (scene: Scene): void => {
  const { play, lead, notes, random } = scene;
  const step = stepId(scene);
  const whole = GROUPS.reduce((sum, { weight }) => sum + weight, 0);
  const drawn = (): string => {
    let left = random() * whole;
    const found = GROUPS.find(({ weight }) => (left -= weight) < 0) ?? GROUPS[0];
    return notes.get(found?.of[0] ?? 'group.heard') ?? '';
  };
  play.does(lead, { kind: 'round', step, open: true, tokens: TOKENS });
  for (const { id } of participants(scene)) play.does(id, { kind: 'vote', step, nth: null, targets: Array.from({ length: TOKENS }, drawn) });
  play.does(lead, { kind: 'round', step, open: false, tokens: TOKENS });
};

const findDisconnects = (scene: Scene): void => {
  const { play, lead, notes, newId, agreed } = scene;
  const seats = participants(scene);
  for (const { number, members } of play.state().teams.mixed) write(scene, 'disconnect', keysOf(`disconnect.t${number}`), seats.filter(({ id }) => members.includes(id)).map(({ id }) => id));
  ready(scene);
  play.does(lead, { kind: 'reveal', step: stepId(scene) });
  for (const { name, of: [head, ...under] } of GROUPS) {
    const to = notes.get(head ?? 'group.heard') ?? '';
    for (const key of under) play.does(lead, { kind: 'group', note: notes.get(key) ?? '', with: to });
    if (name) play.does(lead, { kind: 'name', note: to, text: seeds[name] });
  }
  vote(scene);
  for (const [at, { title }] of agreed.entries()) play.does(lead, { kind: 'disconnect', disconnect: newId(), text: title, from: [notes.get(GROUPS[at]?.of[0] ?? 'group.heard') ?? ''].filter(Boolean), removed: false });
};

const agree = ({ play, lead, newId, agreed }: Scene): void => {
  for (const disconnect of Object.values(play.state().disconnects))
    for (const { text, effect, side, owner, dueOn } of agreed.find(({ title }) => title === disconnect.text)?.actions ?? [])
      play.does(lead, { kind: 'action', action: { id: newId(), disconnect: disconnect.id, text, activities: effect, owner, side, dueOn, easy: true, visible: true, direct: true, removed: false } });
};

/** What happens in each step. */
const SCENES: Partial<Record<StepKind, (scene: Scene) => void>> = {
  forum: (scene) => { writeByRoom(scene, RULE.forum.channels); ready(scene); },
  perspectives: (scene) => writeByRoom(scene, ['question']),
  reflection: (scene) => { show(scene, RULE.reflection.tools); writeByRoom(scene, RULE.reflection.channels); ready(scene); scene.play.does(scene.lead, { kind: 'reveal', step: stepId(scene) }); },
  synthesis: (scene) => { show(scene, RULE.synthesis.tools); writeTogether(scene, 'link'); },
  evening: (scene) => { for (const channel of RULE.evening.channels) write(scene, channel, keysOf(channel), [scene.lead]); },
  disconnects: (scene) => { show(scene, RULE.disconnects.tools); findDisconnects(scene); },
  summary: (scene) => writeTogether(scene, 'question', 'question.summary'),
  actions: agree,
  wrapup: (scene) => writeTogether(scene, 'agreement'),
};

const NIGHT = 17 * 60;

const run = (scene: Scene): void => {
  const { play, lead } = scene;
  play.does(lead, { kind: 'start' });
  for (const [at, step] of play.state().steps.entries()) {
    if (at > 0) play.does(lead, { kind: 'go', to: at });
    const began = play.now();
    SCENES[step.kind]?.(scene);
    const spent = (play.now() - began) / 60_000;
    play.wait(step.kind === 'evening' ? NIGHT : Math.max(0, step.minutes - spent));
  }
  play.does(lead, { kind: 'finish' });
  const reflection = play.state().steps.find(({ kind }) => kind === 'reflection');
  play.does(lead, { kind: 'remark', remark: scene.newId(), step: null, text: seeds.remark, removed: false }, { kind: 'remark', remark: scene.newId(), step: reflection?.id ?? null, text: seeds['remark.reflection'], removed: false });
};

const seatOf = (person: DemoPerson, id: string): Seat => ({ ...emptySeat, id, role: 'participant', name: person.name, function: person.function, level: person.level, territory: person.territory, personId: person.id, managerId: person.managerId });

/** Some of each level and region; leaders of a function first. */
const invited = (people: readonly DemoPerson[]): DemoPerson[] =>
  ROOMS.flatMap((room) => { const own = people.filter((each) => each.function === room); return own.filter((_, at) => at < 6 || at % 5 === 1).slice(0, INVITED[room]); });

const gather = (scene: Scene, people: readonly DemoPerson[]): void => {
  const { play, lead, newId, random } = scene;
  const seats = invited(people).map((person) => seatOf(person, newId()));
  play.does(lead, { kind: 'seats', seats });
  const toPlace = seats.map(({ id, function: does, level, territory, personId, managerId }) => ({ id, function: does ?? 'sales', level, territory, personId, managerId }));
  for (const of of DRAWS) play.does(lead, { kind: 'draw', of, teams: drawTeams(toPlace, of, random).teams.map((team, at) => ({ id: newId(), number: at + 1, ...team })) });
  for (const seat of seats) play.sit({ ...seat, joined: true });
};

/** The demo company's Huddle after its first survey, played by the rules of a live one; what was agreed is in the programme. */
export const seedHuddle = async (tx: WorkspaceTx, { workspaceId, now, newId, config, people, agreed }: At): Promise<void> => {
  const [id, leader, secret] = [newId(), newId(), newHuddleSecret()];
  const nine = new Date(`${new Date(now.getTime() - HELD * DAY).toISOString().slice(0, 10)}T09:00:00Z`);
  const planned = new Date(nine.getTime() - 12 * DAY);
  await tx.insert(huddle).values({ workspaceId, id, name: seeds.name, rehearsal: false, anonymity: 'nobody', steps: template(newId), startsAt: nine, code: newCode(), sealedSecret: null, createdBy: leader, createdAt: planned });
  const row = await huddleById(tx, id);
  if (!row) throw new Error('the demo company has no Huddle');
  const lead = newId();
  const play = createPlay(startOf(row), { workspace: workspaceId, huddle: id, secret, newId, from: nine.getTime() - 2 * DAY });
  const scene: Scene = { play, lead, notes: new Map(), newId, random: seeded(4_600), results: (await resultsPublished(tx))[0], agreed };
  play.sit({ ...emptySeat, id: lead, role: 'facilitator', name: seeds.lead, userId: leader, joined: true });
  gather(scene, people);
  play.wait((nine.getTime() - play.now()) / 60_000);
  run(scene);
  // As at the end of any Huddle: its secret is another one, and with it the last way from a note to a seat is gone.
  await append(tx, workspaceId, id, play.entries(), { phase: 'finished', concluded: concludedOf(play.state()), sealedSecret: sealerOf(config).seal(newHuddleSecret(), purposeOf(id)) });
  const later = new Date(play.now() + 2 * DAY);
  const me = { userId: leader, label: seeds.lead, role: 'facilitator' as const, personId: null, headOf: null };
  const disconnects = Object.values(play.state().disconnects).map(({ id: disconnect }, at) => ({ disconnect, cause: agreed[at]?.cause ?? ('systems' as const) }));
  await handOver({ tx, workspaceId, now: later, newId, me, audit: (entry) => recordAudit(tx, workspaceId, newId(), later, { id: leader, label: seeds.lead }, entry) }, id, disconnects);
};

