import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { differenceText } from '../features/pipeline/web/answers/text';
import { answerCompany, ANSWERS_AT, files, type AnswerCompany } from './testing/answer-company';
import type { Person, TestApp } from './testing/test-app';

let at: AnswerCompany;
let app: TestApp;
let owner: Person;
let workspace: string;
let calls: string;

beforeAll(async () => {
  at = await answerCompany();
  ({ app, owner, workspace } = at);
});
afterAll(() => app.close());

describe('what the data carry', () => {
  test('nothing at first, and every question says which export holds what it lacks', async () => {
    const { leads, rungs } = await owner.client.answers.carries({ workspace });
    expect(leads).toBe(0);
    expect(rungs.map(({ question, answerable }) => [question, answerable])).toEqual([['usefulness', false], ['slow', false], ['dropout', false], ['fast', false], ['converting', false], ['attribution', false]]);
    expect(rungs[0]?.missing).toEqual(['leads', 'deals', 'groups']);
  });

  test('leads without deals, history and touches: each question names the column of the system that could hold it', async () => {
    await at.bringLeads();
    const { rungs } = await owner.client.answers.carries({ workspace });
    expect(rungs.map(({ question, missing }) => [question, missing])).toEqual([
      ['usefulness', ['deals']], ['slow', ['history']], ['dropout', ['history', 'losses']], ['fast', ['deals']], ['converting', ['deals']], ['attribution', ['deals', 'touches']],
    ]);
    expect(rungs.find(({ question }) => question === 'slow')?.recipes).toEqual([{ need: 'history', sourceId: at.sources.sales, source: 'Salesforce', system: 'salesforce' }]);
    expect(rungs.find(({ question }) => question === 'attribution')?.recipes[1]).toMatchObject({ need: 'touches', system: 'hubspot' });
  });

  test('with the files of both systems every question is carried', async () => {
    calls = await at.bringTheRest();
    expect((await owner.client.answers.carries({ workspace })).rungs.map(({ answerable }) => answerable)).toEqual([true, true, true, true, true, true]);
  });
});

describe('the answers', () => {
  test('are dated, and say that they are being worked out until they are', async () => {
    expect(await owner.client.answers.overview({ workspace })).toMatchObject({ computedAt: null, pending: true, answers: [] });
    await at.compute();
    const seen = await owner.client.answers.overview({ workspace });
    expect(seen).toMatchObject({ computedAt: ANSWERS_AT.toISOString(), pending: false });
    expect(seen.answers.map(({ question, finding }) => [question, finding.code, finding.confidence])).toEqual([
      ['usefulness', 'usefulness.sales', 'clear'], ['slow', expect.stringMatching(/^slow\.(stage|unclear)$/u), expect.stringMatching(/clear|early/u)], ['dropout', 'dropout.reason', 'clear'], ['fast', expect.any(String), expect.any(String)], ['converting', 'converting.mark', 'clear'],
    ]);
  });

  test('the funnel counts each lead once, tells won, lost and open apart, and marks young cohorts', async () => {
    const { content } = await owner.client.answers.funnel({ workspace });
    const all = content?.all;
    expect(all).toMatchObject({ entrants: files.truth.leads, won: files.truth.won, lost: files.truth.lost, open: files.truth.leads - files.truth.won - files.truth.lost });
    expect(content?.cohorts.reduce((sum, { entrants }) => sum + entrants, 0)).toBe(all?.entrants);
    expect(content?.cohorts.at(-1)?.mark).toBe('too young');
  });

  test('any two groups of any splits are compared in a sentence, with the interval of their difference', async () => {
    const splits = (await owner.client.answers.funnel({ workspace })).content?.splits;
    const sales = splits?.origin.find(({ value }) => value === 'sales');
    const webinar = splits?.channel.find(({ value }) => value === 'Webinar');
    if (!sales || !webinar) throw new Error('no such groups');
    const [p, q] = [sales.rate, webinar.rate];
    expect([p, q]).toEqual([sales.won / sales.entrants, webinar.won / webinar.entrants]);
    // Newcombe's tenth method, out of the Wilson intervals that stand beside the groups.
    const low = p - q - Math.hypot(p - sales.wilson95[0], webinar.wilson95[1] - q);
    const high = p - q + Math.hypot(sales.wilson95[1] - p, q - webinar.wilson95[0]);
    const points = (share: number) => (share * 100).toFixed(1);
    expect(low).toBeGreaterThan(0);
    expect(differenceText('Sales', sales, 'Webinar', webinar)).toBe(`Leads under “Sales” are won ${points(p - q)} points more often than those under “Webinar”, between ${points(low)} and ${points(high)} points (95% interval). Larger than chance explains.`);
    expect(differenceText('Webinar', webinar, 'Sales', sales)).toContain(`${points(p - q)} points less often than those under “Sales”, between ${points(low)} and ${points(high)} points`);
    expect(differenceText('Sales', sales, 'Sales', sales)).toMatch(/Chance alone could do the same\.$/u);
    expect(differenceText('Nobody', { won: 0, entrants: 0 }, 'Sales', sales)).toBeNull();
  });

  test('where leads slow, where they are lost and for what', async () => {
    const slow = (await owner.client.answers.slow({ workspace })).content;
    expect(slow?.finding.values).toMatchObject({ stage: 'Accepted by sales' });
    const accepted = slow?.stages.find(({ stage }) => stage === 'Accepted by sales');
    expect(accepted?.medianDays).toBeGreaterThan(20);
    const [last] = accepted?.outBy?.forward.slice(-1) ?? [];
    expect(last?.share).toBeGreaterThan(0.5);
    const drop = (await owner.client.answers.dropout({ workspace })).content;
    expect(drop?.finding.values).toMatchObject({ stage: 'Proposal', reason: 'Price' });
    expect(drop?.stages.reduce((sum, { lost }) => sum + lost, 0)).toBe(files.truth.lost);
  });

  test('split by function and by source inside a question, groups add up to the whole and open their leads', async () => {
    const slow = (await owner.client.answers.slow({ workspace })).content;
    const drop = (await owner.client.answers.dropout({ workspace })).content;
    const sum = (of: readonly number[]) => of.reduce((total, each) => total + each, 0);
    for (const split of ['origin', 'channel'] as const) {
      for (const { stageId, stays, waiting } of slow?.stages ?? []) {
        const groups = slow?.splits[split].find((each) => each.stageId === stageId)?.groups ?? [];
        expect([split, sum(groups.map((group) => group.stays)), sum(groups.map((group) => group.waiting))]).toEqual([split, stays, waiting]);
      }
      for (const { stageId, leads, lost } of drop?.stages ?? []) {
        const groups = drop?.splits[split].find((each) => each.stageId === stageId)?.groups ?? [];
        expect([split, sum(groups.map((group) => group.leads)), sum(groups.map((group) => group.lost))]).toEqual([split, leads, lost]);
      }
    }
    const lost = drop?.splits.origin.find(({ groups }) => groups.every((group) => group.lost > 0));
    expect(lost?.apart).not.toBeNull();
    expect(lost?.difference?.value).toBeCloseTo((lost?.groups[0]?.share ?? 0) - (lost?.groups[1]?.share ?? 0), 12);
    const [group] = lost?.groups ?? [];
    const behind = await owner.client.answers.leads({ workspace, answer: 'dropout', key: `${group?.key ?? ''}:lost` });
    expect([behind.length, new Set(behind.map(({ origin, end }) => `${origin} ${end}`))]).toEqual([Math.min(200, group?.lost ?? 0), new Set([`${group?.value ?? ''} lost`])]);
    const paced = slow?.splits.origin.flatMap(({ groups }) => groups).find(({ waiting }) => waiting > 0);
    expect((await owner.client.answers.leads({ workspace, answer: 'slow', key: `${paced?.key ?? ''}:waiting` })).length).toBe(Math.min(200, paced?.waiting ?? 0));
    const [mark] = (await owner.client.answers.converting({ workspace })).content?.marks ?? [];
    expect(sum(mark?.byOrigin.map(({ n }) => n) ?? [])).toBe(mark?.n);
    const own = mark?.byOrigin.find(({ origin }) => origin === 'marketing');
    const marked = await owner.client.answers.leads({ workspace, answer: 'converting', key: own?.key ?? '' });
    expect([marked.length, new Set(marked.map(({ origin }) => origin))]).toEqual([Math.min(200, own?.n ?? 0), new Set(['marketing'])]);
  });

  test('marks of converting leads are found, and the column that gives the outcome away is not one of them', async () => {
    const { content } = await owner.client.answers.converting({ workspace });
    expect(content?.finding.values).toMatchObject({ column: 'Employees', value: 'over 250' });
    expect(content?.leftOut.map(({ column }) => column)).toContain('Contract number');
    expect(content?.marks.map(({ column }) => column)).not.toContain('Contract number');
  });

  test('every figure opens its leads', async () => {
    const { content } = await owner.client.answers.usefulness({ workspace });
    const group = content?.byOrigin.find(({ name }) => name === 'sales');
    const rows = await owner.client.answers.leads({ workspace, answer: 'usefulness', key: group?.key ?? '' });
    expect(rows.length).toBe(Math.min(200, group?.entrants ?? 0));
    expect(new Set(rows.map(({ origin }) => origin))).toEqual(new Set(['sales']));
    const [first = '', second = ''] = rows.map(({ id }) => id);
    const out = async (id: string) => (await owner.client.answers.leads({ workspace, answer: 'usefulness', key: group?.key ?? '' })).find((row) => row.id === id)?.optedOut;
    await app.db.inWorkspace(workspace, (tx) => tx.execute(sql`update record set opted_out = (party_id = ${first}::uuid) where party_id in (${first}::uuid, ${second}::uuid)`));
    expect([await out(first), await out(second)]).toEqual([true, false]);
    expect(await owner.client.answers.leads({ workspace, answer: 'usefulness', key: 'origin:nobody' })).toEqual([]);
    const won = await owner.client.answers.leads({ workspace, answer: 'usefulness', key: `${group?.key ?? ''}:won` });
    expect([won.length, new Set(won.map(({ end }) => end))]).toEqual([Math.min(200, group?.won ?? 0), new Set(['won'])]);
  });

  test('every figure of every answer opens as many leads as it says, up to a page', async () => {
    type Row = Record<string, unknown>;
    const rowsIn = (value: unknown): Row[] => {
      if (value === null || typeof value !== 'object') return [];
      return [...(!Array.isArray(value) && 'key' in value ? [value as Row] : []), ...Object.values(value).flatMap(rowsIn)];
    };
    /** A stage's own row opens what is lost in it, or waits there; any other row all that it counts. */
    const countOf = (row: Row) => (row.reasons ? row.lost : 'outBy' in row ? row.waiting : (row.entrants ?? row.stays ?? row.leads ?? row.n ?? row.orders ?? row.count));
    const { answers } = owner.client;
    const wrong: unknown[] = [];
    let looked = 0;
    for (const answer of ['usefulness', 'slow', 'dropout', 'fast', 'converting', 'attribution'] as const) {
      const rows = rowsIn((await answers[answer]({ workspace })).content);
      const figures = rows.flatMap((row) => [[row.key, countOf(row)], ...(row.returnedKey ? [[row.returnedKey, row.returned]] : [])] as [string, number][]);
      for (const [key, count] of figures) {
        const ids = new Set((await answers.leads({ workspace, answer, key })).map(({ id }) => id));
        looked += 1;
        if (ids.size !== Math.min(200, count)) wrong.push({ answer, key, count, opens: ids.size });
      }
    }
    expect(wrong).toEqual([]);
    expect(looked).toBeGreaterThan(80);
  });

  test('under a side’s rule they count the leads that side counts, and every figure still opens its own', async () => {
    const all = (await owner.client.answers.funnel({ workspace })).content?.all.entrants ?? 0;
    const entrants: number[] = [];
    for (const rule of ['marketing', 'sales'] as const) {
      const counts = await owner.client.pipeline.twoCounts({ workspace, rule });
      const same = counts.rows.find(({ row }) => row === 'same_person')?.leads ?? 0;
      const own = counts.rows.find(({ row }) => row === 'own_find')?.leads ?? 0;
      const funnel = await owner.client.answers.funnel({ workspace, rule });
      expect([funnel.rule, funnel.counts?.passedOn, funnel.agreed, funnel.pending]).toEqual([rule, counts.counts.passedOn, false, false]);
      expect(funnel.content?.all.entrants).toBe(counts.passed - same + own);
      expect((await owner.client.pipeline.leads({ workspace, rule, end: 'won', limit: 1 })).total).toBe(funnel.content?.all.won);
      const useful = (await owner.client.answers.usefulness({ workspace, rule })).content;
      expect(useful?.basis.of).toBe(funnel.content?.all.entrants);
      const group = useful?.byOrigin.find(({ name }) => name === 'sales');
      expect(group?.key).toBe(`${rule}:origin:sales`);
      expect((await owner.client.answers.leads({ workspace, answer: 'usefulness', key: group?.key ?? '' })).length).toBe(Math.min(200, group?.entrants ?? 0));
      entrants.push(funnel.content?.all.entrants ?? 0);
      for (const answer of ['slow', 'dropout'] as const) {
        const told = await owner.client.answers[answer]({ workspace, rule });
        expect([answer, told.content?.basis.looked]).toEqual([answer, funnel.content?.all.entrants]);
        const stage = told.content?.stages.find((each) => ('stays' in each ? each.stays : each.leads) > 0);
        expect(stage?.key.startsWith(`${rule}:stage:`)).toBe(true);
        expect((await owner.client.answers.leads({ workspace, answer, key: `${stage?.key ?? ''}:all` })).length).toBeGreaterThan(0);
      }
      for (const answer of ['fast', 'converting'] as const) {
        const told = (await owner.client.answers[answer]({ workspace, rule })).content;
        expect(told?.leads).toBeLessThanOrEqual(told?.basis.looked ?? 0);
        for (const mark of told?.marks ?? []) expect(mark.key.startsWith(`${rule}:mark:`)).toBe(true);
      }
    }
    expect(entrants.every((n) => n > 0 && n <= all)).toBe(true);
    expect(new Set([...entrants, all]).size).toBeGreaterThan(1);
    await expect(owner.client.answers.funnel({ workspace, rule: 'agreed' })).rejects.toMatchObject({ status: 409 });
    await expect(owner.client.pipeline.leads({ workspace, rule: 'agreed' })).rejects.toMatchObject({ status: 409 });
  });

  test('a figure of the funnel opens exactly the leads it counts', async () => {
    const { content } = await owner.client.answers.funnel({ workspace });
    const [cohort] = content?.cohorts ?? [];
    const from = `${cohort?.month ?? ''}-01T00:00:00.000Z`;
    const next = new Date(from);
    next.setUTCMonth(next.getUTCMonth() + 1);
    const within = { enteredFrom: from, enteredTo: next.toISOString() };
    const totals = [];
    for (const end of [undefined, 'won', 'lost', 'open'] as const) totals.push((await owner.client.pipeline.leads({ workspace, ...within, ...(end ? { end } : {}), limit: 1 })).total);
    expect(totals).toEqual([cohort?.entrants, cohort?.won, cohort?.lost, (cohort?.open ?? 0) - (cohort?.recycled ?? 0)]);
    expect((await owner.client.pipeline.leads({ workspace, ...within, underWay: 'true', limit: 1 })).total).toBe(cohort?.open);
    expect((await owner.client.pipeline.leads({ workspace, reached: 'won', limit: 1 })).total).toBe(content?.all.won);
    expect((await owner.client.pipeline.leads({ workspace, territory: 'Nowhere', limit: 1 })).total).toBe(0);
  });

  test('are worked out anew once records change', async () => {
    const before = (await owner.client.answers.overview({ workspace })).leads;
    expect(before).toBe(700);
    await owner.client.customers.revertImport({ workspace, id: calls });
    await app.runJob('customers.revert-import', { workspaceId: workspace, importId: calls });
    expect(await owner.client.answers.overview({ workspace })).toMatchObject({ leads: before, pending: true });
    // A page that showed older answers than there are by now needs no new ones; one that shows these does.
    const wish = (seen: string) => app.runJob('pipeline.compute-answers', { workspaceId: workspace, seen });
    await wish('2026-05-31T08:00:00.000Z');
    expect((await owner.client.answers.overview({ workspace })).pending).toBe(true);
    // While records are compared they wait: the end of that has them worked out.
    await app.db.inWorkspace(workspace, async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`matching:${workspace}`}, 0))`);
      await wish(ANSWERS_AT.toISOString());
    });
    expect((await owner.client.answers.overview({ workspace })).pending).toBe(true);
    await wish(ANSWERS_AT.toISOString());
    expect((await owner.client.answers.overview({ workspace })).pending).toBe(false);
  });
});

describe('who sees them', () => {
  test('a viewer sees the figures and no names; another workspace has none of it', async () => {
    const invitation = await owner.client.workspace.invite({ workspace, email: 'vera@example.com', role: 'viewer' });
    const secret = invitation.link.split('#')[1] ?? '';
    const viewer = await app.signUp('Vera Viewer', secret);
    await viewer.client.workspace.acceptInvitation({ secret });
    expect((await viewer.client.answers.overview({ workspace })).answers).toHaveLength(5);
    await expect(viewer.client.answers.leads({ workspace, answer: 'usefulness', key: 'origin:sales' })).rejects.toMatchObject({ status: 403 });
    const other = (await owner.client.workspace.create({ name: 'Other', timeZone: 'UTC' })).id;
    await at.compute(other);
    expect((await owner.client.answers.overview({ workspace: other })).leads).toBe(0);
    expect((await owner.client.answers.funnel({ workspace: other })).content?.all.entrants).toBe(0);
    await expect(viewer.client.answers.overview({ workspace: other })).rejects.toMatchObject({ status: 404 });
  });


});
