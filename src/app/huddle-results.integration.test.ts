import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Seen } from '../features/huddle/domain/present';
import type { Outcome, SentOperation } from '../features/huddle/live-contract';
import { pdfTexts } from '../features/assessment/reports/pdf/pdf-text.test-support';
import { createTestApp, type Person, type TestApp } from './testing/test-app';

/** Results of the survey in a Huddle, two who lead it at once, and what either of them gets of what is not open. */
let app: TestApp;
let owner: Person;
let workspace: string;

beforeAll(async () => {
  app = await createTestApp();
  owner = await app.signUp('Olga Owner');
  workspace = (await owner.client.workspace.create({ name: 'Northwind', timeZone: 'UTC' })).id;
});
afterAll(() => app.close());

const json = { 'content-type': 'application/json' };
const act = async (pass: string, ...operations: SentOperation[]): Promise<string[]> => {
  const response = await app.request('/api/huddle/operations', { method: 'POST', headers: { ...json, authorization: `Bearer ${pass}` }, body: JSON.stringify({ operations: operations.map((operation) => ({ id: randomUUID(), operation })) }) });
  expect(response.status).toBe(200);
  return ((await response.json()) as { saved: Outcome[] }).saved.map((outcome) => (outcome.saved ? 'saved' : outcome.refusal));
};
const joinAs = async (code: string, name: string, does: string): Promise<{ pass: string; seat: string }> => {
  const response = await app.request('/api/huddle/join', { method: 'POST', headers: json, body: JSON.stringify({ code, name, function: does }) });
  expect(response.status).toBe(200);
  const told = (await response.json()) as { pass: string; seat: { id: string } };
  return { pass: told.pass, seat: told.seat.id };
};
/** The whole that a device is given when it comes, byte for byte, and what it holds. */
const whole = async (pass: string): Promise<{ bytes: string; entities: Record<string, Seen> }> => {
  const response = await app.request('/api/huddle/stream', { headers: { authorization: `Bearer ${pass}` } });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  let bytes = '';
  while (!bytes.includes('"t":"snapshot"') || !bytes.endsWith('\n\n')) bytes += new TextDecoder().decode((await reader.read()).value);
  await reader.cancel();
  const snapshot = bytes.split('\n\n').filter(Boolean).map((event) => JSON.parse(event.slice(6)) as { t: string; entities: Record<string, Seen> }).find(({ t }) => t === 'snapshot');
  return { bytes, entities: snapshot?.entities ?? {} };
};
type Head = { code: string; steps: { id: string; kind: string }[] };
const headOf = async (pass: string): Promise<Head> => (await whole(pass)).entities['head'] as Head;
const notesOf = ({ entities }: Awaited<ReturnType<typeof whole>>) => Object.entries(entities).flatMap(([key, value]) => (key.startsWith('note/') && value ? [value as { text: string; hidden: boolean; author: string | null; team: string | null }] : []));
const begun = async (anonymity: 'named' | 'nobody' = 'nobody') => {
  const { id } = await owner.client.huddle.create({ workspace, name: 'Spring Huddle', anonymity });
  const lead = (await owner.client.huddle.enter({ workspace, id, as: 'facilitator' })).pass;
  const wall = (await owner.client.huddle.enter({ workspace, id, as: 'screen' })).pass;
  const { code, steps } = await headOf(lead);
  const [sam, mia] = [await joinAs(code, 'NAME-Sam', 'sales'), await joinAs(code, 'NAME-Mia', 'marketing')];
  const place = (kind: string) => steps.findIndex((step) => step.kind === kind);
  const note = (kind: string, channel: string, text: string, of: string = randomUUID()) => ({ kind: 'note', note: of, step: steps[place(kind)]?.id ?? '', channel, text, about: null }) as SentOperation;
  return { id, lead, wall, sam, mia, place, note, stepOf: (kind: string) => steps[place(kind)]?.id ?? '' };
};
const another = async (): Promise<Person> => {
  const secret = (await owner.client.workspace.invite({ workspace, email: `${randomUUID()}@example.com`, role: 'facilitator' })).link.split('#')[1] ?? '';
  const person = await app.signUp('Fay Facilitator', secret);
  await person.client.workspace.acceptInvitation({ secret });
  return person;
};

/** Ten statements on communication, of so many of each function: 3, 4 and 5 in turn. */
const answersOf = (people: Record<string, number>): string => {
  const columns = Array.from({ length: 10 }, (_, at) => `3.${at + 1}`);
  return [['function', 'level', 'territory', ...columns].join(','), ...Object.entries(people).flatMap(([does, count]) => Array.from({ length: count }, (_, at) => [does, 'front line', at < 6 ? 'North' : 'South', ...columns.map(() => (at % 3) + 3)].join(',')))].join('\n');
};

test('before a survey is in the check says so, and nothing can be shown', async () => {
  const { id, lead, wall, place } = await begun();
  expect(await owner.client.huddle.check({ workspace, id })).toEqual({ survey: null, tools: [] });
  expect(await act(lead, { kind: 'start' }, { kind: 'go', to: place('synthesis') }, { kind: 'show', tool: '3' })).toEqual(['saved', 'saved', 'saved']);
  expect((await whole(wall)).entities['shown'] ?? null).toBeNull();
});

test('the check tells what will be shown, and that is what everybody gets: figures by function as the gate lets them out, and nothing finer', async () => {
  const text = answersOf({ sales: 12, marketing: 6, leadership: 3 });
  const { wave } = await owner.client.assessment.importAnswers({ workspace, name: 'On paper', instrumentId: 'c3', text, closedOn: '2026-06-01', minimum: 5, invited: {}, dryRun: false });
  const fay = await another();
  const { id, lead, wall, sam, mia, place } = await begun();
  expect(await fay.client.huddle.check({ workspace, id })).toMatchObject({ survey: { name: 'On paper', published: false } });
  await fay.client.assessment.publish({ workspace, wave: wave ?? '', published: true });
  const ready = await owner.client.huddle.check({ workspace, id });
  expect(ready).toMatchObject({ survey: { name: 'On paper', published: true } });
  // Three of leadership are too few: they are told as hidden before anybody is in the room.
  expect(ready.tools.find(({ tool }) => tool === '3')).toEqual({ tool: '3', shown: ['sales', 'marketing'] });
  const fays = (await fay.client.huddle.enter({ workspace, id, as: 'facilitator' })).pass;
  await act(lead, { kind: 'start' }, { kind: 'go', to: place('synthesis') });
  expect(await act(sam.pass, { kind: 'show', tool: '3' })).toEqual(['not_yours']);
  expect(await act(fays, { kind: 'show', tool: '3' })).toEqual(['saved']);
  const { results } = await owner.client.assessment.results({ workspace, wave: wave ?? '' });
  const section = results.tools.flatMap(({ sections }) => sections).find(({ sectionId }) => sectionId === '3');
  const mean = (block: string) => section?.groups.find(({ blockId }) => blockId === block)?.mean;
  for (const pass of [lead, fays, wall, sam.pass, mia.pass]) {
    const { entities, bytes } = await whole(pass);
    const shown = entities['shown'] as { tool: string; wave: string; sections: { id: string; groups: { function: string; mean: number | null; n: number }[] }[] };
    expect(shown).toMatchObject({ tool: '3', wave: 'On paper', sections: [{ id: '3' }] });
    const groups = new Map(shown.sections[0]?.groups.map((group) => [group.function, group]));
    expect([groups.get('sales')?.mean, groups.get('marketing')?.mean, groups.get('leadership')?.mean ?? null]).toEqual([mean('sales'), mean('marketing'), null]);
    expect(groups.get('leadership')?.n ?? 0).toBe(0);
    // No part of a function, no statement, no spread.
    for (const word of ['North', 'South', '3.1', '"sd"', 'distribution', 'statement']) expect([word, bytes.includes(word)]).toEqual([word, false]);
  }
  await act(lead, { kind: 'show', tool: null });
  expect((await whole(wall)).entities['shown'] ?? null).toBeNull();
  const { steps } = await owner.client.huddle.record({ workspace, id });
  expect(steps.flatMap(({ kind, shown }) => shown.map(({ tool }) => [kind, tool]))).toEqual([['synthesis', '3']]);
});

test('the pack for a room without a network holds agenda, prompts, what the survey said as the gate lets it out, and forms for actions', async () => {
  const { id } = await owner.client.huddle.create({ workspace, name: 'In the barn', startsAt: '2035-03-06T08:30:00Z' });
  const paper = async (of: string, huddle: string): Promise<string> => {
    const response = await app.request(`/api/workspaces/${of}/huddles/${huddle}/paper.pdf`, { headers: { cookie: owner.cookie } });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    return pdfTexts(new Uint8Array(await response.arrayBuffer())).join(' ').replaceAll(/\s+/gu, ' ');
  };
  const told = await paper(workspace, id);
  for (const text of ['08:30 1. Kick-off 30 min', 'The role we expect of the other function', 'Our three most important', 'Said in “On paper”', 'Tool 3: communication Sales 4.0 (n 12) · Marketing 4.0 (n 6) · no gap', 'What will be done', 'A direct positive effect', 'This is not a blame game']) expect([text, told.includes(text)]).toEqual([text, true]);
  const { id: bare } = await owner.client.workspace.create({ name: 'Bare', timeZone: 'UTC' });
  const { id: without } = await owner.client.huddle.create({ workspace: bare, name: 'Without a survey' });
  expect(await paper(bare, without)).toContain('There is no survey with results to print.');
});

test('two lead at once: either goes on where the other stopped, and neither reads what is not open', async () => {
  const fay = await another();
  const { id, lead, wall, sam, mia, place, note, stepOf } = await begun();
  const fays = (await fay.client.huddle.enter({ workspace, id, as: 'facilitator' })).pass;
  const team = { id: randomUUID(), number: 1, room: null, members: [sam.seat, mia.seat] };
  expect(await act(lead, { kind: 'draw', of: 'mixed', teams: [team] }, { kind: 'start' })).toEqual(['saved', 'saved']);
  expect(await act(fays, { kind: 'go', to: place('evening') }, { kind: 'pause' })).toEqual(['saved', 'saved']);
  expect(await act(lead, { kind: 'resume' }, { kind: 'extend', minutes: 5 })).toEqual(['saved', 'saved']);
  // What those who lead reflect on is theirs together, until the next morning.
  expect(await act(fays, note('evening', 'weakness', 'SECRET-SWOT'))).toEqual(['saved']);
  expect([(await whole(lead)).bytes.includes('SECRET-SWOT'), (await whole(wall)).bytes.includes('SECRET-SWOT'), (await whole(sam.pass)).bytes.includes('SECRET-SWOT')]).toEqual([true, false, false]);
  expect(await act(lead, { kind: 'go', to: place('disconnects') })).toEqual(['saved']);
  expect((await whole(wall)).bytes.includes('SECRET-SWOT')).toBe(false);
  const disconnect = randomUUID();
  expect(await act(sam.pass, note('disconnects', 'disconnect', 'SECRET-OF-TEAM', disconnect))).toEqual(['saved']);
  expect((await whole(mia.pass)).bytes.includes('SECRET-OF-TEAM')).toBe(true);
  for (const pass of [lead, fays, wall]) expect((await whole(pass)).bytes.includes('SECRET-OF-TEAM')).toBe(false);
  // A vote that runs: how many have voted, and for nobody what on.
  const step = stepOf('disconnects');
  expect(await act(fays, { kind: 'reveal', step }, { kind: 'round', step, open: true, tokens: 5 })).toEqual(['saved', 'saved']);
  for (const { pass } of [sam, mia]) expect(await act(pass, { kind: 'vote', step, nth: 1, targets: [disconnect, disconnect] })).toEqual(['saved']);
  for (const pass of [lead, fays, wall, mia.pass]) expect((await whole(pass)).entities[`round/${step}`]).toMatchObject({ open: true, voters: 2, tally: null });
  expect(await act(lead, { kind: 'round', step, open: false, tokens: 5 })).toEqual(['saved']);
  // Of two voters each would know the other's: none is told.
  for (const pass of [lead, fays, wall, mia.pass]) expect((await whole(pass)).entities[`round/${step}`]).toMatchObject({ open: false, few: true, tally: null });
});

test('what is taken off the wall bears nobody’s name, not even for those who took it off; anonymity is tightened and never loosened', async () => {
  const { id, lead, wall, sam, mia, place, note } = await begun('named');
  const [one, other] = [randomUUID(), randomUUID()];
  await act(lead, { kind: 'start' }, { kind: 'go', to: place('synthesis') });
  expect(await act(sam.pass, note('synthesis', 'link', 'With a name', one))).toEqual(['saved']);
  expect(notesOf(await whole(mia.pass))).toMatchObject([{ text: 'With a name', author: 'NAME-Sam' }]);
  expect(await act(lead, { kind: 'tighten', to: 'nobody' }, { kind: 'tighten', to: 'team' }, { kind: 'tighten', to: 'named' })).toEqual(['saved', 'never_looser', 'never_looser']);
  expect(notesOf(await whole(mia.pass))).toMatchObject([{ text: 'With a name', author: null, team: null }]);
  expect(await act(mia.pass, note('synthesis', 'link', 'Hurts somebody', other))).toEqual(['saved']);
  expect(await act(sam.pass, { kind: 'hide', note: other, hidden: true })).toEqual(['not_yours']);
  expect(await act(lead, { kind: 'hide', note: other, hidden: true })).toEqual(['saved']);
  for (const pass of [wall, sam.pass, mia.pass]) expect((await whole(pass)).bytes.includes('Hurts somebody')).toBe(false);
  const seen = await whole(lead);
  expect(notesOf(seen).find(({ text }) => text === 'Hurts somebody')).toMatchObject({ hidden: true, author: null, team: null });
  // Nor is it to be had from what is kept: neither seat nor time, only a key that leads to nobody without the author's own pass.
  const { rows } = await app.db.inWorkspace(workspace, (tx) => tx.execute<{ seat_id: string | null; at: string | null }>(`select seat_id, at from huddle_operation where huddle_id = '${id}' and operation ->> 'text' = 'Hurts somebody'`));
  expect(rows).toEqual([{ seat_id: null, at: null }]);
  expect(await act(lead, { kind: 'hide', note: other, hidden: false })).toEqual(['saved']);
  expect((await whole(wall)).bytes.includes('Hurts somebody')).toBe(true);
});
