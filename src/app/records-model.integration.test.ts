import fc from 'fast-check';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { replay, type StageInfo } from '../features/pipeline/domain/log';
import { endOf } from '../features/pipeline/domain/stages';
import { createTestApp, type Person, type TestApp } from './testing/test-app';

/** How many random histories; a long run sets more. */
const RUNS = Math.max(6, Number(process.env['LOCKSTEP_MODEL_RUNS'] ?? 0));

let app: TestApp;
let owner: Person;
beforeAll(async () => {
  app = await createTestApp();
  owner = await app.signUp('Olga Owner');
});
afterAll(() => app.close());

const SIDES = ['sales', 'marketing'] as const;
type Side = (typeof SIDES)[number];
const KEYS = ['A', 'B', 'C', 'D'] as const;
const FIELDS = ['Status', 'Company', 'Hat'] as const;
/** One row of a file: what it says of some fields; a field that the file lacks says nothing. */
type Row = { key: string; out?: boolean } & Partial<Record<(typeof FIELDS)[number], string>>;
type Values = Readonly<Record<string, string>>;

/** What the product promises, in the smallest form: values by key, who wrote them last, and the decisions about pairs. */
class Model {
  /** Per side and key: its values and the import that wrote them last and made them. */
  records = new Map<string, { values: Values; made: string; changed: string }>();
  /** What each import replaced. */
  replaced = new Map<string, Map<string, { values: Values; changed: string }>>();
  gone = new Set<string>();
  /** Decided pairs, as `sales|marketing` of names. */
  links = new Map<string, 'linked' | 'never'>();
  imports: { id: string; side: Side }[] = [];

  apply(id: string, side: Side, rows: readonly Values[], keys: readonly string[]): { new: number; changed: number; same: number } {
    const counts = { new: 0, changed: 0, same: 0 };
    const before = new Map<string, { values: Values; changed: string }>();
    rows.forEach((row, at) => {
      const name = `${side}:${keys[at]}`;
      const there = this.records.get(name);
      const values = { ...there?.values, ...row };
      if (!there) {
        counts.new++;
        this.records.set(name, { values, made: id, changed: id });
      } else if (JSON.stringify(sorted(values)) === JSON.stringify(sorted(there.values))) counts.same++;
      else {
        counts.changed++;
        before.set(name, { values: there.values, changed: there.changed });
        this.records.set(name, { values, made: there.made, changed: id });
      }
    });
    this.replaced.set(id, before);
    this.imports.push({ id, side });
    return counts;
  }

  revert(id: string): void {
    this.gone.add(id);
    for (const name of this.records.keys()) {
      // What files that are taken back said goes as soon as nothing newer stands over it.
      for (let there = this.records.get(name); there && this.gone.has(there.changed); there = this.records.get(name)) {
        const before = this.replaced.get(there.changed)?.get(name);
        if (!before) break;
        this.records.set(name, { ...there, ...before });
      }
    }
    for (const [name, record] of this.records) {
      if (!this.gone.has(record.made) || record.changed !== record.made) continue;
      this.records.delete(name);
      for (const pair of this.links.keys()) if (pair.split('|').includes(name)) this.links.delete(pair);
    }
    this.imports = this.imports.filter((each) => each.id !== id);
  }

  /** Records that linked pairs join, each in exactly one set. */
  parties(): string[][] {
    const sets = new Map([...this.records.keys()].map((name) => [name, new Set([name])]));
    for (const [pair, state] of this.links) {
      const [a = '', b = ''] = pair.split('|');
      const [left, right] = [sets.get(a), sets.get(b)];
      if (state !== 'linked' || !left || !right || left === right) continue;
      for (const name of right) sets.set(name, left.add(name));
    }
    return [...new Set(sets.values())].map((set) => [...set].toSorted()).toSorted();
  }
}

const sorted = (values: Values): [string, string][] => Object.entries(values).toSorted();

/** The product, driven as people drive it. */
class Company {
  private readonly ids = new Map<string, string>();
  constructor(readonly workspace: string, readonly sources: Record<Side, string>) {}

  async bring(side: Side, text: string): Promise<{ id: string; counts: { new: number; changed: number; same: number } }> {
    const id = crypto.randomUUID();
    const query = new URLSearchParams({ id, source: this.sources[side], name: 'leads.csv', kind: 'lead' });
    const response = await app.request(`/api/workspaces/${this.workspace}/imports?${query}`, { method: 'POST', headers: { cookie: owner.cookie, origin: 'http://lockstep.test' }, body: text });
    expect(response.status, await response.clone().text()).toBe(201);
    await this.run('check-import', id);
    const { counts: told } = await this.state(id);
    await owner.client.customers.applyImport({ workspace: this.workspace, id });
    await this.run('apply-import', id);
    const { state, counts } = await this.state(id);
    // The dry run said what happened then.
    expect([state, counts]).toEqual(['applied', told]);
    return { id, counts: { new: counts.new, changed: counts.changed, same: counts.same } };
  }
  async revert(id: string): Promise<void> {
    await owner.client.customers.revertImport({ workspace: this.workspace, id });
    await this.run('revert-import', id);
    expect((await this.state(id)).state).toBe('reverted');
  }
  private run = (job: string, importId: string) => app.runJob(`customers.${job}`, { workspaceId: this.workspace, importId });
  private state = (id: string) => owner.client.customers.importState({ workspace: this.workspace, id });
  id = (name: string): string => this.ids.get(name) ?? '';

  /** All that is kept: each record's values, and which records are one party. */
  async seen() {
    const rows = await app.db.inWorkspace(this.workspace, async (tx) => (await tx.execute<{ id: string; name: string; party: string; data: Record<string, unknown> }>(sql`select r.id, s.side || ':' || r.key as name, r.party_id as party, r.data from record r join source s on s.id = r.source_id order by 2`)).rows);
    this.ids.clear();
    const parties = new Map<string, string[]>();
    for (const { id, name, party } of rows) {
      this.ids.set(name, id);
      parties.set(party, [...(parties.get(party) ?? []), name]);
    }
    const valuesOf = ({ status, company, optedOut, custom }: Record<string, unknown>): Values =>
      Object.fromEntries(Object.entries({ Status: status, Company: company, Hat: (custom as Values | undefined)?.['Hat'], out: optedOut === undefined ? undefined : String(optedOut) }).filter(([, value]) => value !== undefined) as [string, string][]);
    return { records: rows.map(({ name, data }): [string, [string, string][]] => [name, sorted(valuesOf(data))]), parties: [...parties.values()].map((names) => names.toSorted()).toSorted() };
  }

  /** Leads whose state is not what their log replays to. */
  async unlikeReplay(): Promise<string[]> {
    return app.db.inWorkspace(this.workspace, async (tx) => {
      const stages = new Map((await tx.execute<{ id: string; position: number; role: Parameters<typeof endOf>[0] }>(sql`select id, position, role from stage`)).rows.map(({ id, position, role }): [string, StageInfo] => [id, { id, position, end: endOf(role) }]));
      const log = (await tx.execute<{ lead: string; at: string; stageId: string }>(sql`select lead_id as lead, at, stage_id as "stageId" from stage_event`)).rows;
      const leads = (await tx.execute<{ id: string; stageId: string; since: string; end: string }>(sql`select id, stage_id as "stageId", stage_since as since, "end" from lead`)).rows;
      const ofLead = (id: string) => replay(log.filter(({ lead }) => lead === id).map(({ at, stageId }) => ({ at: new Date(at).getTime(), stageId, reason: null, actor: null })), stages);
      const orphans = log.filter(({ lead }) => !leads.some(({ id }) => id === lead)).map(({ lead }) => `a log of nobody: ${lead}`);
      return [...orphans, ...leads.filter((lead) => JSON.stringify([lead.stageId, new Date(lead.since).getTime(), lead.end]) !== JSON.stringify([ofLead(lead.id)?.stageId, ofLead(lead.id)?.since, ofLead(lead.id)?.end])).map(({ id }) => id)];
    });
  }

  /** Parties with an opt-out on any side, as the list of records shows them. */
  async optedOut(): Promise<Record<string, boolean>> {
    const { rows } = await owner.client.customers.records({ workspace: this.workspace, limit: 500 });
    const sideOf = new Map(Object.entries(this.sources).map(([side, id]) => [id, side]));
    return Object.fromEntries(rows.map((row) => [`${sideOf.get(row.sourceId)}:${row.key}`, row.optedOut]));
  }
}

type Run = fc.AsyncCommand<Model, Company>;

const agree = async (model: Model, real: Company): Promise<void> => {
  const seen = await real.seen();
  expect(seen.records).toEqual([...model.records].map(([name, { values }]) => [name, sorted(values)]).toSorted());
  expect(seen.parties).toEqual(model.parties());
  expect(await real.unlikeReplay()).toEqual([]);
  const out = new Set(model.parties().filter((names) => names.some((name) => model.records.get(name)?.values['out'] === 'true')).flat());
  expect(await real.optedOut()).toEqual(Object.fromEntries([...model.records.keys()].toSorted().map((name) => [name, out.has(name)])));
};

const valuesIn = ({ key: _, out, ...said }: Row): Values => ({ ...said, ...(out === undefined ? {} : { out: String(out) }) });

class Bring implements Run {
  constructor(readonly side: Side, readonly rows: readonly Row[]) {}
  check = () => true;
  toString = () => `bring ${this.side} ${JSON.stringify(this.rows)}`;
  async run(model: Model, real: Company): Promise<void> {
    const lines = this.rows.map((row) => [row.key, `${row.key}@one.example`, ...FIELDS.map((field) => row[field] ?? ''), row.out === undefined ? '' : String(row.out), '2026-01-05'].join(','));
    const { id, counts } = await real.bring(this.side, [['Lead ID', 'Email', ...FIELDS, 'Opted out', 'Create Date'].join(','), ...lines].join('\n'));
    expect(counts).toEqual(model.apply(id, this.side, this.rows.map(valuesIn), this.rows.map(({ key }) => key)));
    await agree(model, real);
  }
}

class Revert implements Run {
  constructor(readonly which: number) {}
  check = (model: Readonly<Model>) => model.imports.length > 0;
  toString = () => `revert ${this.which}`;
  async run(model: Model, real: Company): Promise<void> {
    const chosen = model.imports[this.which % model.imports.length];
    if (!chosen) return;
    await real.revert(chosen.id);
    model.revert(chosen.id);
    await agree(model, real);
  }
}

/** Says of two records that they are, or never are, one; refusals change nothing. Taking the word back restores what was before. */
class Decide implements Run {
  constructor(readonly a: string, readonly b: string, readonly decision: 'linked' | 'never', readonly back: boolean) {}
  check = (model: Readonly<Model>) => model.records.has(`sales:${this.a}`) && model.records.has(`marketing:${this.b}`);
  toString = () => `${this.decision} ${this.a} ${this.b}${this.back ? ' and back' : ''}`;
  async run(model: Model, real: Company): Promise<void> {
    const pair = `sales:${this.a}|marketing:${this.b}`;
    const before = await real.seen();
    const was = model.links.get(pair);
    model.links.set(pair, this.decision);
    const torn = [...model.links].some(([each, state]) => state === 'never' && model.parties().some((names) => each.split('|').every((name) => names.includes(name))));
    const ask = owner.client.customers.decide({ workspace: real.workspace, pairs: [{ a: real.id(`sales:${this.a}`), b: real.id(`marketing:${this.b}`) }], decision: this.decision });
    if (torn) await expect(ask).rejects.toMatchObject({ status: 409 });
    const done = torn ? undefined : await ask;
    if (done && this.back) await owner.client.customers.undecide({ workspace: real.workspace, before: done.before });
    if (torn || this.back) {
      if (was) model.links.set(pair, was);
      else model.links.delete(pair);
      expect(await real.seen()).toEqual(before);
    }
    await agree(model, real);
  }
}

const side = fc.constantFrom(...SIDES);
const key = fc.constantFrom(...KEYS);
const row = fc.record({ key, Status: fc.constantFrom('New', 'Working'), Company: fc.constantFrom('Acme', 'Beta'), Hat: fc.constantFrom('57', '58'), out: fc.boolean() }, { requiredKeys: ['key'] });
const commands = fc.commands([
  fc.tuple(side, fc.uniqueArray(row, { selector: (each) => each.key, minLength: 1, maxLength: 4 })).map(([of, rows]) => new Bring(of, rows)),
  fc.nat(20).map((which) => new Revert(which)),
  fc.tuple(key, key, fc.constantFrom('linked' as const, 'never' as const), fc.boolean()).map(([a, b, decision, back]) => new Decide(a, b, decision, back)),
], { maxCommands: 14 });

test(`random files, updates, links and reverts in any order: ${RUNS} histories agree with the model`, { timeout: 60_000 + RUNS * 20_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(commands, async (steps) => {
      const workspace = (await owner.client.workspace.create({ name: `Model ${crypto.randomUUID()}`, timeZone: 'UTC' })).id;
      const source = async (of: Side) => (await owner.client.customers.createSource({ workspace, name: of, side: of, timeZone: 'UTC' })).id;
      const real = new Company(workspace, { sales: await source('sales'), marketing: await source('marketing') });
      await fc.asyncModelRun(() => ({ model: new Model(), real }), steps);
      // Everything taken back, newest first, leaves nothing.
      const rest = await app.db.inWorkspace(workspace, async (tx) => (await tx.execute<{ id: string }>(sql`select id from record_import where state = 'applied' order by applied_at desc`)).rows);
      for (const { id } of rest) await real.revert(id);
      expect(await real.seen()).toEqual({ records: [], parties: [] });
      expect(await app.db.inWorkspace(workspace, async (tx) => (await tx.execute(sql`select (select count(*)::int from lead) as leads, (select count(*)::int from stage_event) as log, (select count(*)::int from record_link) as links`)).rows)).toEqual([{ leads: 0, log: 0, links: 0 }]);
    }),
    { numRuns: RUNS, seed: 20261122, endOnFailure: true },
  );
});
