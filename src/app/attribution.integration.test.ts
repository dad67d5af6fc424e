import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerCompany, files, rowsOf, type AnswerCompany } from './testing/answer-company';
import { generatedExports } from './testing/generated-exports';
import type { Person } from './testing/test-app';

let company: AnswerCompany;
let owner: Person;
let workspace: string;

const instant = (day = ''): number => Date.parse(`${day.replace(' ', 'T')}Z`);

type Won = { path: { channel: string; at: number }[]; entered: number; opened: number; closed: number };

/** The won leads with what they met before, straight from the files. */
const wonPaths = (): { wins: Won[]; met: Map<string, Set<string>>; won: Set<string> } => {
  const leads = new Map([...rowsOf(files.marketing), ...rowsOf(files.sales)].map((row) => [row['Lead ID'] ?? '', row]));
  const touches = new Map<string, Won['path']>();
  for (const { Email = '', Channel, Type, Date: day } of [...rowsOf(files.touches), ...rowsOf(files.activities)]) touches.set(Email, [...(touches.get(Email) ?? []), { channel: Channel ?? Type ?? '', at: instant(day) }]);
  const opened = new Map(rowsOf(files.history).flatMap((row) => (row['Stage'] === 'Opportunity' ? [[row['Lead ID'], instant(row['Date entered'])] as const] : [])));
  const won = new Set<string>();
  const wins = rowsOf(files.deals).map((deal): Won => {
    const lead = leads.get(deal['Lead ID'] ?? '') ?? {};
    const closed = instant(deal['Close Date']);
    won.add(lead['Email'] ?? '');
    return { path: (touches.get(lead['Email'] ?? '') ?? []).filter(({ at }) => at <= closed).toSorted((a, b) => a.at - b.at), entered: instant(lead['Create Date']), opened: opened.get(deal['Lead ID']) ?? NaN, closed };
  });
  return { wins, won, met: new Map([...touches].map(([email, all]) => [email, new Set(all.map(({ channel }) => channel))])) };
};

/** Shares of all orders by channel, each order split by these weights. */
const sharesBy = (wins: readonly Won[], weigh: (won: Won) => number[]): Map<string, number> => {
  const shares = new Map<string, number>();
  for (const won of wins) {
    const weights = weigh(won);
    const sum = weights.reduce((all, each) => all + each, 0);
    won.path.forEach(({ channel }, at) => shares.set(channel, (shares.get(channel) ?? 0) + (weights[at] ?? 0) / sum / wins.length));
  }
  return shares;
};

beforeAll(async () => {
  company = await answerCompany();
  ({ owner, workspace } = company);
  await company.bringLeads();
  await company.bringTheRest();
  await company.compute();
});
afterAll(() => company.app.close());

test('attribution ties the touches of both functions to leads and says how much it can carry', async () => {
  const { content } = await owner.client.answers.attribution({ workspace });
  expect(content?.carries).toMatch(/\d+ /u);
  expect(content?.channels.map(({ channel, side }) => [channel, side])).toEqual(expect.arrayContaining([['Webinar', 'marketing'], ['Call', 'sales']]));
  const linear = content?.channels.reduce((sum, { models }) => sum + (models.linear?.share ?? 0), 0);
  expect(linear).toBeCloseTo(1, 6);
  expect(content?.bySide.sales.linear).toBeGreaterThan(0);
});

test('W follows the marks, time decay the days, and what was met is counted, as worked out from the files', async () => {
  const { content } = await owner.client.answers.attribution({ workspace });
  const { wins, met, won } = wonPaths();
  expect([content?.conversions, content?.reasons.w, content?.reasons.timeDecay, content?.intervals]).toEqual([wins.length, undefined, undefined, true]);
  const decay = sharesBy(wins, ({ path, closed }) => path.map(({ at }) => 2 ** ((at - closed) / (7 * 86_400_000))));
  // 30 % each to the first touch, the last before the lead and the last before the opportunity; 10 % to the others.
  const w = sharesBy(wins, ({ path, entered, opened }) => {
    const weights = path.map(() => 0);
    for (const mark of [path[0]?.at ?? 0, entered, opened]) {
      const at = Math.max(0, path.findLastIndex((touch) => touch.at <= mark));
      weights[at] = (weights[at] ?? 0) + 0.3;
    }
    const others = weights.filter((weight) => weight === 0).length;
    return weights.map((weight) => (weight === 0 ? 0.1 / others : weight));
  });
  const told = (model: 'w' | 'timeDecay' | 'linear') => Object.fromEntries(content?.channels.map(({ channel, models }) => [channel, models[model]?.share.toFixed(9)]) ?? []);
  const expected = (shares: ReadonlyMap<string, number>) => Object.fromEntries([...shares].map(([channel, share]) => [channel, share.toFixed(9)]));
  expect([told('timeDecay'), told('w')]).toEqual([expected(decay), expected(w)]);
  expect(told('linear')).toEqual(expected(sharesBy(wins, ({ path }) => path.map(() => 1))));
  for (const { channel, models } of content?.channels ?? []) {
    for (const found of Object.values(models)) expect([channel, (found?.low ?? 1) <= (found?.share ?? 0), (found?.share ?? 1) <= (found?.high ?? 0)]).toEqual([channel, true, true]);
    const { w: byMarks } = models;
    expect([channel, (byMarks?.high ?? 0) - (byMarks?.low ?? 0) > 0, (byMarks?.high ?? 1) - (byMarks?.low ?? 0) < 0.2]).toEqual([channel, true, true]);
  }
  const webinar = content?.influences.find(({ items }) => items.join() === 'Webinar');
  const had = [...met].filter(([, items]) => items.has('Webinar'));
  const ordered = had.filter(([email]) => won.has(email)).length;
  expect(webinar).toMatchObject({ met: had.length, notMet: files.truth.leads - had.length, orders: ordered, shareOfOrders: ordered / wins.length });
  expect(webinar?.lift?.value).toBeCloseTo(ordered / had.length / ((wins.length - ordered) / (files.truth.leads - had.length)), 9);
  const pair = content?.combinations.find(({ items }) => items.join('+') === 'Call+Webinar');
  expect(pair?.met).toBe([...met.values()].filter((items) => items.has('Webinar') && items.has('Call')).length);
});

test('a channel’s figure opens the orders it is credited with', async () => {
  const credited = (await owner.client.answers.attribution({ workspace })).content?.channels[0];
  const orders = await owner.client.answers.leads({ workspace, answer: 'attribution', key: credited?.key ?? '' });
  expect([orders.length, new Set(orders.map(({ end }) => end))]).toEqual([Math.min(200, credited?.orders ?? 0), new Set(['won'])]);
});

test('touches that nobody can tie to a lead are said, and nothing is invented', async () => {
  const at = (await owner.client.workspace.create({ name: 'No keys', timeZone: 'UTC' })).id;
  const source = await company.sourceOf(at, 'CRM', 'sales');
  const bare = generatedExports(120, 5);
  await company.put(at, source, bare.sales, 'lead', 'leads.csv');
  await company.put(at, source, bare.touches.replaceAll(/p(\d+)@firm\d+/gu, 'x$1@elsewhere'), 'touch', 'touches.csv');
  await company.compute(at);
  const { content } = await owner.client.answers.attribution({ workspace: at });
  expect(content).toMatchObject({ code: 'no_link', channels: [], conversions: 0, tied: { onPath: 0 } });
  expect(content?.tied.touches).toBeGreaterThan(0);
});
