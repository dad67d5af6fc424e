import { afterAll, beforeAll, expect, test as always, vi } from 'vitest';
import { runDemo } from './cli/demo';
import { testDatabaseUrl } from '../platform/config/testing';
import { isHidden } from '../features/assessment/domain/results-view';
import { createTestApp, type Person, type TestApp } from './testing/test-app';

// The same company whichever database it is put into; on another server than the built-in one, what is said of its causes and programme loads it.
const test = always.runIf(testDatabaseUrl() === null);
let app: TestApp;
let owner: Person;
beforeAll(async () => {
  app = await createTestApp({ now: () => new Date('2027-02-01T09:00:00Z') });
});
afterAll(() => app.close());

/** What the command prints, over the database of this test. */
const command = async (...args: string[]): Promise<string[]> => {
  const print = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  try {
    await runDemo(args, { ...app.services.config, database: { kind: 'server', appUrl: app.appUrl, ownerUrl: app.ownerUrl } });
    return print.mock.calls.map(String);
  } finally {
    print.mockRestore();
  }
};

test('without a demo there is no sample, nothing to remove, and a slip loads none', async () => {
  expect(await command('--remove')).toEqual(['There is no demo company here. Nothing was changed.']);
  await expect(command('--remov')).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('Nothing was changed') });
  await expect(app.bearer().assessment.sample({ locale: 'en' })).rejects.toMatchObject({ status: 404 });
});

test('one command loads it, before the first account anybody may, and its report opens without an account', async () => {
  expect(await command()).toEqual(['The demo company is loaded. Its report opens without an account: http://lockstep.test/sample']);
  await app.bearer().demo.load({});
  const { results, workspaceName } = await app.bearer().assessment.sample({ locale: 'de' });
  expect(workspaceName).toContain('invented');
  expect(results.response.map((each) => each.invited)).toEqual([60, 10, 6]);
  expect(results.tools).toHaveLength(8);
});

test('the second round: gaps narrowed, one region is ahead, comments are kept for the workspace', async () => {
  const { results } = await app.bearer().assessment.sample({ locale: 'en' });
  const communication = results.tools.flatMap((tool) => tool.sections).find((section) => section.sectionId === '3');
  // Whenever and wherever it is loaded, the same people give the same answers.
  expect(results.response.map(({ answered }) => answered)).toEqual([47, 10, 6]);
  expect(communication?.groups.slice(0, 3).map(({ mean }) => mean)).toEqual([3.5, 4.7, 4.8]);
  const change = results.change?.sections.find((each) => each.sectionId === '3' && each.blockId === 'sales');
  expect(change && change.now > change.before).toBe(true);
  expect(Math.abs(change?.gapNow ?? 9)).toBeLessThan(Math.abs(change?.gapBefore ?? 0));
  const regions = communication?.groups.filter((group) => group.blockId.startsWith('sales/') && !isHidden(group.mean)) ?? [];
  const best = regions.toSorted((a, b) => Number(b.mean) - Number(a.mean))[0];
  expect(best?.blockId).toContain('North');
  expect(results.change?.turnover).toBeGreaterThan(0);
});

test('loading it again changes nothing; a visitor with an account looks around; a stranger may not load it any more', async () => {
  owner = await app.signUp('Olga');
  const { workspace } = await owner.client.demo.load({});
  expect((await owner.client.workspace.mine()).workspaces).toMatchObject([{ id: workspace, isDemo: true, role: 'facilitator' }]);
  expect(await owner.client.assessment.waves({ workspace })).toHaveLength(2);
  await expect(app.bearer().demo.load({})).rejects.toMatchObject({ status: 401 });
});

test('its leads answer all five questions: what marks the fast ones stands after correction for many looks', async () => {
  const workspace = (await owner.client.workspace.mine()).workspaces[0]?.id ?? '';
  await app.runJob('customers.match', { workspaceId: workspace });
  await app.runJob('pipeline.compute-answers', { workspaceId: workspace });
  const { answers } = await owner.client.answers.overview({ workspace });
  expect(answers.map(({ question, finding }) => [question, finding.confidence === 'cannot_say'])).toEqual(['usefulness', 'slow', 'dropout', 'fast', 'converting'].map((question) => [question, false]));
  const fast = (await owner.client.answers.fast({ workspace })).content;
  // The generator gives trade shows and small companies a shorter way; which of its marks stand depends on the day it is loaded.
  expect(fast?.marks.filter(({ stands }) => stands).map(({ column }) => column)).toEqual(expect.arrayContaining([expect.stringMatching(/^(source|Number of Employees)$/u)]));
});

test('leads that sales did not see were offered by name: taken on, returned with a reason, sent back until a date, still open, and objected to by both heads', async () => {
  const workspace = (await owner.client.workspace.mine()).workspaces[0]?.id ?? '';
  const { rows, total } = await owner.client.pipeline.handoffs({ workspace, limit: 200 });
  expect([rows.length, new Set(rows.map(({ leadId }) => leadId)).size]).toEqual([total, total]);
  expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['offered', 'accepted', 'rejected', 'recycled']));
  expect(rows.every(({ state, reason }) => (reason !== null) === (state === 'rejected' || state === 'recycled'))).toBe(true);
  expect(rows.every(({ state, nurtureUntil, decidedAt }) => (state === 'recycled') === (nurtureUntil !== null && nurtureUntil > (decidedAt ?? '')))).toBe(true);
  // Said by the clock of the days on which they worked, in the order in which it happened.
  expect(rows.filter(({ offeredAt, decidedAt }) => [offeredAt, decidedAt].some((at) => at !== null && (at >= '2027-02-01T09' || new Date(at).getUTCDay() % 6 === 0)) || (decidedAt ?? '3') <= offeredAt)).toEqual([]);
  const disputed = rows.filter(({ disputedAt }) => disputedAt !== null);
  expect(new Set(disputed.map(({ disputedBy }) => disputedBy)).size).toBe(2);
  expect(disputed.filter(({ settledAt }) => settledAt !== null)).toHaveLength(1);
  const [back] = rows.filter(({ state }) => state === 'recycled');
  const log = await owner.client.pipeline.lead({ workspace, id: back?.leadId ?? '' });
  expect(log).toMatchObject({ end: 'recycled', returnReason: back?.reason, nurtureUntil: back?.nurtureUntil });
  const { rows: outcomes } = await owner.client.pipeline.outcomes({ workspace });
  expect(outcomes.reduce((sum, each) => sum + each.offered, 0)).toBe(total);
  // Nobody can read a letter to these addresses.
  const mails = await app.db.inWorkspace(workspace, async (tx) => (await tx.execute<{ n: number }>('select count(*)::int as n from outbox_mail')).rows[0]?.n);
  expect(mails).toBe(0);
});

test('its Huddle was held whole: both sides wrote, voted and agreed, and what was agreed is in the running programme', async () => {
  const workspace = (await owner.client.workspace.mine()).workspaces[0]?.id ?? '';
  const { huddles } = await owner.client.huddle.list({ workspace });
  expect(huddles).toMatchObject([{ phase: 'finished', rehearsal: false }]);
  const record = await owner.client.huddle.record({ workspace, id: huddles[0]?.id ?? '' });
  expect(record).toMatchObject({ joined: 26, handedOver: true });
  expect(record.steps.every(({ entered, withheld }) => entered && withheld === 0)).toBe(true);
  const forum = record.steps.find(({ kind }) => kind === 'forum');
  expect(new Set(forum?.notes.map(({ room }) => room))).toEqual(new Set(['sales', 'marketing', 'leadership']));
  expect(record.steps.find(({ kind }) => kind === 'disconnects')?.notes.reduce((sum, { votes }) => sum + votes, 0)).toBe(26 * 5);
  expect(record.disconnects).toHaveLength(5);
  const { problems } = await owner.client.improvement.read({ workspace });
  const handed = problems.filter(({ fromHuddle }) => fromHuddle);
  expect(handed.map(({ state }) => state).toSorted()).toEqual(['running', 'solved', 'waiting', 'waiting', 'waiting']);
  expect(record.disconnects.map(({ text }) => text).toSorted()).toEqual(handed.map(({ title }) => title).toSorted());
  expect(record.actions.every(({ text }) => handed.some(({ actions }) => actions.some((action) => action.text === text)))).toBe(true);
});

test('one command removes it whole', async () => {
  const own = (await owner.client.workspace.create({ name: 'Own', timeZone: 'UTC' })).id;
  const { link } = await owner.client.workspace.invite({ workspace: own, email: 'vera@example.com', role: 'viewer' });
  const visitor = await app.signUp('Vera', link.split('#')[1]);
  expect(await command('--remove')).toEqual(['The demo company was removed, with everything in it.']);
  const rows = await app.db.outside(async (tx) => (await tx.execute<{ n: number }>('select count(*)::int as n from lookup where key = \'demo-company\'')).rows[0]?.n);
  expect(rows).toBe(0);
  await expect(app.bearer().assessment.sample({ locale: 'en' })).rejects.toMatchObject({ status: 404 });
  await expect(visitor.client.demo.remove({})).rejects.toMatchObject({ status: 404 });
});
