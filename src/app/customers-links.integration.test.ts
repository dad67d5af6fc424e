import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from 'drizzle-orm';
import { matchRecords } from '../features/customers/commands/match-records';
import { momentsOf } from '../features/customers/web/customer/moments';
import { createTestApp, type Person, type TestApp } from './testing/test-app';
import { bringLines, twoSystems, type TwoSystems } from './testing/two-systems';

let app: TestApp;
let owner: Person;

beforeAll(async () => {
  app = await createTestApp();
  owner = await app.signUp('Olga Owner');
});
afterAll(() => app.close());

type At = TwoSystems;

const company = () => twoSystems(owner);
const bring = (at: At, source: string, lines: readonly string[], kind?: string) => bringLines(app, owner, at, source, lines, kind);
const revert = async ({ workspace }: At, id: string) => {
  await owner.client.customers.revertImport({ workspace, id });
  await app.runJob('customers.revert-import', { workspaceId: workspace, importId: id });
};
const match = ({ workspace }: At) => app.runJob('customers.match', { workspaceId: workspace });
const records = async ({ workspace }: At) => (await owner.client.customers.records({ workspace, limit: 500 })).rows;
const idOf = async (at: At, key: string): Promise<string> => (await records(at)).find((row) => row.key === key)?.id ?? '';
const leadNames = async ({ workspace }: At) => (await owner.client.pipeline.leads({ workspace, sort: 'name', order: 'asc' })).rows.map((row) => row.name);
const together = async (at: At, one: string, other: string): Promise<boolean> => {
  const rows = await records(at);
  return rows.find((row) => row.key === one)?.party === rows.find((row) => row.key === other)?.party;
};

/** Everything that linking may touch, without ids that are drawn anew and counters of changes. */
const digest = ({ workspace }: At) =>
  app.db.inWorkspace(workspace, async (tx) => {
    const rows = async (query: ReturnType<typeof sql>) => (await tx.execute(query)).rows;
    return {
      records: await rows(sql`select * from record order by id`),
      leads: await rows(sql`select to_jsonb(l) - 'version' as lead from lead l order by id`),
      log: await rows(sql`select lead_id, at, stage_id, reason, actor, "from", record_id from stage_event order by lead_id, at, stage_id, record_id`),
    };
  });

const HEAD = 'Lead ID,First Name,Last Name,Email,Phone,Company,Status,Create Date';
/** So that there is something to learn from: twenty people whom both sides know and twenty whom one side knows. */
const crowd = (side: 'm' | 'c'): string[] =>
  Array.from({ length: 40 }, (_, at) => at).filter((at) => at < 20 || (side === 'm') === at % 2 > 0).map((at) => {
    const given = ['Klara', 'Jonas', 'Miriam', 'Oskar', 'Tessa', 'Henrik', 'Paula', 'Lennart', 'Smilla', 'Vincent'][at % 10] ?? '';
    const surname = ['Abendroth', 'Birkhahn', 'Czerny', 'Dornseif', 'Eichenlaub', 'Falkenrath', 'Grünewald', 'Hollerbach'][Math.floor(at / 5)] ?? '';
    const firm = ['Nordwerk', 'Talmühle', 'Kontorhaus', 'Bergquell', 'Seeblick'][at % 5] ?? '';
    return `${side}${at},${given},${surname},${given.toLowerCase()}.${surname.toLowerCase().replace('ü', 'ue')}@${firm.toLowerCase().replace('ü', 'ue')}.example,,${firm}${side === 'c' ? ' GmbH' : ''},New,2026-01-0${1 + (at % 8)}`;
  });

/** Marketing's and sales' row, and whether they are one person. Named after what goes wrong. */
const SEVEN: readonly (readonly [key: string, marketing: string, sales: string, same: boolean])[] = [
  ['mailbox', 'Ottilie,Brandstetter,info@veloxpumpen.de,,Velox Pumpen', 'Gernot,Haselbach,info@veloxpumpen.de,,Velox Pumpen GmbH', false],
  ['namesake', 'Thomas,Müller,thomas.mueller@karst.com,,Karst Ventile', 'Thomas,Müller,t.mueller@ostwind.de,,Ostwind Energie', false],
  ['nickname', 'Bob,Quillfeather,robert.quillfeather@ostwind.de,,Ostwind Energie', 'Robert,Quillfeather,robert.quillfeather@ostwind.de,,Ostwind Energie AG', true],
  ['siblings', 'Daniel,Thistlewood,,+49 30 8877665,Karst Ventile', 'Daniela,Thistlewood,,+49 30 8877665,Karst Ventile', false],
  ['accents', 'José,Núñez Ibáñez,jose.nunez@karst.com,,Karst Ventile', 'Jose,NUNEZ IBANEZ,Jose.Nunez@karst.com,,KARST VENTILE', true],
  ['changed', 'Thomas,Wendelin,thomas.wendelin@karst.com,,Karst Ventile', 'Thomas,Wendelin,thomas.wendelin2@karst.com,,Karst Ventile', false],
  ['freemail', 'Anneliese,Rosenkranz,anneliese@gmail.com,,', 'Gerlinde,Moosbrugger,gerlinde@gmail.com,,', false],
];
const SUBSIDIARIES = ['Account ID,Account Name,Website,Country'];

describe('two systems, one customer', () => {
  test('the hard seven through real files: nobody who is somebody else is linked unseen', async () => {
    const at = await company();
    await bring(at, at.marketing, [HEAD, ...crowd('m'), ...SEVEN.map(([key, marketing]) => `m-${key},${marketing},New,2026-01-05`)], 'lead');
    await bring(at, at.crm, [HEAD, ...crowd('c'), ...SEVEN.map(([key, , sales]) => `c-${key},${sales},Working,2026-01-09`)], 'lead');
    await bring(at, at.marketing, [...SUBSIDIARIES, 'ma1,Velox,https://velox.com,DE', 'ma2,Velox Pumpen GmbH,https://velox.com,DE', 'ma3,Südpumpen Bäuerle,sp-baeuerle.de,DE'], 'account');
    await bring(at, at.crm, [...SUBSIDIARIES, 'ca1,Velox Healthcare AG,https://velox.com,DE', 'ca2,Velox Pumpen Ltd,https://velox.com,GB', 'ca3,Suedpumpen Baeuerle GmbH,www.sp-baeuerle.de,DE'], 'account');
    await match(at);
    for (const [key, , , same] of SEVEN) expect([key, await together(at, `m-${key}`, `c-${key}`)]).toEqual([key, same]);
    expect(await together(at, 'ma1', 'ca1')).toBe(false);
    expect(await together(at, 'ma2', 'ca2')).toBe(false);
    expect(await together(at, 'ma3', 'ca3')).toBe(true);
    const rows = await records(at);
    const wrong = rows.filter((row) => rows.some((other) => other.party === row.party && other.key.replace(/^[mc]a?-?/u, '') !== row.key.replace(/^[mc]a?-?/u, '')));
    expect(wrong).toEqual([]);
    expect(await together(at, 'm3', 'c3')).toBe(true);

    const before = await digest(at);
    const { rows: links } = await app.db.inWorkspace(at.workspace, (tx) => tx.execute(sql`select * from record_link order by a_id, b_id`));
    await match(at);
    expect(await digest(at)).toEqual(before);
    expect((await app.db.inWorkspace(at.workspace, (tx) => tx.execute(sql`select * from record_link order by a_id, b_id`))).rows).toEqual(links);
    expect((await owner.client.customers.links({ workspace: at.workspace })).matching).toMatchObject({ state: 'done', records: rows.length });
  }, 120_000);

  const pat = async (): Promise<At> => {
    const at = await company();
    await bring(at, at.marketing, [HEAD, 'M1,Patrizia,Onderka,p.onderka@velox.example,,Velox,New,2026-01-05', 'M2,Quirin,Raabe,quirin@raabe.example,,Raabe,New,2026-01-06'], 'lead');
    await bring(at, at.crm, [`${HEAD},Opted Out`, 'C1,Patricia,Onderka,patricia@onderka.example,,Velox GmbH,Working,2026-01-09,true', 'C2,Someone,Else,else@else.example,,Else,New,2026-01-07,false'], 'lead');
    return at;
  };

  test('linked by a person they are one lead; parted, everything is exactly as before', async () => {
    const at = await pat();
    const before = await digest(at);
    expect(await leadNames(at)).toHaveLength(4);
    const [a, b] = [await idOf(at, 'M1'), await idOf(at, 'C1')];
    const { before: undo } = await owner.client.customers.decide({ workspace: at.workspace, pairs: [{ a, b }], decision: 'linked' });
    expect(undo).toMatchObject([{ was: null, byPerson: false }]);
    expect(await leadNames(at)).toHaveLength(3);
    const party = a < b ? a : b;
    const lead = await owner.client.pipeline.lead({ workspace: at.workspace, id: party });
    expect(lead).toMatchObject({ origin: 'marketing', arrivedAt: '2026-01-09T00:00:00.000Z' });
    const view = await owner.client.customers.customer({ workspace: at.workspace, id: b });
    expect(view).toMatchObject({ party, kind: 'person', optedOut: { by: [b], unaware: [a] } });
    expect(view.records.map((row) => row.side).toSorted()).toEqual(['marketing', 'sales']);
    expect(view.fields.find((row) => row.field === 'email')).toMatchObject({ disagrees: true, says: [{ side: 'marketing', value: 'p.onderka@velox.example' }, { side: 'sales', value: 'patricia@onderka.example' }] });
    expect((await records(at)).filter((row) => row.party === party).map((row) => row.optedOut)).toEqual([true, true]);

    await owner.client.customers.partRecord({ workspace: at.workspace, id: b });
    expect(await digest(at)).toEqual(before);
    await match(at);
    expect(await digest(at)).toEqual(before);
  });

  test('the page of a person, and that of the organisation, hold everything of both sides in one order of time', async () => {
    const at = await company();
    await bring(at, at.marketing, ['Record ID,First Name,Last Name,Email,Lifecycle Stage,Create Date,Opted Out', '501,Vera,Velden,vera@velox.example,lead,2026-01-05 08:00,true'], 'contact');
    await bring(at, at.marketing, ['Touch ID,Email,Channel,Content,Date', 'T1,vera@velox.example,Webinar,Pumps in winter,2026-01-07 10:00'], 'touch');
    await bring(at, at.crm, ['Account ID,Account Name,Website', 'A1,Velox GmbH,https://velox.example'], 'account');
    await bring(at, at.crm, ['Contact ID,First Name,Last Name,Email,Title,Account ID,Create Date', 'K1,Vera,Velden,v.velden@velox.example,Head of Plant,A1,2026-01-10 09:00', 'K2,Otto,Ohm,otto@velox.example,Buyer,A1,2026-01-11 09:00'], 'contact');
    await bring(at, at.crm, ['Activity ID,Contact ID,Activity Type,Date,Subject', 'X1,K1,Call,2026-01-12 14:00,First call', 'X2,K2,Meeting,2026-01-20 14:00,Visit'], 'activity');
    await bring(at, at.crm, ['Deal ID,Deal Name,Contact ID,Account ID,Stage,Amount,Currency,Created Date,Close Date,Is Won', 'D1,Winter pumps,K1,A1,Proposal,900,EUR,2026-02-01 09:00,2026-12-01,false'], 'deal');
    await bring(at, at.crm, ['Opportunity ID,Stage,Date entered', 'D1,Proposal,2026-02-03 09:00'], 'stage');
    await bring(at, at.crm, ['Order ID,Account ID,Amount,Currency,Order Date', 'R1,A1,120,EUR,2026-03-01 12:00'], 'order');
    await owner.client.customers.decide({ workspace: at.workspace, pairs: [{ a: await idOf(at, '501'), b: await idOf(at, 'K1') }], decision: 'linked' });
    const customer = async (key: string) => owner.client.customers.customer({ workspace: at.workspace, id: await idOf(at, key) });
    const person = await customer('501');
    await owner.client.customers.addNote({ workspace: at.workspace, id: person.party, text: 'Wants a visit.' });

    const [process] = await owner.client.pipeline.pipelines({ workspace: at.workspace });
    const words = { stageName: (id: string) => process?.stages.find((stage) => stage.id === id)?.name ?? '', reasonText: (reason: string) => reason, now: Date.parse('2026-06-01') };
    const told = async (key: string, log: Awaited<ReturnType<Person['client']['pipeline']['lead']>>['log']) => momentsOf(await customer(key), log, words).map(({ side, what, more, source }) => [side, what, more, source].join(' | '));
    const { log } = await owner.client.pipeline.lead({ workspace: at.workspace, id: person.party });
    expect(log.map((entry) => `${entry.at.slice(0, 10)} ${words.stageName(entry.stageId)}`)).toEqual(['2026-01-05 Inquiry', '2026-02-01 Opportunity', '2026-02-03 Proposal']);
    const mine = (await told('K1', log)).filter((line) => !line.includes('Note'));
    expect(mine).toEqual([
      'sales | Deal expected to close: Winter pumps | Proposal · 900 EUR | CRM',
      ' | Came to Proposal |  | ',
      ' | Came to Opportunity |  | ',
      'sales | Deal opened: Winter pumps | 900 EUR | CRM',
      'sales | Activity · Call | First call | CRM',
      'sales | Entered in CRM |  | CRM',
      'marketing | Touch | Webinar · Pumps in winter | Marketing system',
      ' | Came to Inquiry |  | ',
      'marketing | Entered in Marketing system |  | Marketing system',
    ]);
    // Without a log of the process the system's own history stands in its place.
    expect(await told('501', [])).toContain('sales | Stage: Proposal |  | CRM');
    expect((await told('501', log)).filter((line) => line.includes('Note'))).toEqual([' | Note |  | Olga Owner']);
    expect(person).toMatchObject({ kind: 'person', organisations: [{ name: 'Velox GmbH', sides: ['sales'] }], deals: [{ name: 'Winter pumps', amount: 900, won: false }] });

    const firm = await customer('A1');
    expect(firm).toMatchObject({ kind: 'organisation', name: 'Velox GmbH', organisations: [], deals: [{ name: 'Winter pumps' }], notes: [{ text: 'Wants a visit.' }] });
    // Only marketing's record of her says that she opted out.
    expect(firm.people.map(({ name, title, party, optedOut }) => [name, title, party === person.party, optedOut])).toEqual([['Otto Ohm', 'Buyer', false, false], ['Vera Velden', 'Head of Plant', true, true]]);
    const theirs = await told('A1', []);
    for (const line of ['sales | Order | 120 EUR | CRM', 'sales | Activity · Meeting | Visit | CRM', 'sales | Activity · Call | First call | CRM', 'marketing | Touch | Webinar · Pumps in winter | Marketing system', ' | Note |  | Olga Owner']) expect(theirs).toContain(line);
  });

  test('a decision taken back leaves nothing behind', async () => {
    const at = await pat();
    const before = await digest(at);
    const pair = { a: await idOf(at, 'M1'), b: await idOf(at, 'C1') };
    const linked = await owner.client.customers.decide({ workspace: at.workspace, pairs: [pair], decision: 'linked' });
    const parted = await owner.client.customers.partRecord({ workspace: at.workspace, id: pair.a });
    await owner.client.customers.undecide({ workspace: at.workspace, before: parted.before });
    expect(await together(at, 'M1', 'C1')).toBe(true);
    await owner.client.customers.undecide({ workspace: at.workspace, before: linked.before });
    expect(await digest(at)).toEqual(before);
    expect((await app.db.inWorkspace(at.workspace, (tx) => tx.execute(sql`select 1 from record_link where decided_by is not null`))).rows).toEqual([]);
  });

  test('what is never one customer stays apart through other links and another import', async () => {
    const at = await pat();
    const [m1, c1, c2] = [await idOf(at, 'M1'), await idOf(at, 'C1'), await idOf(at, 'C2')];
    const { workspace } = at;
    await owner.client.customers.decide({ workspace, pairs: [{ a: m1, b: c1 }], decision: 'never' });
    await owner.client.customers.decide({ workspace, pairs: [{ a: m1, b: c2 }], decision: 'linked' });
    await expect(owner.client.customers.decide({ workspace, pairs: [{ a: c1, b: c2 }], decision: 'linked' })).rejects.toMatchObject({ code: 'CONFLICT' });
    // Now marketing's file says the very address that the CRM holds: alone, that would be a sure link.
    await bring(at, at.marketing, [HEAD, 'M1,Patricia,Onderka,patricia@onderka.example,,Velox GmbH,New,2026-01-05', ...crowd('m')], 'lead');
    await match(at);
    expect(await together(at, 'M1', 'C1')).toBe(false);
    expect(await together(at, 'M1', 'C2')).toBe(true);
  });

  test('taking a file back parts what only its records held together, whichever record named the party', async () => {
    const at = await pat();
    const before = await digest(at);
    const { workspace } = at;
    const id = await bring(at, at.marketing, [HEAD, 'M9,Bridge,Between,bridge@between.example,,Between,New,2026-01-01'], 'lead');
    const [m1, m9, c1] = [await idOf(at, 'M1'), await idOf(at, 'M9'), await idOf(at, 'C1')];
    await owner.client.customers.decide({ workspace, pairs: [{ a: m1, b: m9 }, { a: m9, b: c1 }], decision: 'linked' });
    expect(await leadNames(at)).toHaveLength(3);
    await revert(at, id);
    expect(await digest(at)).toEqual(before);
  });

  test('two people who decide at once both count, and neither half', async () => {
    const at = await pat();
    const { workspace } = at;
    const [m1, m2, c1] = [await idOf(at, 'M1'), await idOf(at, 'M2'), await idOf(at, 'C1')];
    await Promise.all([
      owner.client.customers.decide({ workspace, pairs: [{ a: m1, b: c1 }], decision: 'linked' }),
      owner.client.customers.decide({ workspace, pairs: [{ a: m2, b: c1 }], decision: 'linked' }),
    ]);
    expect(new Set((await records(at)).filter((row) => ['M1', 'M2', 'C1'].includes(row.key)).map((row) => row.party)).size).toBe(1);
    expect(await leadNames(at)).toHaveLength(2);
  });

  test('a person and a company are no pair, and neither is a record of somewhere else', async () => {
    const [at, elsewhere] = [await pat(), await pat()];
    await bring(at, at.crm, [...SUBSIDIARIES, 'A1,Velox,https://velox.example,DE'], 'account');
    const [m1, a1, foreign] = [await idOf(at, 'M1'), await idOf(at, 'A1'), await idOf(elsewhere, 'M1')];
    const decide = (b: string) => owner.client.customers.decide({ workspace: at.workspace, pairs: [{ a: m1, b }], decision: 'linked' });
    await expect(decide(a1)).rejects.toMatchObject({ code: 'INVALID' });
    await expect(decide(foreign)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
  test('what waits is told with its evidence; accepted in bulk it is linked, taken back it waits again', async () => {
    const at = await company();
    const { workspace } = at;
    await bring(at, at.marketing, [HEAD, ...crowd('m'), 'm91,Ottilie,Brandstetter,info@veloxpumpen.de,,Velox Pumpen,New,2026-01-05'], 'lead');
    await bring(at, at.crm, [HEAD, ...crowd('c'), 'c91,Ottilie,Brandstetter,info@veloxpumpen.de,,Velox Pumpen GmbH,New,2026-01-05'], 'lead');
    expect((await owner.client.customers.links({ workspace })).matching.state).toBe('waiting');
    await match(at);
    const queue = await owner.client.customers.links({ workspace, acrossSides: true });
    const pair = queue.rows.find((row) => row.a.key.endsWith('91'));
    expect(pair?.reasons).toEqual(['shared_mailbox']);
    expect(pair?.evidence.map(({ field, level }) => `${field} ${level}`)).toEqual(['given same', 'surname same', 'organisation same', 'email shared']);
    const before = await digest(at);
    const linked = await owner.client.customers.acceptLinks({ workspace, above: 0.5, acrossSides: true });
    expect(linked.before).toHaveLength(queue.rows.filter((row) => (row.probability ?? 0) >= 0.5).length);
    expect(await together(at, 'm91', 'c91')).toBe(true);
    await match(at);
    expect(await together(at, 'm91', 'c91')).toBe(true);
    await owner.client.customers.undecide({ workspace, before: linked.before });
    expect(await digest(at)).toEqual(before);
    expect((await owner.client.customers.links({ workspace, acrossSides: true })).rows).toEqual(queue.rows);

    // Neither of the two says so; a record that is one customer with marketing's does.
    const out = async () => {
      const { rows } = await owner.client.customers.links({ workspace, acrossSides: true });
      const asked = rows.find((row) => row.a.id === pair?.a.id && row.b.id === pair.b.id);
      const { links } = await owner.client.customers.customer({ workspace, id: pair?.a.id ?? '' });
      return [asked, links.find((row) => row.state === 'review')].map((row) => (row ? Object.fromEntries([row.a, row.b].map(({ key, optedOut }) => [key, optedOut])) : null));
    };
    expect(await out()).toEqual([{ m91: false, c91: false }, { m91: false, c91: false }]);
    await bring(at, at.crm, [`${HEAD},Opted Out`, 'c92,Tilly,Brand,tilly@elsewhere.example,,Elsewhere,New,2026-01-05,true'], 'lead');
    await owner.client.customers.decide({ workspace, pairs: [{ a: await idOf(at, 'm91'), b: await idOf(at, 'c92') }], decision: 'linked' });
    expect(await out()).toEqual([{ m91: true, c91: false }, { m91: true, c91: false }]);
  }, 60_000);

  test('a matching that ends in the middle of writing leaves everything as it was, and the next one does all of it', async () => {
    const at = await company();
    await bring(at, at.marketing, [HEAD, ...crowd('m')], 'lead');
    await bring(at, at.crm, [HEAD, ...crowd('c')], 'lead');
    const before = await digest(at);
    const dying = async () => {
      throw new Error('the server ended');
    };
    await expect(matchRecords(app.services, at.workspace, [dying])).rejects.toThrow('the server ended');
    expect(await digest(at)).toEqual(before);
    expect(await owner.client.customers.links({ workspace: at.workspace })).toMatchObject({ total: 0, matching: { state: 'failed' } });
    await match(at);
    expect(await together(at, 'm3', 'c3')).toBe(true);
  }, 60_000);
});
