import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLeadDesk, type LeadDesk } from './testing/lead-desk';

const MINUTE = 60_000;
let desk: LeadDesk;

beforeAll(async () => {
  desk = await openLeadDesk();
});
afterAll(() => desk.app.close());

describe('moves', () => {
  test('go into the log with actor and time; backward and out only with a reason; a stale version is refused', async () => {
    const { clock, workspace, stages, say, addLeads, lead } = desk;
    const [id = ''] = await addLeads(1);
    await say().move({ workspace, ids: [id], stageId: stages.opportunity ?? '' });
    const there = await lead(id);
    expect(there).toMatchObject({ stageId: stages.opportunity, stageSince: new Date(clock.now).toISOString() });
    expect(there.log.at(-1)).toMatchObject({ stageId: stages.opportunity, actor: 'Olga Owner', from: 'hand', at: new Date(clock.now).toISOString() });
    clock.now += MINUTE;
    await expect(say().move({ workspace, ids: [id], stageId: stages.accepted ?? '' })).rejects.toMatchObject({ code: 'INVALID' });
    await expect(say().move({ workspace, ids: [id], stageId: stages.lost ?? '', reason: '  ' })).rejects.toMatchObject({ code: 'INVALID' });
    await expect(say().move({ workspace, ids: [id], stageId: stages.lost ?? '', reason: 'No budget', version: there.version - 1 })).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE' });
    expect((await lead(id)).log).toHaveLength(there.log.length);
    await say().move({ workspace, ids: [id], stageId: stages.lost ?? '', reason: 'No budget', version: there.version });
    expect(await lead(id)).toMatchObject({ end: 'lost', reason: 'No budget' });
    clock.now += MINUTE;
    await say().move({ workspace, ids: [id], stageId: stages.qualified ?? '', reason: 'They called again' });
    expect(await lead(id)).toMatchObject({ end: 'open', stageId: stages.qualified, endedAt: null, reason: 'They called again' });
    expect((await lead(id)).log.map((entry) => entry.stageId)).toEqual([stages.inquiry, stages.opportunity, stages.lost, stages.qualified]);
  });

  test('of many leads are taken back whole within a minute; the log keeps both, and the past stays as it was', async () => {
    const { clock, workspace, stages, say, addLeads, lead } = desk;
    const ids = await addLeads(5);
    const before = await Promise.all(ids.map(lead));
    clock.now += MINUTE;
    const counts = await say().board({ workspace });
    const { act, moved } = await say().move({ workspace, ids, stageId: stages.proposal ?? '' });
    expect(moved).toBe(5);
    const at = new Date(clock.now + 1).toISOString();
    clock.now += 8_000;
    expect(await say().undo({ workspace, act })).toEqual({ leads: 5 });
    const after = await Promise.all(ids.map(lead));
    const bare = ({ version: _, log: __, ...row }: (typeof before)[number]) => row;
    expect(after.map(bare)).toEqual(before.map(bare));
    expect(after.every((row, index) => row.log.length === (before[index]?.log.length ?? 0) + 2)).toBe(true);
    expect((await say().board({ workspace })).stages).toEqual(counts.stages);
    // What was seen in between can be replayed: five more stood at the proposal.
    const between = await say().board({ workspace, asOf: at });
    const standing = (view: typeof counts) => view.stages.find((each) => each.stageId === stages.proposal)?.leads ?? 0;
    expect(standing(between) - standing(counts)).toBe(5);
    await expect(say().undo({ workspace, act })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('are not taken back late, or once something else happened', async () => {
    const { clock, workspace, stages, say, addLeads, lead } = desk;
    const [one = '', two = ''] = await addLeads(2);
    const { act } = await say().move({ workspace, ids: [one, two], stageId: stages.accepted ?? '' });
    clock.now += 1_000;
    await say().move({ workspace, ids: [two], stageId: stages.won ?? '' });
    await expect(say().undo({ workspace, act })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await lead(one)).stageId).toBe(stages.accepted);
    const late = await say().move({ workspace, ids: [one], stageId: stages.opportunity ?? '' });
    clock.now += MINUTE + 1;
    await expect(say().undo({ workspace, act: late.act })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('survive the same file and a later one, since the log keeps what people did', async () => {
    const { workspace, stages, say, addLeads, lead } = desk;
    const [id = ''] = await addLeads(1);
    await say().move({ workspace, ids: [id], stageId: stages.opportunity ?? '' });
    const before = await lead(id);
    await addLeads(1);
    expect(await lead(id)).toEqual(before);
  });
});

describe('handing over', () => {
  test('an offer moves a lead to qualified, an answer to accepted; each once', async () => {
    const { clock, workspace, sam, stages, say, addLeads, lead, offersOf } = desk;
    const [id = ''] = await addLeads(1);
    await say().offer({ workspace, ids: [id], toPersonId: sam, note: 'Asked for a demo' });
    expect(await lead(id)).toMatchObject({ stageId: stages.qualified, passedAt: new Date(clock.now).toISOString() });
    await expect(say().offer({ workspace, ids: [id] })).rejects.toMatchObject({ code: 'CONFLICT' });
    const [offer] = await offersOf(id);
    expect(offer).toMatchObject({ state: 'offered', to: 'Sam Sales', offeredBy: 'Olga Owner', offerNote: 'Asked for a demo' });
    await say().decide({ workspace, ids: [offer?.id ?? ''], decision: { kind: 'accept' } });
    expect(await lead(id)).toMatchObject({ stageId: stages.accepted, end: 'open' });
    await expect(say().decide({ workspace, ids: [offer?.id ?? ''], decision: { kind: 'accept' } })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('a lead goes back with a reason, or until a date; marketing can dispute, and both see how it was settled', async () => {
    const { clock, workspace, stages, say, addLeads, lead, offersOf } = desk;
    const [one = '', two = ''] = await addLeads(2);
    await say().offer({ workspace, ids: [one, two] });
    const [first] = await offersOf(one);
    const [second] = await offersOf(two);
    await expect(say().decide({ workspace, ids: [first?.id ?? ''], decision: { kind: 'reject', reason: ' ' } })).rejects.toMatchObject({ code: 'INVALID' });
    await say().decide({ workspace, ids: [first?.id ?? ''], decision: { kind: 'reject', reason: 'No budget' } });
    expect(await lead(one)).toMatchObject({ end: 'recycled', stageId: stages.recycled, returnReason: 'No budget', returnedAt: new Date(clock.now).toISOString() });
    await expect(say().decide({ workspace, ids: [second?.id ?? ''], decision: { kind: 'recycle', nurtureUntil: '2026-05-01T00:00:00Z' } })).rejects.toMatchObject({ code: 'INVALID' });
    await say().decide({ workspace, ids: [second?.id ?? ''], decision: { kind: 'recycle', reason: 'Next year', nurtureUntil: '2027-01-15T00:00:00Z' } });
    expect(await lead(two)).toMatchObject({ end: 'recycled', nurtureUntil: '2027-01-15T00:00:00.000Z' });
    expect(await say().dispute({ workspace, id: first?.id ?? '', note: 'They have a budget line' })).toMatchObject({ disputeNote: 'They have a budget line', settledAt: null });
    await expect(say().dispute({ workspace, id: first?.id ?? '', note: 'Again' })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await say().handoffs({ workspace, disputed: true })).rows.map((row) => row.id)).toEqual([first?.id]);
    expect(await say().settle({ workspace, id: first?.id ?? '', note: 'Offered again in autumn' })).toMatchObject({ settleNote: 'Offered again in autumn' });
    expect((await say().handoffs({ workspace, disputed: true })).rows).toEqual([]);
    const web = (await say().outcomes({ workspace })).rows.find((row) => row.group === 'Web');
    expect(web?.returned.n).toBeGreaterThanOrEqual(2);
    expect(web?.byReason.find((each) => each.reason === 'No budget')?.share).toMatchObject({ n: 1, of: web?.returned.of });
    await expect(say().outcomes({ workspace, by: 'person' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('an answer and an offer can be taken back at once', async () => {
    const { clock, workspace, sam, stages, say, addLeads, lead, offersOf } = desk;
    const [id = ''] = await addLeads(1);
    const before = await lead(id);
    const { act: offered } = await say().offer({ workspace, ids: [id], toPersonId: sam });
    const [offer] = await offersOf(id);
    clock.now += 1_000;
    const { act } = await say().decide({ workspace, ids: [offer?.id ?? ''], decision: { kind: 'reject', reason: 'No budget' } });
    await say().undo({ workspace, act });
    expect((await offersOf(id))[0]).toMatchObject({ state: 'offered', reason: null, decidedBy: null });
    expect(await lead(id)).toMatchObject({ stageId: stages.qualified, returnedAt: null, returnReason: null });
    await say().undo({ workspace, act: offered });
    expect((await offersOf(id))[0]).toMatchObject({ state: 'withdrawn' });
    expect(await lead(id)).toMatchObject({ stageId: before.stageId, stageSince: before.stageSince, passedAt: null });
  });

  test('of fifty who take a lead on at once, one does', async () => {
    const { workspace, stages, say, addLeads, lead, offersOf, offerBy, press } = desk;
    const [id = ''] = await addLeads(1);
    const [accept] = await offerBy(id);
    const [offer] = await offersOf(id);
    const answers = await Promise.all(Array.from({ length: 50 }, (_, at) =>
      at % 2 === 0
        ? press(accept).then((response) => response.status)
        : say().decide({ workspace, ids: [offer?.id ?? ''], decision: { kind: 'accept' } }).then(() => 200, (error: { status: number }) => error.status)));
    expect(answers.filter((status) => status === 200)).toHaveLength(1);
    expect(answers.filter((status) => status === 409)).toHaveLength(49);
    expect((await lead(id)).log.filter((entry) => entry.stageId === stages.accepted)).toHaveLength(1);
  });
});
