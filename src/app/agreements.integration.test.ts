import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Side } from '../lib/vocabulary';
import { headOf } from '../features/people/public';
import { currentVersions, signedTerms, termsNow, wordingOf } from '../features/agreements/public';
import { versionsOf } from '../features/pipeline/handoff-repo';
import { createTestApp, type Person, type TestApp } from './testing/test-app';

let app: TestApp;
let owner: Person;
let sales: Person;
let marketing: Person;
let member: Person;
let workspace: string;
let crm: string;
/** A Monday. */
let now = new Date('2026-03-02T08:00:00Z');

const ORIGIN = 'http://lockstep.test';
const TEXT = { text: 'A person who can be reached and has asked for something.' };

const joins = async (name: string, role: 'member' | 'facilitator', head?: Side): Promise<Person> => {
  const secret = (await owner.client.workspace.invite({ workspace, email: `${crypto.randomUUID()}@i.example`, role })).link.split('#')[1] ?? '';
  const joined = await app.signUp(name, secret);
  await joined.client.workspace.acceptInvitation({ secret });
  const { id } = await owner.client.people.create({ workspace, name, email: joined.email, function: head ?? 'sales', level: head ? 'leader' : 'front_line', territory: 'North' });
  await owner.client.workspace.updateMember({ workspace, user: joined.userId, personId: id });
  return joined;
};

const leads = async (text: string): Promise<void> => {
  const id = crypto.randomUUID();
  const response = await app.request(`/api/workspaces/${workspace}/imports?${new URLSearchParams({ id, source: crm, name: 'leads.csv' })}`, { method: 'POST', headers: { cookie: owner.cookie, origin: ORIGIN }, body: text });
  expect(response.status, await response.clone().text()).toBe(201);
  await app.runJob('customers.check-import', { workspaceId: workspace, importId: id });
  await owner.client.customers.applyImport({ workspace, id });
  await app.runJob('customers.apply-import', { workspaceId: workspace, importId: id });
};

const workOut = () => app.runJob('agreements-work-out', { workspaceId: workspace });
const mails = async () => (await owner.client.workspace.outbox({ workspace })).filter((mail) => mail.kind === 'commitment-notice');
const refusal = (call: Promise<unknown>) => call.then(() => 'let through', (error: { status: number; message: string }) => `${error.status} ${error.message}`);

const promise = {
  owes: 'sales', kind: 'response', from: 'arrived', until: 'contact', stage: null, limit: 2, unit: 'days', atLeast: 1, each: 'all', per: 'quarter', origins: [], channels: [], credible: false, pauseReturned: false,
  pauseStages: [], warnAt: 50, escalateAfter: 1, startsOn: '2026-01-01',
} satisfies Parameters<Person['client']['agreements']['proposeCommitment']>[0]['commitment'];

beforeAll(async () => {
  app = await createTestApp({ now: () => now });
  owner = await app.signUp('Olga Owner');
  workspace = (await owner.client.workspace.create({ name: 'Northwind', timeZone: 'Europe/Berlin' })).id;
  sales = await joins('Sami Sales', 'member', 'sales');
  marketing = await joins('Mara Marketing', 'member', 'marketing');
  member = await joins('Mia Member', 'member');
  crm = (await owner.client.customers.createSource({ workspace, name: 'CRM', side: 'sales', timeZone: 'Europe/Berlin' })).id;
});
afterAll(() => app.close());

describe('a term', () => {
  test('counts once both heads have signed, and a change waits while the signed wording still counts', async () => {
    expect(await refusal(member.client.agreements.proposeTerm({ workspace, name: 'Lead', term: TEXT }))).toMatch(/^403/);
    const { id } = await sales.client.agreements.proposeTerm({ workspace, name: 'Lead', term: TEXT });
    const term = async () => (await member.client.agreements.terms({ workspace })).find((row) => row.id === id);
    expect(await term()).toMatchObject({ signed: null, waiting: { version: 1, proposedSide: 'sales', waitingFor: ['marketing'], signatures: [{ side: 'sales', name: 'Sami Sales' }] } });
    expect(await refusal(sales.client.agreements.sign({ workspace, id, version: 1 }))).toBe('409 Your side has signed this version already.');
    expect(await refusal(member.client.agreements.sign({ workspace, id, version: 1 }))).toMatch(/^403/);
    expect(await refusal(owner.client.agreements.sign({ workspace, id, version: 1 }))).toMatch(/^403/);
    expect((await app.db.inWorkspace(workspace, termsNow)).open).toEqual([{ id, name: 'Lead' }]);
    expect(await marketing.client.agreements.sign({ workspace, id, version: 1 })).toEqual({ waitingFor: [] });
    expect(await refusal(marketing.client.agreements.sign({ workspace, id, version: 1 }))).toMatch(/^409 This version does not wait/);

    await marketing.client.agreements.proposeTerm({ workspace, id, name: 'Lead', note: 'Companies count', term: { text: 'A company.' } });
    expect(await refusal(owner.client.agreements.proposeTerm({ workspace, id, name: 'Lead', term: TEXT }))).toMatch(/^409 A change of this agreement waits/);
    expect(await term()).toMatchObject({ signed: { version: 1, term: TEXT }, waiting: { version: 2, waitingFor: ['sales'] } });
    const kept = await app.db.inWorkspace(workspace, currentVersions);
    expect(kept).toEqual({ [id]: 1 });
    await sales.client.agreements.sign({ workspace, id, version: 2 });
    expect(await app.db.inWorkspace(workspace, signedTerms)).toMatchObject([{ id, version: 2, text: 'A company.' }]);
    // A lead that was qualified under the first version still means what that said.
    expect(await app.db.inWorkspace(workspace, (tx) => wordingOf(tx, kept))).toMatchObject([{ id, version: 1, text: TEXT.text }]);
    expect((await owner.client.agreements.history({ workspace, id })).versions.map((row) => [row.version, row.state, row.note])).toEqual([[2, 'signed', 'Companies count'], [1, 'replaced', '']]);
  });

  test('is never signed by one person for both sides, nor by a token', async () => {
    const { id } = await owner.client.agreements.proposeTerm({ workspace, name: 'Customer', term: TEXT });
    const { secret } = await owner.client.workspace.createToken({ workspace, name: 'script', scopes: ['agreements:write', 'agreements:read'] });
    expect(await refusal(app.bearer(secret).agreements.sign({ workspace, id, version: 1 }))).toMatch(/^403/);
    expect(await sales.client.agreements.sign({ workspace, id, version: 1 })).toEqual({ waitingFor: ['marketing'] });
    const [me] = (await owner.client.workspace.members({ workspace })).filter((row) => row.userId === sales.userId);
    const personId = me?.personId ?? '';
    const version = async () => (await owner.client.people.read({ workspace, id: personId })).version;
    await owner.client.people.update({ workspace, id: personId, version: await version(), function: 'marketing' });
    expect(await app.db.inWorkspace(workspace, (tx) => headOf(tx, personId))).toBe('marketing');
    expect(await refusal(sales.client.agreements.sign({ workspace, id, version: 1 }))).toBe('409 You have signed this version for the other side.');
    await owner.client.people.update({ workspace, id: personId, version: await version(), function: 'sales' });
    await owner.client.agreements.withdraw({ workspace, id, version: 1 });
    expect(await refusal(marketing.client.agreements.sign({ workspace, id, version: 1 }))).toMatch(/^409/);
  });

  test('two heads who sign at once both count', async () => {
    const { id } = await owner.client.agreements.proposeTerm({ workspace, name: 'Value', term: TEXT });
    await Promise.all([sales.client.agreements.sign({ workspace, id, version: 1 }), marketing.client.agreements.sign({ workspace, id, version: 1 })]);
    expect(await app.db.inWorkspace(workspace, currentVersions)).toMatchObject({ [id]: 1 });
  });
});

describe('a commitment', () => {
  test('runs a clock for each lead: warned, missed and passed on once each, kept when contact is recorded', async () => {
    const { id } = await marketing.client.agreements.proposeCommitment({ workspace, name: 'First contact within 2 working days', commitment: promise });
    await leads('Lead ID,Email,Company,Status,Create Date,Owner,Contacted At,Opted Out\nL1,ann@acme.example,Acme,New,2026-03-02 09:00,Mia Member,,true\nL2,bo@beta.example,Beta,New,2026-03-02 09:00,Somebody else,2026-03-02 15:00,');
    await workOut();
    expect(await owner.client.agreements.live({ workspace })).toEqual([]);
    await sales.client.agreements.sign({ workspace, id, version: 1 });
    await workOut();
    expect(await owner.client.agreements.live({ workspace })).toMatchObject([{ account: 'Acme', optedOut: true, team: 'North', state: 'running', dueAt: '2026-03-03T16:00:00.000Z' }]);
    expect(await mails()).toEqual([]);

    now = new Date('2026-03-03T09:00:00Z');
    await workOut();
    await workOut();
    expect((await mails()).map((mail) => [mail.recipient, mail.subject])).toEqual([[member.email, 'Northwind: one lead needs a look']]);
    expect((await mails())[0]?.body).toMatch(/^- Acme: First contact within 2 working days, due .+\. Opted out\. Do not write or call\.$/mu);
    expect(await owner.client.agreements.live({ workspace })).toMatchObject([{ state: 'warned' }]);

    now = new Date('2026-03-03T16:00:00Z');
    await Promise.all([workOut(), workOut()]);
    expect((await mails()).map((mail) => mail.recipient).toSorted()).toEqual([member.email, sales.email].toSorted());
    now = new Date('2026-03-05T09:00:00Z');
    await workOut();
    expect((await mails()).map((mail) => mail.recipient).toSorted()).toEqual([member.email, sales.email, sales.email, marketing.email].toSorted());
    const card = async () => (await member.client.agreements.commitments({ workspace })).commitments.find((row) => row.id === id)?.periods.at(-1);
    expect(await card()).toMatchObject({ period: '2026-Q1', due: 2, kept: 1, notYetDue: 0, rate: null });
    expect(await owner.client.agreements.clocks({ workspace, id, period: '2026-Q1', state: 'missed' })).toMatchObject({ total: 1, rows: [{ account: 'Acme' }] });

    // Contact was made in time after all, and the next import says so.
    await leads('Lead ID,Contacted At\nL1,2026-03-03 16:00');
    await workOut();
    expect(await card()).toMatchObject({ due: 2, kept: 2 });
    expect((await mails()).length).toBe(4);
  });

  test('changed terms hold for leads that start under them; older leads keep what was promised then', async () => {
    const [row] = (await owner.client.agreements.commitments({ workspace })).commitments;
    const id = row?.id ?? '';
    await sales.client.agreements.proposeCommitment({ workspace, id, name: 'First contact within 1 working day', commitment: { ...promise, limit: 1, startsOn: '2026-03-05' } });
    await marketing.client.agreements.sign({ workspace, id, version: 2 });
    await leads('Lead ID,Email,Company,Status,Create Date\nL3,cy@gamma.example,Gamma,New,2026-03-05 10:00');
    await workOut();
    const { rows } = await owner.client.agreements.clocks({ workspace, id });
    expect(rows.map((clock) => [clock.account, clock.version, clock.dueAt]).toSorted()).toEqual([['Acme', 1, '2026-03-03T16:00:00.000Z'], ['Beta', 1, '2026-03-03T16:00:00.000Z'], ['Gamma', 2, '2026-03-06T09:00:00.000Z']]);
  });

  test('is worked out anew for other working hours, in the territory’s own zone', async () => {
    const [row] = (await owner.client.agreements.commitments({ workspace })).commitments;
    const id = row?.id ?? '';
    const week = [1, 2, 3, 4, 5].map(() => [{ from: '09:00', to: '17:00' }]);
    await sales.client.agreements.setCalendar({ workspace, territory: 'North', calendar: { zone: 'America/New_York', week: [...week, [], []], exceptions: [{ date: '2026-03-03', name: 'Town holiday', hours: [] }] } });
    await workOut();
    const { rows } = await owner.client.agreements.clocks({ workspace, id });
    // Nine in Berlin is night in New York: two days of work end on Wednesday, since Tuesday is a holiday there.
    expect(rows.find((clock) => clock.account === 'Acme')?.dueAt).toBe('2026-03-04T22:00:00.000Z');
    expect(rows.find((clock) => clock.account === 'Beta')?.dueAt).toBe('2026-03-03T16:00:00.000Z');
  });

  test('counts leads for each territory; a quarter under way is not due', async () => {
    const { id } = await sales.client.agreements.proposeCommitment({ workspace, name: 'Three leads each quarter', commitment: { ...promise, owes: 'marketing', kind: 'count', atLeast: 1, each: 'territory' } });
    await marketing.client.agreements.sign({ workspace, id, version: 1 });
    const periods = async () => (await owner.client.agreements.commitments({ workspace })).commitments.find((row) => row.id === id)?.periods.map((each) => [each.period, each.due, each.kept, each.notYetDue, each.early]);
    expect((await periods())?.slice(-2)).toEqual([['2025-Q4', 0, 0, 0, 0], ['2026-Q1', 0, 0, 1, 1]]);
    now = new Date('2026-04-01T09:00:00Z');
    expect((await periods())?.slice(-2)).toEqual([['2026-Q1', 1, 1, 0, 0], ['2026-Q2', 0, 0, 1, 0]]);
  });

  test('the review builds itself, numbers, reasons and proposals, and ends in actions', async () => {
    const day = async () => (await member.client.agreements.commitments({ workspace })).review;
    expect(await day()).toBeNull();
    await leads('Lead ID,Email,Company,Status,Create Date,Returned At,Return Reason\nR1,r@r1.example,R1,New,2026-03-06 09:00,2026-03-10 09:00,No budget\nR2,r@r2.example,R2,New,2026-03-06 09:00,2026-03-11 09:00,No budget\nR3,r@r3.example,R3,New,2026-03-06 09:00,2026-03-12 09:00,Wrong person\nR4,r@r4.example,R4,New,2026-03-06 09:00,2026-03-13 09:00,\nR5,r@r5.example,R5,New,2025-12-01 09:00,2025-12-30 09:00,Too early');
    const { id: proposed } = await marketing.client.agreements.proposeTerm({ workspace, name: 'Opportunity', term: TEXT });
    await owner.client.agreements.setReview({ workspace, period: '2026-Q1', heldOn: '2026-04-02' });
    const action = await sales.client.agreements.addAction({ workspace, period: '2026-Q1', text: 'Agree who calls first', side: 'sales', owner: 'Sami Sales', dueOn: '2026-04-20' });
    await marketing.client.agreements.setAction({ workspace, id: action.id, done: true });
    const review = await member.client.agreements.review({ workspace, period: '2026-Q1' });
    expect(review).toMatchObject({ heldOn: '2026-04-02', missedTotal: 1, missed: [{ account: 'Gamma' }], actions: [{ text: 'Agree who calls first', doneAt: now.toISOString() }] });
    expect(review.commitments.map((row) => [row.name, row.attainment.kept, row.attainment.due])).toEqual([['First contact within 1 working day', 2, 3], ['Three leads each quarter', 1, 1]]);
    expect(review.reasons).toEqual([{ reason: 'No budget', n: 2 }, { reason: '', n: 1 }, { reason: 'Wrong person', n: 1 }]);
    expect(review.proposals).toEqual([{ id: proposed, kind: 'term', name: 'Opportunity', proposedSide: 'marketing', waitingFor: ['sales'] }]);
    await marketing.client.agreements.withdraw({ workspace, id: proposed, version: 1 });
    expect((await member.client.agreements.review({ workspace, period: '2026-Q1' })).proposals).toEqual([]);

    // The page's head names the next review's day; once that is over, the last one's.
    await owner.client.agreements.setReview({ workspace, period: '2026-Q2', heldOn: '2026-07-01' });
    expect(await day()).toEqual({ period: '2026-Q1', heldOn: '2026-04-02', ahead: true });
    now = new Date('2026-04-02T22:30:00Z');
    expect(await day()).toEqual({ period: '2026-Q2', heldOn: '2026-07-01', ahead: true });
    await owner.client.agreements.setReview({ workspace, period: '2026-Q2', heldOn: null });
    expect(await day()).toEqual({ period: '2026-Q1', heldOn: '2026-04-02', ahead: false });
  });
});

describe('a lead that is qualified under a term', () => {
  const say = () => owner.client.pipeline;
  const named = async (name: string) => {
    const [row] = (await say().leads({ workspace, search: name })).rows;
    return say().lead({ workspace, id: row?.id ?? '' });
  };
  const under = async (name: string): Promise<number | null> => (await named(name)).termVersions[0]?.version ?? null;
  const found = async (term: string, termVersion: number) => (await say().leads({ workspace, term, termVersion })).rows.map((row) => row.company).toSorted();
  const word = async (text: string): Promise<string> => {
    const { id } = await sales.client.agreements.proposeTerm({ workspace, name: `Word ${text}`, term: { text } });
    await marketing.client.agreements.sign({ workspace, id, version: 1 });
    return id;
  };

  test('keeps the version that counted when it came to the stage, whatever is signed, linked or brought in later', async () => {
    const stages = Object.fromEntries(((await say().pipelines({ workspace }))[0]?.stages ?? []).map((stage) => [stage.role ?? stage.name, stage]));
    const { qualified } = stages;
    if (!qualified) throw new Error('no stage');
    const link = (termId: string | null) => say().changeStage({ workspace, id: qualified.id, name: qualified.name, role: qualified.role, owner: qualified.owner, buyer: qualified.buyer, criteria: qualified.criteria, contribution: qualified.contribution, termId });
    const file = 'Lead ID,Email,Company,Status,Create Date,Qualified At\nT1,a@t1.example,Before,New,2026-05-01 08:00,2026-05-02 08:00\nT2,a@t2.example,First,New,2026-05-11 08:00,2026-05-12 08:00\nT3,a@t3.example,Second,New,2026-05-21 08:00,2026-05-22 08:00\nT4,a@t4.example,Later,New,2026-05-01 08:00,';
    now = new Date('2026-05-10T08:00:00Z');
    const term = await word('A person who asked.');
    now = new Date('2026-05-20T08:00:00Z');
    const again = await sales.client.agreements.proposeTerm({ workspace, id: term, name: 'Word A person who asked.', term: { text: 'A company that asked.' } });
    await marketing.client.agreements.sign({ workspace, id: again.id, version: 2 });
    now = new Date('2026-05-30T08:00:00Z');
    await leads(file);
    expect(await under('First')).toBeNull();
    // The wrong term first, put right a minute later: that was a slip, and the right one holds for what was there already.
    await link(await word('slip'));
    now = new Date('2026-05-30T08:01:00Z');
    await link(term);
    const all = async () => Promise.all(['Before', 'First', 'Second', 'Later'].map(under));
    expect(await all()).toEqual([null, 1, 2, null]);
    expect((await named('First')).termVersions).toEqual([{ id: term, name: 'Word A person who asked.', version: 1, text: 'A person who asked.', stageId: qualified.id, at: '2026-05-12T06:00:00.000Z' }]);
    expect((await named('First')).log.map((entry) => entry.term)).toEqual([null, { name: 'Word A person who asked.', version: 1 }]);
    const later = await named('Later');
    const { act } = await say().move({ workspace, ids: [later.id], stageId: qualified.id });
    expect(await all()).toEqual([null, 1, 2, 2]);
    await say().undo({ workspace, act });
    expect(await under('Later')).toBeNull();
    now = new Date('2026-05-31T08:00:00Z');
    await say().offer({ workspace, ids: [later.id] });
    expect(await all()).toEqual([null, 1, 2, 2]);
    const offered = await app.db.inWorkspace(workspace, (tx) => versionsOf(tx, later.id));
    expect(offered[term]).toBe(2);

    now = new Date('2026-06-10T08:00:00Z');
    await sales.client.agreements.proposeTerm({ workspace, id: term, name: 'Word A person who asked.', term: { text: 'A company with a need.' } });
    await marketing.client.agreements.sign({ workspace, id: term, version: 3 });
    await leads(file.replaceAll(',New,', ',Working,'));
    expect(await all()).toEqual([null, 1, 2, 2]);
    expect(await app.db.inWorkspace(workspace, (tx) => versionsOf(tx, later.id))).toEqual(offered);
    expect([await found(term, 1), await found(term, 2), await found(term, 3)]).toEqual([['First'], ['Later', 'Second'], []]);

    const other = await word('another');
    await link(other);
    expect(await all()).toEqual([null, 1, 2, 2]);
    await leads('Lead ID,Email,Company,Status,Create Date,Qualified At\nT5,a@t5.example,Fifth,New,2026-06-10 08:00,2026-06-11 08:00');
    expect((await named('Fifth')).termVersions.map(({ id, version }) => [id, version])).toEqual([[other, 1]]);
    expect([await found(term, 2), await found(other, 1)]).toEqual([['Later', 'Second'], ['Fifth']]);
  });
});

test('a server’s clock that jumps a day ahead and back warns once, and counts what was done in time', async () => {
  now = new Date('2026-06-15T08:00:00Z');
  await leads('Lead ID,Email,Company,Status,Create Date\nJ1,jo@jump.example,Jump Ltd,New,2026-06-15 09:00');
  const mailed = async () => (await mails()).filter((mail) => mail.body.includes('Jump Ltd')).length;
  const state = async () => (await owner.client.agreements.live({ workspace, limit: 100 })).find((clock) => clock.account === 'Jump Ltd')?.state;
  await workOut();
  expect([await mailed(), await state()]).toEqual([0, 'running']);
  now = new Date('2026-06-16T08:00:00Z');
  await workOut();
  const once = await mailed();
  expect(once).toBeGreaterThan(0);
  now = new Date('2026-06-15T08:00:00Z');
  await workOut();
  await workOut();
  expect([await mailed(), await state()]).toEqual([once, 'running']);
  now = new Date('2026-06-16T08:00:00Z');
  await workOut();
  expect(await mailed()).toBe(once);
  const [row] = (await owner.client.agreements.commitments({ workspace })).commitments;
  const missed = async () => (await owner.client.agreements.clocks({ workspace, id: row?.id ?? '', state: 'missed', period: '2026-Q2' })).rows.some((clock) => clock.account === 'Jump Ltd');
  expect(await missed()).toBe(true);
  await leads('Lead ID,Contacted At\nJ1,2026-06-15 10:00');
  await workOut();
  expect(await missed()).toBe(false);
});

describe('another workspace', () => {
  test('has nothing of this', async () => {
    const other = (await owner.client.workspace.create({ name: 'Elsewhere', timeZone: 'UTC' })).id;
    expect(await owner.client.agreements.terms({ workspace: other })).toEqual([]);
    expect((await owner.client.agreements.commitments({ workspace: other })).commitments).toEqual([]);
    expect(await owner.client.agreements.live({ workspace: other })).toEqual([]);
    const [mine] = await owner.client.agreements.terms({ workspace });
    expect(await refusal(owner.client.agreements.history({ workspace: other, id: mine?.id ?? '' }))).toMatch(/^404/);
  });
});
