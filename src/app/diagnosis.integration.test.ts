import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestApp, type Person, type TestApp } from './testing/test-app';
import { closedFile } from './testing/two-companies';

let app: TestApp;
let owner: Person;
let demo: string;
let bare: string;

beforeAll(async () => {
  app = await createTestApp();
  owner = await app.signUp('Olga Owner');
  bare = (await owner.client.workspace.create({ name: 'Bare', timeZone: 'UTC' })).id;
  demo = (await owner.client.demo.load({})).workspace;
});
afterAll(() => app.close());

const read = (workspace: string, by = owner) => by.client.diagnosis.read({ workspace });

describe('before anything is known', () => {
  test('nothing is proposed, and every kind of evidence says why', async () => {
    const { survey, causes, configuration, chain, checklist } = await read(bare);
    expect([survey, chain, configuration.placing, configuration.today]).toEqual([null, null, null, null]);
    expect(causes.map(({ standing }) => standing)).toEqual(Array.from({ length: 5 }, () => 'cannot_tell'));
    for (const { items } of causes) for (const { kind, reading } of items) expect(reading).toEqual({ untold: kind === 'said' ? 'not_yours' : 'nothing_yet' });
    expect(new Set(checklist.items.map(({ by }) => by))).toEqual(new Set(['nobody']));
  });

  test('facts place the company, a person may correct it with a note, and both can be taken back', async () => {
    const facts = { marketers: 'team', positioning: 'marketing', planning: 'marketing_plans', database: 'two', measures: 'separate' };
    const placed = await owner.client.diagnosis.stateFacts({ workspace: bare, version: 0, facts });
    expect([placed.version, placed.configuration.today, placed.configuration.next]).toEqual([1, 'living_apart', 'aligned']);
    await expect(owner.client.diagnosis.correct({ workspace: bare, version: 1, configuration: 'aligned' })).rejects.toMatchObject({ status: 422 });
    const corrected = await owner.client.diagnosis.correct({ workspace: bare, version: 1, configuration: 'sales_driven', note: 'The team is new.' });
    expect([corrected.configuration.today, corrected.configuration.next, corrected.configuration.placing?.nearest]).toEqual(['sales_driven', 'living_apart', 'living_apart']);
    const back = await owner.client.diagnosis.correct({ workspace: bare, version: 2, configuration: null });
    expect([back.configuration.today, back.configuration.correctedNote]).toEqual(['living_apart', '']);
    await expect(owner.client.diagnosis.stateFacts({ workspace: bare, version: 1, facts: {} })).rejects.toMatchObject({ status: 409 });
    expect((await read(bare)).configuration.facts).toEqual(facts);
  });

  test('how far to align follows the reasons that hold, and forgets those of another relationship', async () => {
    const { version } = await read(bare);
    const tight = await owner.client.diagnosis.align({ workspace: bare, version, relationship: 'undefined', reasons: { conflicts: true, twice_or_dropped: true, small_company: true, made_up: true } });
    expect(tight.alignment).toMatchObject({ lean: 'tighten', next: 'defined', tighten: ['conflicts', 'twice_or_dropped'], leave: ['small_company'] });
    expect(tight.alignment.reasons).toEqual({ conflicts: true, twice_or_dropped: true, small_company: true });
    const other = await owner.client.diagnosis.align({ workspace: bare, version: version + 1, relationship: 'aligned', reasons: { conflicts: true } });
    expect(other.alignment).toMatchObject({ lean: 'open', reasons: {} });
  });

  test('differences in outlook are named as helping or harming, each with how it is here; nothing is said of what was not asked about', async () => {
    const look = async (topic: 'joint_budget' | 'culture', value: 'helps' | 'harms' | null, note = '') => (await owner.client.diagnosis.look({ workspace: bare, version: (await read(bare)).version, topic, look: value, note })).views;
    expect(await look('joint_budget', 'harms', 'The head of sales decides alone.')).toEqual({ joint_budget: { look: 'harms', note: 'The head of sales decides alone.' } });
    expect(await look('culture', 'helps')).toEqual({ joint_budget: { look: 'harms', note: 'The head of sales decides alone.' }, culture: { look: 'helps', note: '' } });
    await expect(owner.client.diagnosis.look({ workspace: bare, version: 0, topic: 'culture', look: 'harms' })).rejects.toMatchObject({ status: 409 });
    expect(await look('joint_budget', null)).toEqual({ culture: { look: 'helps', note: '' } });
  });

  test('a word on the checklist counts before the evidence; two people at once: one is told', async () => {
    const tick = (version: number, state: 'partly' | 'in_place' | null) => owner.client.diagnosis.tick({ workspace: bare, item: 'regular_reviews', version, state, owner: 'Both heads' });
    const settled = await Promise.allSettled([tick(0, 'partly'), tick(0, 'in_place')]);
    expect(settled.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const item = (await read(bare)).checklist.items.find((each) => each.item === 'regular_reviews');
    expect(item).toMatchObject({ by: 'person', owner: 'Both heads', version: 1 });
    expect((await tick(1, null)).checklist.items.find((each) => each.item === 'regular_reviews')).toMatchObject({ by: 'nobody', state: 'not_started', owner: 'Both heads', version: 2 });
  });
});

describe('the demo company', () => {
  test('weighs what was said and what was recorded, and shows both', async () => {
    const { survey, causes, chain, overWaves } = await read(demo);
    // Two published surveys: every figure over time is one that the results tell, and the last of it is the chain's.
    expect(overWaves?.waves.map(({ name }) => name)).toEqual(['First round', 'Second round']);
    for (const { part, sectionId, side, means } of overWaves?.rows ?? []) expect(means.at(-1)).toBe(chain?.[part].find((link) => link.sectionId === sectionId && link.side === side)?.mean);
    expect(overWaves?.rows.filter(({ change }) => change && change.low <= change.value && change.value <= change.high).length).toBeGreaterThan(8);
    expect(overWaves?.moved.reduce((sum, { up }) => sum + up, 0)).toBeGreaterThan(0);
    expect(survey?.instrumentId).toBe('c3');
    const items = causes.flatMap((cause) => cause.items);
    expect(items.filter(({ kind, reading }) => kind === 'said' && 'signal' in reading).length).toBeGreaterThan(8);
    expect(items.filter(({ kind, reading }) => kind === 'recorded' && 'signal' in reading).length).toBeGreaterThan(3);
    expect(causes.some(({ standing }) => standing !== 'cannot_tell')).toBe(true);
    expect(chain?.currents.length).toBe(4);
    // Five territories of sales, and marketing as one: none of them inside another, and what goes together is told of them.
    expect(chain?.across.map(({ from, to, groups, found }) => [from, to, groups, found])).toEqual([['currents', 'characteristics', 6, expect.stringMatching(/^(up|unclear)$/u)], ['characteristics', 'consequences', 6, expect.stringMatching(/^(up|unclear)$/u)]]);
    for (const { mean } of [...(chain?.currents ?? []), ...(chain?.characteristics ?? []), ...(chain?.consequences ?? [])]) expect(Math.round(mean * 10)).toBeCloseTo(mean * 10, 9);
  });

  test('a cause is judged with a note; taken back, the judgement before it counts again', async () => {
    const judge = (verdict: 'confirmed' | 'overruled', note: string) => owner.client.diagnosis.judge({ workspace: demo, cause: 'systems', verdict, note });
    const of = async () => (await read(demo)).causes.find(({ cause }) => cause === 'systems')?.verdict;
    await judge('confirmed', 'Two databases since 2019.');
    await judge('overruled', 'They were joined in May.');
    const second = await of();
    expect(second).toMatchObject({ verdict: 'overruled', note: 'They were joined in May.', name: 'Olga Owner', mine: true });
    await owner.client.diagnosis.takeBack({ workspace: demo, id: second?.id ?? '' });
    expect(await of()).toMatchObject({ verdict: 'confirmed' });
    await expect(owner.client.diagnosis.takeBack({ workspace: demo, id: second?.id ?? '' })).rejects.toMatchObject({ status: 404 });
  });

});

describe('a survey that is not published yet', () => {
  test('tells nothing to those who may not see it, and what the gate lets out once they may', async () => {
    const { wave } = await owner.client.assessment.importAnswers(closedFile(bare));
    const before = await read(bare);
    expect([before.survey, before.chain]).toEqual([null, null]);
    expect(new Set(before.causes.flatMap(({ items }) => items.flatMap(({ kind, reading }) => (kind === 'said' ? [JSON.stringify(reading)] : []))))).toEqual(new Set(['{"untold":"not_yours"}']));
    const facilitator = await joined('facilitator');
    await facilitator.client.assessment.publish({ workspace: bare, wave: wave ?? '', published: true });
    const after = await read(bare);
    expect(after.survey?.id).toBe(wave);
    const readings = Object.fromEntries(after.causes.flatMap(({ items }) => items.map(({ id, reading }) => [id, reading])));
    // Only tool 3 was asked, of six people a side: no agreement inside a team is told from fewer than ten.
    expect(readings['communication_low']).toEqual({ signal: expect.any(Number) as number });
    expect([readings['connection_low'], readings['divide'], readings['spread_within']]).toEqual([{ untold: 'not_asked' }, { untold: 'not_asked' }, { untold: 'hidden' }]);
  });

  test('members read, and change nothing', async () => {
    const member = await joined('member');
    expect((await read(bare, member)).mayWrite).toBe(false);
    await expect(member.client.diagnosis.judge({ workspace: bare, cause: 'systems', verdict: 'doubted', note: 'No.' })).rejects.toMatchObject({ status: 403 });
  });
});

const joined = async (role: 'member' | 'facilitator'): Promise<Person> => {
  const { link } = await owner.client.workspace.invite({ workspace: bare, email: `${role}@example.com`, role });
  const secret = link.split('#')[1] ?? '';
  const person = await app.signUp(`Somebody ${role}`, secret);
  await person.client.workspace.acceptInvitation({ secret });
  return person;
};
