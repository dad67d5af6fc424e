import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OpenResponse } from '../features/assessment/answer-contract';
import { isHidden } from '../features/assessment/domain/results-view';
import { documentedApi } from './testing/documented-api';
import { createTestApp, type Client, type TestApp } from './testing/test-app';

/** An assessment from roster to report by the published API document alone: its operations, its addresses, a token. */
import { device, type Survey } from './testing/survey';

let app: TestApp;
let documented: Awaited<ReturnType<typeof documentedApi>>;
let api: Client;
let workspace: string;
let wave: string;
let clock = new Date('2027-03-01T08:00:00Z');

beforeAll(async () => {
  app = await createTestApp({ now: () => clock });
  const owner = await app.signUp('Olga');
  workspace = (await owner.client.workspace.create({ name: 'Northwind', timeZone: 'Europe/Berlin' })).id;
  const token = (await owner.client.workspace.createToken({ workspace, name: 'script', scopes: ['people:write', 'people:read', 'assessment:read', 'assessment:write'] })).secret;
  documented = await documentedApi(app.request, token);
  api = documented.client;
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
  // Respondents' devices know the same document, and send no token of the API.
  const post = (path: string, body: unknown) => documented.send({ '/api/answer/open': 'answer.open', '/api/answer/ballot': 'answer.ballot' }[path] ?? 'answer.send', body as Record<string, unknown>, false);
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
  const file = await documented.send('assessment.report', { workspace, wave, format: 'csv', locale: 'nl' });
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

test('the next wave is made from the last in one call: the same questions, tied to it', async () => {
  const before = await api.assessment.wave({ workspace, wave });
  const next = await api.assessment.createWave({ workspace, from: wave });
  expect(next).toMatchObject({ state: 'draft', name: 'Spring (2027-03)' });
  expect({ ...next.setup, closesAt: '' }).toEqual({ ...before.setup, opensAt: null, closesAt: '' });
  expect(new Date(next.setup.closesAt ?? 0).getTime()).toBeGreaterThan(clock.getTime());
  await api.assessment.deleteWave({ workspace, wave: next.id });
});

test('a questionnaire of one’s own is loaded, asked, and stays as it was at the launch', async () => {
  const text = readFileSync('examples/instruments/short-pulse.json', 'utf8');
  await expect(api.assessment.loadInstrument({ workspace, text: text.replace('"min": 0', '"min": 20') })).rejects.toMatchObject({ status: 422, data: { saved: false, fields: expect.arrayContaining([{ path: '7:32 scale.max', message: 'the highest key (10) must be above the lowest (20)' }]) } });
  const loaded = await api.assessment.loadInstrument({ workspace, text });
  expect(loaded).toMatchObject({ id: 'pulse', version: '1', builtIn: false });
  expect(await api.assessment.loadInstrument({ workspace, text })).toEqual(loaded);
  await expect(api.assessment.loadInstrument({ workspace, text: text.replace('within a day', 'within a week') })).rejects.toMatchObject({ status: 409 });
  // The same people are not asked twice within ninety days.
  clock = new Date(clock.getTime() + 100 * 86_400_000);
  const draft = await api.assessment.createWave({ workspace, name: 'Pulse' });
  const setup = { instrumentId: 'pulse', instrumentVersion: '1', functions: ['sales', 'marketing'] as ('sales' | 'marketing')[] };
  const saved = await api.assessment.updateWave({ workspace, wave: draft.id, version: draft.version, setup });
  expect(saved.setup.toolIds).toEqual(['pulse']);
  await api.assessment.launch({ workspace, wave: draft.id, version: saved.version });
  await api.assessment.loadInstrument({ workspace, text: text.replace('"version": "1"', '"version": "2"').replaceAll('within a day', 'within a week') });
  expect((await api.assessment.instruments({ workspace })).filter(({ id }) => id === 'pulse').map(({ version }) => version)).toEqual(['2']);
  const way = (await api.assessment.links({ workspace, wave: draft.id })).find((each) => each.function === 'sales');
  const linkToken = (way?.link.split('#')[1] ?? '').split('.')[1] ?? '';
  const opened = (await (await documented.send('answer.open', { wave: draft.id, token: linkToken }, false)).json()) as OpenResponse;
  expect(opened.scale).toMatchObject({ min: 0, max: 10 });
  expect(opened.sections.flatMap(({ statements }) => statements.map((each) => each.text.en))).toEqual(['The marketing people I work with answered me within a day.', 'I had to do work twice because sales and marketing had not talked.']);
  await expect(api.assessment.updateWave({ workspace, wave: draft.id, version: saved.version, setup: { instrumentVersion: '2' } })).rejects.toMatchObject({ status: 409 });
});

const importPeople = async (csv: string): Promise<void> => {
  for (const line of csv.split('\n').slice(1)) {
    const [name = '', email = '', does = '', level = '', territory = ''] = line.split(',');
    await api.people.create({ workspace, name, email, function: does as 'sales', level: level.replace(' ', '_') as 'front_line', territory: territory || null });
  }
};
