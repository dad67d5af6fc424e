import { afterAll, beforeAll, expect, test } from 'vitest';
import { isHidden } from '../features/assessment/domain/results-view';
import { createTestApp, type Client, type TestApp } from './testing/test-app';
import { device, postTo, type Survey } from './testing/survey';

let app: TestApp;
let token: string;
let api: Client;
let workspace: string;
let wave: string;
let clock = new Date('2027-03-01T08:00:00Z');

beforeAll(async () => {
  app = await createTestApp({ now: () => clock });
  const owner = await app.signUp('Olga');
  workspace = (await owner.client.workspace.create({ name: 'Northwind', timeZone: 'Europe/Berlin' })).id;
  token = (await owner.client.workspace.createToken({ workspace, name: 'script', scopes: ['people:write', 'people:read', 'assessment:read', 'assessment:write'] })).secret;
  api = app.bearer(token);
});
afterAll(() => app.close());

test('people and a draft, by API alone', async () => {
  const csv = ['name,email,function,level,territory', ...Array.from({ length: 14 }, (_, n) => `S${n},s${n}@x.example,sales,front line,${n % 2 ? 'North' : 'South'}`), ...Array.from({ length: 6 }, (_, n) => `M${n},m${n}@x.example,marketing,front line,`)].join('\n');
  await importPeople(csv);
  const draft = await api.assessment.createWave({ workspace, name: 'Spring' });
  wave = draft.id;
  const saved = await api.assessment.updateWave({ workspace, wave, version: draft.version, setup: { toolIds: ['3', '5'], closesAt: '2027-03-10T16:00:00.000Z', functions: ['sales', 'marketing'] } });
  expect(saved.setup.minimum).toEqual({ general: 5, leadership: 5 });
  expect(saved.setup.comments).toBe(true);
  await expect(api.assessment.updateWave({ workspace, wave, version: draft.version, name: 'Late' })).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE' });
});

test('before launch it says which groups will be reportable', async () => {
  const plan = await api.assessment.plan({ workspace, wave });
  expect(plan.invited).toMatchObject({ sales: 14, marketing: 6 });
  expect(plan.shapes.map((each) => each.shape)).toEqual(['level', 'territory']);
  expect(plan.problems).toEqual([]);
  const sales = plan.shapes[0]?.blocks.find((block) => block.id === 'sales');
  expect(sales?.shown).toBeGreaterThan(0.9);
  const preview = await api.assessment.preview({ workspace, wave, function: 'sales', locale: 'de' });
  expect(preview.sections.flatMap((section) => section.statements)).toHaveLength(17);
});

test('launched, answered, closed: no score before, gated results after', async () => {
  const draft = await api.assessment.wave({ workspace, wave });
  await api.assessment.launch({ workspace, wave, version: draft.version });
  await expect(api.assessment.results({ workspace, wave, locale: 'en' })).rejects.toMatchObject({ code: 'CONFLICT' });
  const links = await api.assessment.links({ workspace, wave });
  expect(links).toHaveLength(20);
  const post = postTo(app.request);
  const survey: Survey = { workspaceId: workspace, waveId: wave, launched: { invited: 20, slips: 0, notAsked: [], listHash: '' }, invited: [] };
  for (const [index, way] of links.entries()) {
    if (index % 10 === 9) continue;
    const [, linkToken] = (way.link.split('#')[1] ?? '').split('.');
    const phone = device(post, survey, { invitationId: '', personId: null, leafId: '', token: linkToken ?? '', code: '' });
    const reply = await phone.send(await phone.answer((at) => (way.function === 'sales' ? 2 + (at % 3) : 5 + ((at + index) % 2)), way.function === 'sales' ? 'More of the story, please.' : undefined));
    expect(await reply.json()).toEqual({ received: true });
  }
  const progress = await api.assessment.progress({ workspace, wave });
  expect(progress.functions).toMatchObject([{ function: 'sales', atLeast: 10 }, { function: 'marketing', atLeast: 5 }]);
  expect(progress.words).toHaveLength(4);
  await api.assessment.close({ workspace, wave });
  clock = new Date(clock.getTime() + 60_000);
  await app.runJob('assessment-tend', {});
  const closed = await api.assessment.wave({ workspace, wave });
  expect(closed).toMatchObject({ state: 'closed', discarded: [], nextProposedFor: '2027-12-01T08:01:00.000Z' });
});

test('the owner opens results only by publishing; then the API exports them with one decimal', async () => {
  await expect(api.assessment.results({ workspace, wave, locale: 'en' })).rejects.toMatchObject({ status: 403 });
  await api.assessment.publish({ workspace, wave, published: true });
  const { results, instrument } = await api.assessment.results({ workspace, wave, locale: 'fr' });
  const section = results.tools.flatMap((tool) => tool.sections).find((each) => each.sectionId === '3');
  expect(section?.gap?.verdict).toBe('real');
  expect(instrument.tools.map((tool) => tool.id)).toEqual(['3', '5']);
  expect(results.comments).toMatchObject([{ function: 'sales' }]);
  const numbers = JSON.stringify(results.tools).match(/:-?\d+\.\d+/g) ?? [];
  expect(numbers.filter((text) => (text.split('.')[1] ?? '').length > 1)).toEqual([]);
  const statement = section?.statements[0]?.groups.find((group) => group.blockId === 'marketing');
  expect(statement && isHidden(statement.distribution)).toBe(true);
  const drawing = await api.assessment.drawing({ workspace, wave, chart: 'tool', section: '3', locale: 'en', theme: 'light', width: 700 });
  expect(drawing.svg).toMatch(/^<svg/);
  const file = await app.request(`/api/workspaces/${workspace}/waves/${wave}/report/csv?locale=nl`, { headers: { authorization: `Bearer ${token}` } });
  expect(file.status).toBe(200);
  expect(file.headers.get('content-disposition')).toMatch(/attachment; filename=/);
  expect((await file.text()).split('\n').length).toBeGreaterThan(20);
});

test('a public link shows the summary without comments, and ends when it is ended', async () => {
  const { link } = await api.assessment.share({ workspace, wave, shared: true });
  const secret = (link ?? '').split('#')[1] ?? '';
  const shared = await app.bearer().assessment.shared({ secret, locale: 'en' });
  expect(shared.results.comments).toEqual([]);
  await api.assessment.share({ workspace, wave, shared: false });
  await expect(app.bearer().assessment.shared({ secret, locale: 'en' })).rejects.toMatchObject({ code: 'GONE' });
});

test('answers collected elsewhere come in as a closed wave, problems with their lines first', async () => {
  const ids = Array.from({ length: 10 }, (_, n) => `3.${n + 1}`);
  const row = (fn: string, value: number | string) => [fn, 'front line', 'North', ...ids.map(() => value)].join(',');
  const text = (bad: boolean) => [['function', 'level', 'territory', ...ids].join(','), ...Array.from({ length: 7 }, (_, n) => row('sales', (n % 3) + 2)), ...Array.from({ length: 6 }, (_, n) => row('Marketing', bad && n === 2 ? 9 : 6))].join('\n');
  const file = { workspace, name: 'On paper', instrumentId: 'c3', closedOn: '2026-06-01', minimum: 5, invited: { sales: 20 }, dryRun: false };
  const refused = await api.assessment.importAnswers({ ...file, text: text(true) });
  expect(refused.wave).toBeNull();
  expect(refused.problems[0]).toMatchObject({ line: 11 });
  const taken = await api.assessment.importAnswers({ ...file, text: text(false) });
  expect(taken.counts).toEqual({ sales: 7, marketing: 6, leadership: 0 });
  await api.assessment.publish({ workspace, wave: taken.wave ?? '', published: true });
  const { results } = await api.assessment.results({ workspace, wave: taken.wave ?? '', locale: 'en' });
  expect(results.response).toMatchObject([{ function: 'sales', invited: 20, answered: 7 }, { function: 'marketing', invited: 6, answered: 6 }]);
});

const importPeople = async (csv: string): Promise<void> => {
  for (const line of csv.split('\n').slice(1)) {
    const [name = '', email = '', does = '', level = '', territory = ''] = line.split(',');
    await api.people.create({ workspace, name, email, function: does as 'sales', level: level.replace(' ', '_') as 'front_line', territory: territory || null });
  }
};
