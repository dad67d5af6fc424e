import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { killsWanted } from '../platform/config/testing';
import { pipelineFaults } from './testing/pipeline-truth';
import { createTestApp, type Person, type TestApp } from './testing/test-app';

/** Eight walks in every test run; `LOCKSTEP_KILLS` makes a long run of it. */
const RUNS = killsWanted(8);
const LEADS = 5;
let clock = Date.parse('2026-06-01T09:00:00Z');
let app: TestApp;
let owner: Person;
let workspace: string;
let crm: string;
let people: string[];
type StagePlace = { id: string; role: string | null; position: number; end: string };
let stages: StagePlace[];

const say = () => owner.client.pipeline;

beforeAll(async () => {
  app = await createTestApp({ now: () => new Date(clock) });
  owner = await app.signUp('Olga Owner');
  workspace = (await owner.client.workspace.create({ name: 'Northwind', timeZone: 'UTC' })).id;
  crm = (await owner.client.customers.createSource({ workspace, name: 'CRM', side: 'sales', timeZone: 'UTC' })).id;
  for (const name of ['Sam Sales', 'Kim Sales']) await owner.client.people.create({ workspace, name, email: `${name.split(' ')[0]?.toLowerCase()}@x.example`, function: 'sales' });
  people = (await say().salesPeople({ workspace })).map((row) => row.id);
  stages = ((await say().setup({ workspace })).pipelines[0]?.stages ?? []).map(({ id, role, position, end }) => ({ id, role, position, end }));
});
afterAll(() => app.close());

type Offer = { id: string; lead: string; state: string; disputed: boolean; settled: boolean };
/** What must be true after every act; the server's answers are held against it. */
type Model = { stage: Map<string, string>; offers: Offer[]; byHand: Set<string>; last: { act: string; at: number; before: Before } | null };
type Before = Pick<Model, 'stage' | 'offers' | 'byHand'>;
type Real = { ids: string[]; keys: string[] };

const placeOf = (id: string): StagePlace => stages.find((stage) => stage.id === id) ?? { id, role: null, position: 0, end: 'open' };
const roleOf = (role: string): StagePlace => stages.find((stage) => stage.role === role) ?? { id: '', role, position: 0, end: 'open' };
const copy = (model: Model): Before => ({ stage: new Map(model.stage), byHand: new Set(model.byHand), offers: model.offers.map((offer) => ({ ...offer })) });

const seen = async (ids: readonly string[]) => {
  const [leads, offers] = await Promise.all([Promise.all(ids.map((id) => say().lead({ workspace, id }))), Promise.all(ids.map((lead) => say().handoffs({ workspace, lead, limit: 200 })))]);
  return { leads, offers: offers.flatMap(({ rows }) => rows) };
};

/** Runs a call that the model says goes through or is refused, and holds everything seen afterwards against the model. */
const acts = async (model: Model, real: Real, allowed: boolean, call: () => Promise<{ act?: string } | undefined>, change: () => void, systemsMaySpeak = false): Promise<void> => {
  clock += 1_000;
  const before = copy(model);
  const answer = await call().then((done) => ({ done }), (error: { status: number; code: string }) => ({ refused: error.status, code: error.code }));
  expect({ allowed, answer }).toEqual({ allowed, answer: allowed ? { done: expect.anything() } : { refused: expect.toSatisfy((status: number) => status === 409 || status === 422), code: expect.anything() } });
  if (allowed) change();
  const { leads, offers } = await seen(real.ids);
  // Systems may have spoken of a lead while it stood where people had moved it; with that move gone it follows them again.
  if (systemsMaySpeak && allowed) for (const row of leads) if (!model.byHand.has(row.id)) model.stage.set(row.id, row.stageId);
  expect(new Map(leads.map((row) => [row.id, row.stageId]))).toEqual(model.stage);
  for (const row of offers) if (!model.offers.some((offer) => offer.id === row.id)) model.offers.push({ id: row.id, lead: row.leadId, state: 'offered', disputed: false, settled: false });
  const told = offers.map((row) => [row.id, row.state, row.disputedAt !== null, row.settledAt !== null]).toSorted();
  expect(told).toEqual(model.offers.map((offer) => [offer.id, offer.state, offer.disputed, offer.settled]).toSorted());
  if ('done' in answer && answer.done?.act) model.last = { act: answer.done.act, at: clock, before };
};

type Command = fc.AsyncCommand<Model, Real>;
const command = (name: string, run: (model: Model, real: Real) => Promise<void>): Command => ({ check: () => true, run, toString: () => name });
const pick = <T>(all: readonly T[], at: number): T | undefined => all[at % Math.max(1, all.length)];
const chosen = (ids: readonly string[], mask: number): string[] => {
  const some = ids.filter((_, at) => (mask >> at) % 2 === 1);
  return some.length > 0 ? some : [...ids.slice(0, 1)];
};
const put = (model: Model, lead: string, stage: string) => {
  if (model.stage.get(lead) !== stage) model.byHand.add(lead);
  model.stage.set(lead, stage);
};

const move = fc.tuple(fc.nat(31), fc.nat(8), fc.boolean()).map(([mask, to, why]) => command(`move ${mask} to ${to}${why ? ' with a reason' : ''}`, async (model, real) => {
  const ids = chosen(real.ids, mask);
  const target = pick(stages, to) ?? roleOf('inquiry');
  const needs = ids.some((id) => {
    const from = placeOf(model.stage.get(id) ?? '');
    return from.id !== target.id && (target.end === 'lost' || target.end === 'recycled' || (target.end === 'open' && target.position < from.position));
  });
  await acts(model, real, why || !needs, async () => {
    const { act, moved } = await say().move({ workspace, ids, stageId: target.id, reason: why ? 'Because' : null });
    return moved > 0 ? { act } : {};
  }, () => ids.forEach((id) => put(model, id, target.id)));
}));

const offer = fc.tuple(fc.nat(31), fc.nat(2)).map(([mask, to]) => command(`offer ${mask} to ${to}`, async (model, real) => {
  const ids = chosen(real.ids, mask);
  const fresh = ids.filter((id) => !model.offers.some((each) => each.lead === id && each.state === 'offered'));
  await acts(model, real, fresh.length > 0, () => say().offer({ workspace, ids, toPersonId: people[to] ?? null }), () => fresh.forEach((id) => {
    const from = placeOf(model.stage.get(id) ?? '');
    const goal = roleOf('qualified');
    if (from.end !== 'won' && (from.end !== 'open' || from.position < goal.position)) put(model, id, goal.id);
  }));
}));

const answer = fc.tuple(fc.nat(), fc.constantFrom('accept', 'reject', 'recycle', 'blank', 'past', 'hand_on')).map(([at, kind]) => command(`${kind} offer ${at}`, async (model, real) => {
  const one = pick(model.offers, at);
  if (!one) return;
  const ids = [one.id];
  const legal = one.state === 'offered' && kind !== 'blank' && kind !== 'past';
  const call = () => {
    if (kind === 'hand_on') return say().handOn({ workspace, ids, toPersonId: people[0] ?? '' });
    if (kind === 'accept') return say().decide({ workspace, ids, decision: { kind } });
    if (kind === 'reject' || kind === 'blank') return say().decide({ workspace, ids, decision: { kind: 'reject', reason: kind === 'blank' ? ' ' : 'No budget' } });
    return say().decide({ workspace, ids, decision: { kind: 'recycle', reason: 'Later', nurtureUntil: kind === 'past' ? '2020-01-01T00:00:00Z' : '2028-01-01T00:00:00Z' } });
  };
  await acts(model, real, legal, call, () => {
    one.state = { accept: 'accepted', reject: 'rejected', recycle: 'recycled', hand_on: 'handed_on', blank: one.state, past: one.state }[kind];
    const from = placeOf(model.stage.get(one.lead) ?? '');
    const accepted = roleOf('accepted');
    if (kind === 'accept' && from.end !== 'won' && (from.end !== 'open' || from.position < accepted.position)) put(model, one.lead, accepted.id);
    if (kind === 'reject' || kind === 'recycle') put(model, one.lead, roleOf('recycled').id);
  });
}));

const dispute = fc.nat().map((at) => command(`dispute ${at}`, async (model, real) => {
  const one = pick(model.offers, at);
  if (!one) return;
  const legal = one.state !== 'offered' && one.state !== 'withdrawn' && (!one.disputed || one.settled);
  await acts(model, real, legal, async () => (await say().dispute({ workspace, id: one.id, note: 'It was ours.' }), {}), () => Object.assign(one, { disputed: true, settled: false }));
}));

const settle = fc.nat().map((at) => command(`settle ${at}`, async (model, real) => {
  const one = pick(model.offers, at);
  if (!one) return;
  await acts(model, real, one.disputed && !one.settled, async () => (await say().settle({ workspace, id: one.id, note: 'Talked.' }), {}), () => Object.assign(one, { settled: true }));
}));

/** The last act is taken back while its minute lasts and nobody objected to an answer it gave; what it offered is then withdrawn. */
const undo = fc.boolean().map((late) => command(late ? 'take back, too late' : 'take back', async (model, real) => {
  const { last } = model;
  if (!last) return;
  if (late) clock += 61_000;
  const added = model.offers.filter((each) => !last.before.offers.some((old) => old.id === each.id));
  const objected = model.offers.some((each) => {
    const old = last.before.offers.find(({ id }) => id === each.id);
    return each.disputed && !old?.disputed && each.state !== old?.state;
  });
  const answered = added.some((each) => each.state !== 'offered');
  const legal = clock + 1_000 - last.at <= 60_000 && !objected && !answered;
  await acts(model, real, legal, async () => (await say().undo({ workspace, act: last.act }), {}), () => {
    model.stage = new Map(last.before.stage);
    // Without the act that was taken back, a lead follows its system again.
    model.byHand = new Set(last.before.byHand);
    const before = new Map(last.before.offers.map((each) => [each.id, each.state]));
    for (const each of model.offers) each.state = before.get(each.id) ?? 'withdrawn';
  }, true);
  model.last = null;
}));

/** A system speaks again, about the past: where people moved a lead since, it stays. */
const records = fc.tuple(fc.nat(), fc.constantFrom('New', 'Working', 'Qualified', 'Unqualified')).map(([at, status]) => command(`the system says ${status} of ${at}`, async (model, real) => {
  const place = at % real.ids.length;
  const [id, key] = [real.ids[place] ?? '', real.keys[place] ?? ''];
  await owner.client.customers.putRecords({ workspace, source: crm, kind: 'lead', rows: [{ key, status, enteredAt: '2026-05-01T08:00:00Z' }] });
  if (!model.byHand.has(id)) model.stage.set(id, (await say().lead({ workspace, id })).stageId);
  await acts(model, real, true, () => Promise.resolve({}), () => undefined);
}));

const start = async (): Promise<{ model: Model; real: Real }> => {
  const keys = Array.from({ length: LEADS }, () => crypto.randomUUID());
  await owner.client.customers.putRecords({ workspace, source: crm, kind: 'lead', rows: keys.map((key) => ({ key, name: `Lead ${key}`, status: 'New', enteredAt: '2026-05-01T08:00:00Z' })) });
  const ids = await Promise.all(keys.map(async (key) => (await say().leads({ workspace, search: key })).rows[0]?.id ?? ''));
  const { leads } = await seen(ids);
  return { model: { stage: new Map(leads.map((row) => [row.id, row.stageId])), offers: [], byHand: new Set(), last: null }, real: { ids, keys } };
};

test(`whatever people and systems do in whatever order, ${RUNS} walks long: logs replay to the state, counts add up, nothing is lost, only legal steps are taken`, { timeout: 120_000 + RUNS * 10_000 }, async () => {
  let walked = 0;
  await fc.assert(
    fc.asyncProperty(fc.commands([move, offer, answer, answer, dispute, settle, undo, records], { maxCommands: 16, size: 'max' }), async (commands) => {
      await fc.asyncModelRun(start, commands);
      walked += 1;
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
  expect(walked).toBe(RUNS);
  expect(await pipelineFaults(app, workspace)).toEqual([]);
});
