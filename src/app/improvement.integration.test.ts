import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pdfTexts } from '../features/assessment/reports/pdf/pdf-text.test-support';
import { createTestApp, type Person, type TestApp } from './testing/test-app';
import { closedFile } from './testing/two-companies';

let app: TestApp;
let owner: Person;
let demo: string;
let bare: string;
/** Set for what happens on another day. */
let now: Date | null = null;

beforeAll(async () => {
  app = await createTestApp({ now: () => now ?? new Date() });
  owner = await app.signUp('Olga Owner');
  bare = (await owner.client.workspace.create({ name: 'Bare', timeZone: 'UTC' })).id;
  demo = (await owner.client.demo.load({})).workspace;
});
afterAll(() => app.close());

const read = (workspace: string, by = owner) => by.client.improvement.read({ workspace });
const add = async (title: string) => (await owner.client.improvement.addProblem({ workspace: bare, title, area: '3', cause: 'joint_activity' })).problems.find((each) => each.title === title);
type Line = { problems: Awaited<ReturnType<typeof read>>['problems'] };
const first = ({ problems }: Line) => problems.find(({ title }) => title === 'First');
const found = async (title: string) => (await read(bare)).problems.find((each) => each.title === title);
const action = { workspace: '', text: 'Meet every second week', by: 'both', dueOn: '2035-01-01', effect: 'News in both directions', easy: true, visible: true, direct: true } as const;

describe('one problem at a time', () => {
  test('the first begins, the second waits in line, and what was seen before counts', async () => {
    const [first, second] = [await add('First'), await add('Second')];
    const begun = await owner.client.improvement.setState({ workspace: bare, id: first?.id ?? '', version: 1, to: 'running' });
    expect(begun.problems.map(({ title, state }) => [title, state])).toEqual([['First', 'running'], ['Second', 'waiting']]);
    await expect(owner.client.improvement.setState({ workspace: bare, id: second?.id ?? '', version: 1, to: 'running' })).rejects.toMatchObject({ status: 409, message: expect.stringContaining('First') as string });
    await expect(owner.client.improvement.changeProblem({ workspace: bare, id: first?.id ?? '', version: 1, title: 'Other' })).rejects.toMatchObject({ status: 409 });
    await expect(owner.client.improvement.setState({ workspace: bare, id: second?.id ?? '', version: 1, to: 'solved', note: 'Well' })).rejects.toMatchObject({ status: 409 });
  });

  test('two who begin another problem at once: one is told', async () => {
    const { problems } = await owner.client.improvement.setState({ workspace: bare, id: (await found('First'))?.id ?? '', version: 2, to: 'waiting' });
    const settled = await Promise.allSettled(problems.map(({ id, version }) => owner.client.improvement.setState({ workspace: bare, id, version, to: 'running' })));
    expect(settled.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await read(bare)).problems.filter(({ state }) => state === 'running').length).toBe(1);
  });
});

describe('an objective rests on a real measure', () => {
  test('without a published survey there is no baseline, and nobody types one in', async () => {
    const problem = await found('First');
    const set = (measure: string, target: number, dueOn = '2035-01-01') => owner.client.improvement.setObjective({ workspace: bare, id: problem?.id ?? '', version: problem?.version ?? 0, measure, target, dueOn });
    await expect(set('said:gap:3', 0.1)).rejects.toMatchObject({ status: 409 });
    await expect(set('metric:lead_to_order', 0.3)).rejects.toMatchObject({ status: 409 });
    await expect(set('said:gap:1a', 0.1)).rejects.toMatchObject({ status: 400 });
  });

  test('an unpublished survey lends no figure; a published one does, through the gate', async () => {
    const { wave } = await owner.client.assessment.importAnswers(closedFile(bare));
    expect((await read(bare)).survey).toBeNull();
    const { link } = await owner.client.workspace.invite({ workspace: bare, email: 'f@example.com', role: 'facilitator' });
    const secret = link.split('#')[1] ?? '';
    const facilitator = await app.signUp('Fay Facilitator', secret);
    await facilitator.client.workspace.acceptInvitation({ secret });
    await facilitator.client.assessment.publish({ workspace: bare, wave: wave ?? '', published: true });
    const measures = new Map((await owner.client.improvement.measures({ workspace: bare })).map(({ measure, reading }) => [measure, reading]));
    expect(measures.get('said:sales:3')).toMatchObject({ value: expect.any(Number) as number, n: 6, label: 'On paper' });
    expect([measures.get('said:sales:8'), measures.get('metric:lead_to_order'), measures.get('word:both')]).toEqual([{ none: 'not_asked' }, { none: 'nothing_yet' }, { none: 'nothing_yet' }]);
    const problem = await found('First');
    const set = (target: number, dueOn: string, beside: string | null = null) => facilitator.client.improvement.setObjective({ workspace: bare, id: problem?.id ?? '', version: problem?.version ?? 0, measure: 'said:sales:3', target, dueOn, beside });
    await expect(set(1, '2035-01-01')).rejects.toMatchObject({ status: 422, message: expect.stringContaining('no better') as string });
    await expect(set(6, '2020-01-01')).rejects.toMatchObject({ status: 422 });
    await expect(set(6, '2035-01-01', 'said:gap:3')).rejects.toMatchObject({ status: 422 });
    const objective = (await set(6, '2035-01-01')).problems.find(({ title }) => title === 'First')?.objective;
    expect(objective).toMatchObject({ measure: 'said:sales:3', target: 6, now: null, verdict: 'not_yet', baseline: { value: (measures.get('said:sales:3') as { value: number }).value } });
    // Taken back from the readers, the figure is gone from the programme too.
    await facilitator.client.assessment.publish({ workspace: bare, wave: wave ?? '', published: false });
    expect((await found('First'))?.objective?.baseline).toEqual({ none: 'nothing_yet' });
    await facilitator.client.assessment.publish({ workspace: bare, wave: wave ?? '', published: true });
  });
});

describe('lenses, solutions, actions', () => {
  test('a member answers for the own function only; answers stand beside each other', async () => {
    const person = await owner.client.people.create({ workspace: bare, name: 'Mara', email: 'mara@example.com', function: 'marketing', level: 'front_line' });
    const { link } = await owner.client.workspace.invite({ workspace: bare, email: 'mara@example.com', role: 'member' });
    const secret = link.split('#')[1] ?? '';
    const mara = await app.signUp('Mara', secret);
    await mara.client.workspace.acceptInvitation({ secret });
    await owner.client.workspace.updateMember({ workspace: bare, user: mara.userId, personId: person.id });
    const id = (await found('First'))?.id ?? '';
    const answer = (by: Person, lens: 'sales' | 'marketing', question: string, text: string, version = 0) => by.client.improvement.answer({ workspace: bare, id, lens, question, version, text });
    await expect(answer(mara, 'sales', 'both.1', 'No.')).rejects.toMatchObject({ status: 403 });
    await expect(answer(mara, 'marketing', 'sales.1', 'No.')).rejects.toMatchObject({ status: 404 });
    expect((await read(bare, mara)).lenses).toEqual(['marketing']);
    await answer(mara, 'marketing', 'both.1', 'We write, nobody answers.');
    const both = await answer(owner, 'sales', 'both.1', 'We answer, nobody reads.');
    expect(first(both)?.answers.map(({ lens, name }) => [lens, name]).toSorted()).toEqual([['marketing', 'Mara'], ['sales', 'Olga Owner']]);
    await expect(answer(owner, 'sales', 'both.1', 'Again.')).rejects.toMatchObject({ status: 409 });
    // Her own action: she moves it, and no other.
    const given = await owner.client.improvement.addAction({ ...action, workspace: bare, id, ownerUserId: mara.userId });
    const hers = first(given)?.actions[0];
    expect(hers).toMatchObject({ ownerName: 'Mara', mine: false, state: 'open' });
    await expect(mara.client.improvement.addAction({ ...action, workspace: bare, id, ownerName: 'Mara' })).rejects.toMatchObject({ status: 403 });
    await expect(mara.client.improvement.moveAction({ workspace: bare, id: hers?.id ?? '', version: 1, to: 'dropped' })).rejects.toMatchObject({ status: 403 });
    const moved = await mara.client.improvement.carryAction({ workspace: bare, id: hers?.id ?? '', version: 1, dueOn: '2035-02-01', why: 'The fair.' });
    expect(first(moved)?.actions[0]).toMatchObject({ dueOn: '2035-02-01', mine: true, carried: [{ from: '2035-01-01', to: '2035-02-01', why: 'The fair.' }] });
    await expect(mara.client.improvement.carryAction({ workspace: bare, id: hers?.id ?? '', version: 2, dueOn: '2035-01-15', why: 'Back.' })).rejects.toMatchObject({ status: 422 });
    // Her list holds it, with the instant at which its day ends; how it goes is said once a day, by her or a head, and taken back.
    const course = (by: Person, to: 'slow' | 'on_course' | null) => by.client.improvement.sayCourse({ workspace: bare, id: hers?.id ?? '', course: to });
    expect(await mara.client.improvement.mine({ workspace: bare })).toMatchObject({ timeZone: 'UTC', actions: [{ id: hers?.id, problemTitle: 'First', due: 'later', until: '2035-02-02T00:00:00.000Z', lastWord: null }] });
    for (const to of ['on_course', 'slow'] as const) expect((await course(mara, to)).actions).toMatchObject([{ lastWord: { course: to, today: true } }]);
    expect((await read(bare)).problems.find((each) => each.id === id)?.checkIns).toMatchObject([{ course: 'slow', action: 'Meet every second week', name: 'Mara', note: '' }]);
    expect((await owner.client.improvement.mine({ workspace: bare })).actions).toEqual([]);
    await course(owner, null);
    expect((await mara.client.improvement.mine({ workspace: bare })).actions).toMatchObject([{ lastWord: null }]);
    expect(await mara.client.improvement.find({ workspace: bare, words: 'second EVERY' })).toMatchObject({ problems: [], actions: [{ id: hers?.id, mine: true }] });
    expect((await owner.client.improvement.find({ workspace: bare, words: '%' + '_' })).problems).toEqual([]);
    // Three days before, its owner hears of it, once however often the job runs.
    now = new Date('2035-01-30T09:00:00Z');
    for (const _ of [1, 2]) await app.runJob('improvement-remind', {});
    now = null;
    const mails = (await owner.client.workspace.outbox({ workspace: bare })).filter(({ kind }) => kind === 'programme');
    expect(mails).toMatchObject([{ recipient: mara.email, body: expect.stringContaining('Meet every second week (by 1 February 2035)') as string }]);
    expect(first(await mara.client.improvement.moveAction({ workspace: bare, id: hers?.id ?? '', version: 2, to: 'done' }))?.actions[0]).toMatchObject({ state: 'done', due: 'none' });
    await expect(course(mara, 'slow')).rejects.toMatchObject({ status: 409 });
    expect((await mara.client.improvement.mine({ workspace: bare })).actions).toMatchObject([{ state: 'done', doneAt: expect.any(String) as string }]);
  });

  test('an action needs an owner, a solution a reason', async () => {
    const id = (await found('First'))?.id ?? '';
    await expect(owner.client.improvement.addAction({ ...action, workspace: bare, id })).rejects.toMatchObject({ status: 422 });
    await expect(owner.client.improvement.choose({ workspace: bare, id, solution: 'communication', chosen: true })).rejects.toMatchObject({ status: 422 });
    const taken = await owner.client.improvement.choose({ workspace: bare, id, solution: 'communication', chosen: true, why: 'We do not meet.' });
    expect(first(taken)?.solutions).toMatchObject([{ solution: 'communication', why: 'We do not meet.' }]);
    expect(first(await owner.client.improvement.choose({ workspace: bare, id, solution: 'communication', chosen: false }))?.solutions).toEqual([]);
  });

  test('a challenge is raised by hand with a note, and lowered', async () => {
    await expect(owner.client.improvement.raise({ workspace: bare, challenge: 'globalisation', note: '' })).rejects.toMatchObject({ status: 422 });
    await owner.client.improvement.raise({ workspace: bare, challenge: 'globalisation', note: 'Two sites in Japan.' });
    const { signs, raised } = await owner.client.improvement.challenges({ workspace: bare });
    expect(raised).toMatchObject([{ challenge: 'globalisation', note: 'Two sites in Japan.', name: 'Olga Owner' }]);
    expect(signs.find(({ id }) => id === 'behind_target')?.state).toBe('cannot_tell');
    await owner.client.improvement.raise({ workspace: bare, challenge: 'globalisation', note: null });
    expect((await owner.client.improvement.challenges({ workspace: bare })).raised).toEqual([]);
  });
});

describe('the demo company', () => {
  test('follows a problem from one survey to the next, said and recorded, planned beside observed', async () => {
    const { problems, survey } = await read(demo);
    expect(survey?.name).toBe('Second round');
    // Two were in line before the Huddle, which put two more there.
    expect(problems.map(({ state }) => state)).toEqual(['running', 'waiting', 'waiting', 'waiting', 'waiting', 'solved']);
    const [running] = problems;
    expect(running?.objective).toMatchObject({ measure: 'said:gap:3', baseline: { label: 'First round' }, now: { label: 'Second round' }, observed: { low: expect.any(Number) as number } });
    expect(running?.objective?.planned).toBeLessThan(0);
    expect(running?.recorded?.then).toMatchObject({ value: expect.any(Number) as number });
    expect(running?.recorded?.now?.at.localeCompare((running.recorded.then as { at: string }).at)).toBe(1);
    for (const value of [running?.objective?.observed?.value, running?.objective?.observed?.low, running?.objective?.observed?.high]) expect(Math.round((value ?? NaN) * 10)).toBeCloseTo((value ?? NaN) * 10, 9);
    expect(running?.causeNow).toMatchObject({ verdict: 'confirmed' });
    expect(running?.balance).toEqual({ sales: 4, marketing: 4, leadership: 1, heavy: null, leadershipNamed: true });
    expect(problems.at(-1)?.watch).toMatch(/holds|slipping/);
  });

  test('has a Huddle whose record tells which results were shown in which step', async () => {
    const [held] = (await owner.client.huddle.list({ workspace: demo })).huddles;
    const { steps } = await owner.client.huddle.record({ workspace: demo, id: held?.id ?? '' });
    expect(steps.flatMap(({ kind, shown }) => (shown.length === 0 ? [] : [[kind, shown.map(({ tool }) => tool)]]))).toEqual([['reflection', ['4', '5', '6']], ['synthesis', ['1', '2', '3']], ['disconnects', ['7', '8']]]);
  });

  test('tells Home what is due this fortnight, and the evidence behind the cause', async () => {
    const agenda = await owner.client.improvement.agenda({ workspace: demo });
    expect(agenda).toMatchObject({ overdue: 1, soon: 2, done: 3, waiting: 4 });
    expect(agenda.actions.map(({ due }) => due)).toEqual(['overdue', 'soon', 'soon']);
    // Whoever loads the company has a part in it.
    expect((await owner.client.improvement.mine({ workspace: demo })).actions.map(({ state, due, carried }) => [state, due, carried.length])).toEqual([['open', 'overdue', 1], ['open', 'soon', 0], ['done', 'none', 0]]);
    const { problems } = await read(demo);
    const { cause, evidence } = await owner.client.improvement.solutions({ workspace: demo, id: problems[0]?.id ?? '' });
    expect([cause, evidence.length > 0]).toEqual(['structure', true]);
    const states = (await owner.client.improvement.challenges({ workspace: demo })).signs.map(({ id, state }) => `${id} ${state}`);
    expect(states).toEqual(expect.arrayContaining(['follow_up_silent calm']));
    expect(states.filter((each) => !each.endsWith('cannot_tell')).length).toBeGreaterThan(2);
  });

  test('solved, a problem stays watched from the figures of that day', async () => {
    const [running] = (await read(demo)).problems;
    const after = await owner.client.improvement.setState({ workspace: demo, id: running?.id ?? '', version: running?.version ?? 0, to: 'solved', note: 'It moved after.' });
    const solved = after.problems.find(({ id }) => id === running?.id);
    expect(solved).toMatchObject({ state: 'solved', endedNote: 'It moved after.', watch: 'no_reading' });
    const back = await owner.client.improvement.setState({ workspace: demo, id: running?.id ?? '', version: solved?.version ?? 0, to: 'running' });
    expect(back.problems[0]).toMatchObject({ id: running?.id, state: 'running', endedAt: null });
  });

  test('board page and diagnosis are files of one page, or of slides', async () => {
    const bytes = async (file: File) => Buffer.from(await file.arrayBuffer()).toString('latin1');
    const pages = (pdf: string) => pdf.match(/\/Type \/Page\b/g)?.length;
    const slides = (pptx: string) => new Set(pptx.match(/ppt\/slides\/slide\d+\.xml/g)).size;
    const board = await owner.client.improvement.board({ workspace: demo, format: 'pdf' });
    const told = pdfTexts(new Uint8Array(await board.arrayBuffer())).join(' ').replaceAll(/\s+/gu, ' ');
    // Relationship, our word, the number, one ask, under the line of what is worked on.
    for (const part of [/Relationship \(said\).* Widest gap, in .*: \d\.\d points \(\d\.\d to \d\.\d\)/u, /Our word \(recorded\).*(?:Sales|Marketing) kept \d+ of \d+ promises/u, /The number \(recorded\).*is in for \d{4}/u, /One ask .*Both heads present the quarter to the board together \(Sami Oakenfold, by/u, /Said .*Cause .*Action .*Recorded .*Said again/u, /other causes (?:are )?possible/u]) expect(told).toMatch(part);
    expect([board.name, board.type, pages(await bytes(board))]).toEqual(['gadgetry-daughters-invented-board-page.pdf', 'application/pdf', 1]);
    expect(slides(await bytes(await owner.client.improvement.board({ workspace: demo, format: 'pptx' })))).toBe(1);
    expect(pages(await bytes(await owner.client.improvement.board({ workspace: bare, format: 'pdf' })))).toBe(1);
    expect(pages(await bytes(await owner.client.diagnosis.file({ workspace: demo, format: 'pdf' })))).toBe(1);
    expect(slides(await bytes(await owner.client.diagnosis.file({ workspace: demo, format: 'pptx' })))).toBe(3);
  });
});
