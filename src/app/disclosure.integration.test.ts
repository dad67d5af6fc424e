import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { randomUUID } from 'node:crypto';
import type { OpenResponse } from '../features/assessment/answer-contract';
import { person } from '../features/people/schema';
import { seeded } from '../lib/seeded';
import { device, inviteesOf, postTo, type Crowd, type OpenSurvey } from './testing/survey';
import { createTestApp, type Client, type Person, type TestApp } from './testing/test-app';

/** Everything the API says about answers, walked value by value, for what the gate must never let out. */

let app: TestApp;
let clock = new Date('2026-03-02T08:00:00Z');
let owner: Person;
let workspace: string;
let wave: string;
let survey: OpenSurvey;

const MINIMUM = { general: 5, leadership: 4 };
const CHARTS = ['tool', 'statements', 'distribution', 'spreads', 'heat', 'slope', 'worldview', 'relationship', 'overview'] as const;
const TOOLS = ['communication', 'connection'];
/** Invited and answering. East stays under the minimum, so that South has to keep it company. */
const crowds: (Crowd & { answering: number })[] = [
  { function: 'sales', level: 'front_line', territory: 'North', people: 13, answering: 12 },
  { function: 'sales', level: 'front_line', territory: 'South', people: 9, answering: 7 },
  { function: 'sales', level: 'front_line', territory: 'East', people: 8, answering: 3 },
  { function: 'marketing', level: 'front_line', territory: '', people: 8, answering: 7 },
  { function: 'leadership', level: 'leader', territory: '', people: 6, answering: 4 },
];

const assessment = (client: Client) => client.assessment;

beforeAll(async () => {
  app = await createTestApp({ now: () => clock });
  owner = await app.signUp('Olga Owner');
  workspace = (await owner.client.workspace.create({ name: 'Northwind', timeZone: 'UTC' })).id;
  await app.db.inWorkspace(workspace, (tx) =>
    tx.insert(person).values(
      crowds.flatMap((crowd) => Array.from({ length: crowd.people }, () => crowd)).map((crowd, at) => ({
        workspaceId: workspace, id: randomUUID(), name: `Person ${at}`, email: `p${at}@example.com`, emailKey: `p${at}@example.com`,
        function: crowd.function, level: crowd.level, territory: crowd.territory || null, createdAt: clock, updatedAt: clock,
      })),
    ),
  );
  const draft = await assessment(owner.client).createWave({ workspace, name: 'Autumn' });
  const known = (await assessment(owner.client).instruments({ workspace })).find((each) => each.id === draft.setup.instrumentId);
  const toolIds = (known?.tools ?? []).map((tool) => tool.id).filter((id) => TOOLS.some((word) => id.includes(word)) || id === known?.tools[1]?.id || id === known?.tools[2]?.id);
  const ready = await assessment(owner.client).updateWave({ workspace, wave: draft.id, version: draft.version, setup: { toolIds, minimum: MINIMUM } });
  wave = (await assessment(owner.client).launch({ workspace, wave: draft.id, version: ready.version })).id;
  survey = await inviteesOf(app.services, workspace, wave);
  const random = seeded(12);
  for (const crowd of crowds) {
    const leaf = crowd.function === 'sales' ? `sales/${crowd.territory}` : crowd.function;
    for (const invited of survey.invited.filter((each) => each.leafId === leaf).slice(0, crowd.answering)) {
      const phone = device(postTo(app.request), survey, invited);
      const page: OpenResponse = await phone.open();
      const scale = page.scale.max - page.scale.min + 1;
      // One in twelve left open, one in twelve "cannot judge": then statements have fewer answers than their section.
      const rate = () => (random() < 1 / 12 ? 0 : random() < 1 / 11 ? -1 : 1 + Math.floor(random() * scale));
      expect((await phone.send(await phone.answer(rate, `words from ${leaf}`))).status).toBe(200);
    }
  }
}, 120_000);
afterAll(() => app.close());

const walk = (value: unknown, visit: (value: unknown, path: string) => void, path = ''): void => {
  visit(value, path);
  if (Array.isArray(value)) value.forEach((each, index) => walk(each, visit, `${path}[${index}]`));
  else if (value !== null && typeof value === 'object') for (const [key, each] of Object.entries(value)) walk(each, visit, `${path}.${key}`);
};

const hasMoreThanOneDecimal = (value: number): boolean => Math.abs(value * 10 - Math.round(value * 10)) > 1e-6;

type Group = { blockId: string; n: number; sd: unknown; distribution?: unknown };
const isGroup = (value: unknown): value is Group => typeof value === 'object' && value !== null && 'blockId' in value && 'n' in value;
const isHidden = (value: unknown): boolean => JSON.stringify(value) === '{"hidden":true}';

describe('before closing', () => {
  test('nobody sees a score, and progress moves in whole minimum groups', async () => {
    await expect(assessment(owner.client).results({ workspace, wave })).rejects.toMatchObject({ code: 'CONFLICT' });
    for (const chart of CHARTS) await expect(assessment(owner.client).drawing({ workspace, wave, chart })).rejects.toMatchObject({ code: 'CONFLICT' });
    const progress = await assessment(owner.client).progress({ workspace, wave });
    expect(progress.functions).toEqual([
      { function: 'sales', invited: 30, atLeast: 20, minimum: 5 }, { function: 'marketing', invited: 8, atLeast: 5, minimum: 5 }, { function: 'leadership', invited: 6, atLeast: 4, minimum: 4 },
    ]);
    expect(progress.groups.map((group) => [group.id, group.enough])).toEqual([['leadership', true], ['marketing', true], ['sales/East', false], ['sales/North', true], ['sales/South', true]]);
    expect(Object.keys(progress.groups[0] ?? {}).sort()).toEqual(['enough', 'function', 'id', 'invited', 'label']);
  });
});

describe('after closing', () => {
  let answer: Awaited<ReturnType<Client['assessment']['results']>>;
  beforeAll(async () => {
    clock = new Date(clock.getTime() + 60 * 86_400_000);
    await app.runJob('assessment-tend', {});
    answer = await assessment(owner.client).publish({ workspace, wave, published: true }).then(() => assessment(owner.client).results({ workspace, wave }), () => assessment(owner.client).results({ workspace, wave }));
  });

  test('the blocks are those the gate allows', () => {
    expect(answer.results.blocks.map((block) => [block.id, block.n]).sort()).toEqual([['leadership', 4], ['marketing', 7], ['overall', 29], ['sales', 22], ['sales/North', 12], ['sales/~others', 10]]);
  });

  test('every figure has one decimal, every group its minimum, and what needs ten people has ten', () => {
    let numbers = 0;
    let groups = 0;
    let open = 0;
    walk(answer.results.tools, (value, path) => {
      if (typeof value === 'number') {
        numbers += 1;
        expect([path, value, hasMoreThanOneDecimal(value)]).toEqual([path, value, false]);
      }
      if (!isGroup(value)) return;
      groups += 1;
      if (value.n === 0) {
        // A hidden group tells nothing, not even how many it has.
        walk(value, (inside, place) => {
          if (typeof inside === 'number') expect([path, place, inside]).toEqual([path, '.n', 0]);
        });
        return;
      }
      open += 1;
      const least = value.blockId === 'leadership' ? MINIMUM.leadership : MINIMUM.general;
      expect([path, value.n >= least]).toEqual([path, true]);
      if ('distribution' in value && value.n < 10) expect([path, isHidden(value.sd), isHidden(value.distribution)]).toEqual([path, true, true]);
      if (!('distribution' in value) && value.n < 5) expect([path, isHidden(value.sd)]).toEqual([path, true]);
    });
    expect(groups).toBeGreaterThan(open);
    expect(open).toBeGreaterThan(60);
    expect(numbers).toBeGreaterThan(200);
  });

  test('no name of a hidden group, no smallest or largest answer, no single answer anywhere', () => {
    const words = new Set<string>();
    walk(answer.results.tools, (_value, path) => void words.add(path.split('.').at(-1)?.replace(/\[\d+\]/g, '') ?? ''));
    for (const forbidden of ['min', 'max', 'answers', 'ratings', 'variance', 'median']) {
      const found = [...words].filter((word) => word === forbidden);
      expect([forbidden, found]).toEqual([forbidden, []]);
    }
    expect(answer.results.blocks.filter((block) => block.id.includes('East') || block.id.includes('South'))).toEqual([]);
  });

  test('drawings and their tables say no more than that', async () => {
    const sections = answer.instrument.tools.flatMap((tool) => tool.sections);
    let drawn = 0;
    for (const chart of CHARTS)
      for (const section of sections) {
        const drawing = await assessment(owner.client).drawing({ workspace, wave, chart, section: section.id }).catch(() => undefined);
        if (!drawing) continue;
        drawn += 1;
        for (const cell of drawing.table.rows.flat()) {
          if (typeof cell === 'number') expect([chart, cell, hasMoreThanOneDecimal(cell)]).toEqual([chart, cell, false]);
          else expect([chart, String(cell)]).toEqual([chart, expect.not.stringMatching(/\d[.,]\d\d/)]);
        }
        expect([chart, drawing.finding]).toEqual([chart, expect.not.stringMatching(/\d[.,]\d\d/)]);
      }
    expect(drawn).toBeGreaterThan(8);
  });

  test('a shared summary holds no comment', async () => {
    const shared = await assessment(owner.client).share({ workspace, wave, shared: true }).catch(() => undefined);
    const secret = shared?.link?.split('#')[1] ?? shared?.link?.split('/').at(-1) ?? '';
    expect(answer.results.comments.flatMap((each) => each.texts).length).toBeGreaterThan(20);
    const open = await assessment(app.bearer()).shared({ secret });
    expect(open.results.comments.flatMap((each) => each.texts)).toEqual([]);
    expect(open.results.blocks).toEqual(answer.results.blocks);
  });
});
