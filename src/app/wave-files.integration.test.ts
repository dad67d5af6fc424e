import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type Person, type TestApp } from './testing/test-app';

/** The files of a wave: who gets them, what they hold, and what they never hold. */
let app: TestApp;
let ada: Person;
let workspace = '';
let wave = '';
let clock = new Date('2026-03-02T08:00:00Z');
const names = ['=cmd|calc', 'Zoë "Z" Ångström', ...Array.from({ length: 10 }, (_, at) => `Person ${at}`)];

beforeAll(async () => {
  app = await createTestApp({ now: () => clock });
  ada = await app.signUp('Ada Owner');
  workspace = (await ada.client.workspace.create({ name: 'Nordwind', timeZone: 'Europe/Berlin' })).id;
  for (const [at, name] of names.entries())
    await ada.client.people.create({ workspace, name, email: `p${at}@example.com`, function: at % 2 ? 'sales' : 'marketing', level: 'front_line', territory: 'North' });
  const draft = await ada.client.assessment.createWave({ workspace, name: 'Frühling / 1' });
  wave = draft.id;
  await ada.client.assessment.updateWave({ workspace, wave, version: draft.version, setup: { bySlip: [{ function: 'marketing' }] } });
});
afterAll(() => app.close());

const joined = async (role: 'facilitator' | 'member' | 'viewer'): Promise<Person> => {
  const { link } = await ada.client.workspace.invite({ workspace, email: `${role}@example.com`, role });
  const secret = decodeURIComponent(link.split('#')[1] ?? '');
  const person = await app.signUp(role, secret);
  await person.client.workspace.acceptInvitation({ secret });
  return person;
};
const get = (path: string, who?: Person, of = { workspace, wave }) => app.request(`/api/workspaces/${of.workspace}/waves/${of.wave}/${path}`, who ? { headers: { cookie: who.cookie } } : {});
const refusal = async (response: Response) => ({ status: response.status, ...((await response.json()) as { code: string; data: { saved: boolean; todo: string } }) });

describe('files of a wave', () => {
  it('proposes to close at the end of a working day on the workspace’s clocks', async () => {
    expect((await ada.client.assessment.wave({ workspace, wave })).setup.closesAt).toBe('2026-03-16T17:00:00.000Z');
  });

  it('has none before the launch, and says so', async () => {
    for (const path of ['links.csv', 'code-sheet.pdf', 'calendar.ics', 'report/pdf']) expect(await refusal(await get(path, ada))).toMatchObject({ status: 409, code: 'CONFLICT', data: { saved: false } });
  });

  it('keeps an empty choice of tools, and says that it forbids the launch', async () => {
    const { version } = await ada.client.assessment.wave({ workspace, wave });
    const emptied = await ada.client.assessment.updateWave({ workspace, wave, version, setup: { toolIds: [] } });
    expect(emptied.setup.toolIds).toEqual([]);
    expect((await ada.client.assessment.plan({ workspace, wave })).problems.map((each) => each.code)).toContain('tools');
    const relationship = (await ada.client.assessment.instruments({ workspace })).find((each) => each.id === 'relationship');
    const other = await ada.client.assessment.updateWave({ workspace, wave, version: emptied.version, setup: { instrumentId: 'relationship', instrumentVersion: relationship?.version ?? '' } });
    expect(other.setup.toolIds).toEqual(relationship?.tools.map((tool) => tool.id));
    await ada.client.assessment.launch({ workspace, wave, version: other.version });
  });

  it('hands out a link to everybody who has one, with names that no spreadsheet runs', async () => {
    const response = await get('links.csv', ada);
    expect([response.status, response.headers.get('content-disposition')]).toEqual([200, `attachment; filename="Fruhling-1-links.csv"; filename*=UTF-8''${encodeURIComponent('Frühling / 1 links.csv')}`]);
    const lines = (await response.text()).trim().split('\r\n');
    // Marketing draws slips: nobody's name stands beside a code.
    expect(lines).toHaveLength(7);
    expect(lines.join('\n')).not.toContain('=cmd');
    expect(lines.filter((line) => /\/a#[\w.-]+,[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/.test(line))).toHaveLength(6);
    const { bySlip } = (await ada.client.assessment.wave({ workspace, wave })).setup;
    expect(bySlip).toHaveLength(1);
  });

  it('neutralises a name that begins like a formula', async () => {
    await ada.client.people.list({ workspace }).then(({ rows }) => {
      const sales = rows.find((row) => row.function === 'sales');
      return sales && ada.client.people.update({ workspace, id: sales.id, version: sales.version, name: '=HYPERLINK("http://evil")' });
    });
    expect(await (await get('links.csv', ada)).text()).toContain(`"'=HYPERLINK(""http://evil"")"`);
  });

  it('prints slips without and sheets with names, and writes both times into the calendar', async () => {
    for (const kind of ['slips', 'people']) {
      const pdf = await get(`code-sheet.pdf?for=${kind}&locale=de`, ada);
      expect([pdf.status, pdf.headers.get('content-type'), (await pdf.text()).slice(0, 5)]).toEqual([200, 'application/pdf', '%PDF-']);
    }
    const calendar = await (await get('calendar.ics', ada)).text();
    expect(calendar.match(/DTSTART:\d{8}T\d{6}Z/g)).toEqual(['DTSTART:20260302T080000Z', 'DTSTART:20260316T163000Z']);
    expect(calendar).not.toContain('/a#');
  });

  it('refuses links and codes to everybody else, under the workspace’s own rules', async () => {
    const [facilitator, member, viewer] = [await joined('facilitator'), await joined('member'), await joined('viewer')];
    expect((await get('links.csv', facilitator)).status).toBe(200);
    for (const path of ['links.csv', 'code-sheet.pdf'])
      for (const who of [member, viewer]) expect(await refusal(await get(path, who))).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    for (const path of ['links.csv', 'code-sheet.pdf', 'calendar.ics', 'report/csv']) {
      expect(await refusal(await get(path))).toMatchObject({ status: 401, code: 'NOT_SIGNED_IN' });
      const other = (await member.client.workspace.create({ name: 'Elsewhere', timeZone: 'UTC' })).id;
      expect(await refusal(await get(path, member, { workspace: other, wave }))).toMatchObject({ status: 404 });
      expect(await refusal(await get(path, ada, { workspace: other, wave }))).toMatchObject({ status: 404 });
    }
    const { secret } = await ada.client.workspace.createToken({ workspace, name: 'reader', scopes: ['assessment:read'] });
    expect((await app.request(`/api/workspaces/${workspace}/waves/${wave}/links.csv`, { headers: { authorization: `Bearer ${secret}` } })).status).toBe(403);
    expect((await app.request(`/api/workspaces/${workspace}/waves/${wave}/calendar.ics`, { headers: { authorization: `Bearer ${secret}` } })).status).toBe(200);
    expect((await ada.client.workspace.audit({ workspace })).filter((entry) => entry.action === 'wave.links_taken').length).toBeGreaterThanOrEqual(4);
  });

  it('has no report before closing, nor under a name that is none', async () => {
    expect(await refusal(await get('report/pdf', ada))).toMatchObject({ status: 409 });
    expect(await refusal(await get('report/exe', ada))).toMatchObject({ status: 404 });
    expect(await refusal(await get('report/pdf?locale=xx', ada))).toMatchObject({ status: 404 });
    expect(await refusal(await get('links.csv', ada, { workspace: 'x', wave: '..' }))).toMatchObject({ status: 404 });
  });

  it('takes answers that were complete today, on the workspace’s clocks, and none of tomorrow', async () => {
    clock = new Date('2026-03-03T23:30:00Z');
    const bring = (closedOn: string) => ada.client.assessment.importAnswers({ workspace, name: 'Paper', instrumentId: 'relationship', text: 'function,a\nsales,1\n', closedOn, dryRun: true });
    expect((await bring('2026-03-04')).problems).toHaveLength(1);
    await expect(bring('2026-03-05')).rejects.toMatchObject({ code: 'INVALID' });
    clock = new Date('2026-03-02T08:00:00Z');
  });

  it('tells until when ballots under way are accepted, and warns before the launch of people asked a short while ago', async () => {
    const progress = await ada.client.assessment.progress({ workspace, wave });
    expect([progress.address, progress.acceptedUntil]).toEqual(['http://lockstep.test/a', '2026-03-16T17:00:00.000Z']);
    clock = new Date('2026-03-03T08:00:00Z');
    const next = await ada.client.assessment.createWave({ workspace });
    const plan = await ada.client.assessment.plan({ workspace, wave: next.id });
    expect(plan.problems.filter((each) => each.code === 'distance').map((each) => each.message)).toEqual([expect.stringContaining('“Frühling / 1”')]);
    expect(plan.shapes.flatMap((shape) => shape.blocks).every((block) => block.leaf === !plan.shapes.some((shape) => shape.blocks.some((other) => other.id.startsWith(`${block.id}/`))))).toBe(true);
  });
});
