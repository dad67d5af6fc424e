import { randomUUID } from 'node:crypto';
import type { Role } from '../../lib/vocabulary';
import { SCOPES } from '../../lib/scopes';
import { addMember as addMemberRow } from '../../features/workspace/repo';
import { leadThings } from './lead-things';
import type { Person, TestApp } from './test-app';

/** A workspace with one of everything an id can name, built by its owner through the API alone. */
export type Company = Awaited<ReturnType<typeof company>>;

const CSV_IDS = Array.from({ length: 10 }, (_, at) => `3.${at + 1}`);
const answersFile = [
  ['function', 'level', 'territory', ...CSV_IDS].join(','),
  ...['sales', 'marketing'].flatMap((does) => Array.from({ length: 6 }, (_, at) => [does, 'front line', 'North', ...CSV_IDS.map(() => (at % 3) + 2)].join(','))),
].join('\n');

export const closedFile = (workspace: string, dryRun = false) =>
  ({ workspace, name: 'On paper', instrumentId: 'c3', text: answersFile, closedOn: '2026-06-01', minimum: 5, invited: {}, dryRun });

export const company = async (app: TestApp, owner: Person, name: string) => {
  const { client } = owner;
  const workspace = (await client.workspace.create({ name, timeZone: 'Europe/Berlin' })).id;
  const addPerson = async () => (await client.people.create({ workspace, name: 'Somebody', email: `${randomUUID()}@x.example`, function: 'sales', level: 'front_line', department: 'Field', site: 'Bonn' })).id;
  const addDraft = async () => (await client.assessment.createWave({ workspace, name: 'Draft' })).id;
  const addClosed = async (published: boolean) => {
    const { wave } = await client.assessment.importAnswers(closedFile(workspace));
    if (!wave) throw new Error('the answers were not taken');
    if (published) await client.assessment.publish({ workspace, wave, published: true });
    return wave;
  };
  const invite = async (role: Role) => client.workspace.invite({ workspace, email: `${randomUUID()}@i.example`, role });
  const addChange = async () => {
    const { changeSet } = await client.people.bulk({ workspace, ids: [await addPerson()], set: { territory: 'South' } });
    if (!changeSet) throw new Error('nothing was changed');
    return changeSet;
  };
  const addToken = async (scopes: readonly (typeof SCOPES)[number][] = SCOPES) => client.workspace.createToken({ workspace, name: 'script', scopes: [...scopes] });
  const addSource = async () => (await client.customers.createSource({ workspace, name: `CRM ${randomUUID()}`, side: 'sales', timeZone: 'UTC' })).id;
  const source = await addSource();
  const addWebhook = async () => (await client.pipeline.createWebhook({ workspace, url: 'https://hooks.example/in', events: ['lead.stage_changed'] })).id;
  const addHook = async () => (await client.customers.createHook({ workspace, source, name: 'From the CRM' })).id;
  /** A file of two leads that was checked. */
  const addImport = async (text = 'Lead ID,Email,Status,Create Date\nL1,ann@x.example,New,2026-03-02\nL2,bo@x.example,New,2026-03-03') => {
    const id = randomUUID();
    const query = new URLSearchParams({ id, source, name: 'leads.csv' });
    await app.request(`/api/workspaces/${workspace}/imports?${query.toString()}`, { method: 'POST', headers: { cookie: owner.cookie, origin: 'http://lockstep.test' }, body: text });
    await app.runJob('customers.check-import', { workspaceId: workspace, importId: id });
    return id;
  };
  const addApplied = async () => {
    const id = await addImport();
    await client.customers.applyImport({ workspace, id });
    await app.runJob('customers.apply-import', { workspaceId: workspace, importId: id });
    return id;
  };
  const firstLead = async () => {
    await addApplied();
    const [first, second] = (await client.pipeline.leads({ workspace })).rows;
    return { lead: first?.id ?? '', otherLead: second?.id ?? '', stage: first?.stageId ?? '' };
  };
  const { lead, otherLead, stage } = await firstLead();
  const promise = { owes: 'sales', kind: 'response', from: 'passed', until: 'contact', stage: null, limit: 2, unit: 'days', atLeast: 1, each: 'all', per: 'quarter', origins: [], channels: [], credible: false, pauseReturned: true, pauseStages: [], warnAt: 75, escalateAfter: 1, startsOn: '2026-01-01' } as const;
  const commitmentInput = () => ({ name: `Contact ${randomUUID()}`, commitment: { ...promise, origins: [], channels: [], pauseStages: [] } });
  const addTerm = async () => (await client.agreements.proposeTerm({ workspace, name: `Lead ${randomUUID()}`, term: { text: 'Somebody who can be reached.' } })).id;
  const addAction = async () => (await client.agreements.addAction({ workspace, period: '2026-Q1', text: 'Look at it', side: null, owner: 'Both heads', dueOn: null })).id;
  const addDashboard = async () => (await client.goals.addDashboard({ workspace, name: 'Weekly look', metrics: ['lead_to_order'], unit: 'quarter', split: 'none' })).id;
  const addDispute = async () => (await client.pipeline.disputeRow({ workspace, row: 'no_owner', note: 'These have an owner.' })).id;
  let quarters = 0;
  /** A shared target that waits for both heads. */
  const addGoal = async () => {
    quarters += 1;
    return (await client.goals.propose({ workspace, unit: 'quarter', startsOn: `${2000 + quarters}-01-01`, amount: 1_000, currency: 'EUR' })).id;
  };
  const addVerdict = async () => {
    const { causes } = await client.diagnosis.judge({ workspace, cause: 'structure', verdict: 'doubted', note: 'We sit together.' });
    return causes.find(({ cause }) => cause === 'structure')?.verdict?.id ?? '';
  };
  const addProblem = async () => {
    const title = `Problem ${randomUUID()}`;
    const { problems } = await client.improvement.addProblem({ workspace, title, area: '3', cause: 'joint_activity' });
    return problems.find((each) => each.title === title)?.id ?? '';
  };
  const addProgrammeAction = async () => {
    const id = await addProblem();
    const { problems } = await client.improvement.addAction({ workspace, id, text: 'Meet', by: 'both', ownerName: 'Ann', dueOn: '2035-01-01', effect: 'We know each other' });
    return problems.find((each) => each.id === id)?.actions[0]?.id ?? '';
  };
  const addHuddle = async () => (await client.huddle.create({ workspace, name: 'Huddle' })).id;
  const things = leadThings(client, { workspace, source });
  /** A viewer whose account is of no interest, so that somebody can be removed or changed. */
  const addMember = async () => {
    const userId = randomUUID();
    await app.services.db.inWorkspace(workspace, (tx) => addMemberRow(tx, { workspaceId: workspace, userId, name: 'Spare', email: `${userId}@x.example`, role: 'viewer', personId: null, joinedAt: new Date() }));
    return userId;
  };
  const invitation = (await invite('viewer')).id;
  const [letter] = await client.workspace.outbox({ workspace });
  if (!letter) throw new Error('no mail was written');
  const own = await things.addPipeline();
  await things.addWord();
  return {
    ...things, pipeline: own.pipeline, freeStage: own.stages[1] ?? '', view: await things.addView(), act: (await things.addMoved()).act, offer: await things.addOffer(),
    goal: await addGoal(), addGoal, dashboard: await addDashboard(), addDashboard,
    verdict: await addVerdict(), addVerdict, huddle: await addHuddle(), addHuddle, problem: await addProblem(), addProblem, programmeAction: await addProgrammeAction(), addProgrammeAction,
    dispute: await addDispute(), note: (await client.customers.addNote({ workspace, id: lead, text: 'Likes to be called after ten.' })).id,
    hook: await addHook(), addHook, webhook: await addWebhook(), addWebhook,
    mail: letter.id, workspace, owner, ownerId: owner.userId, spare: await addMember(), addMember, addPerson, addDraft, addClosed, invite, addChange, addToken, source, lead, otherLead, stage, addImport, addApplied, import: await addImport(),
    commitmentInput, addTerm, addAction, term: await addTerm(), action: await addAction(), commitment: (await client.agreements.proposeCommitment({ workspace, ...commitmentInput() })).id,
    person: await addPerson(), draft: await addDraft(), closed: await addClosed(true), hidden: await addClosed(false), invitation, change: await addChange(), token: (await addToken()).id,
  };
};

export const secretOf = (link: string): string => link.split('#')[1] ?? '';

/** Opens an account with an invitation to this company and joins. */
export const joins = async (app: TestApp, at: Company, name: string, role: Role): Promise<Person> => {
  const secret = secretOf((await at.invite(role)).link);
  const person = await app.signUp(name, secret);
  await person.client.workspace.acceptInvitation({ secret });
  return person;
};
