import { expect } from 'vitest';
import { sql } from 'drizzle-orm';
import type { Person, TestApp } from './test-app';

export const ROWS = 1_200;

/** An export of leads; `more` is written after each company's name. */
export const leadsFile = (rows = ROWS, more = ''): string =>
  ['Lead ID,First Name,Last Name,Email,Company,Status,Create Date', ...Array.from({ length: rows }, (_, n) => `L${n},Given${n % 97},Name${n},g${n % 97}.name${n}@firm${n % 31}.example,Firm ${n % 31}${more},Working,2026-01-0${1 + (n % 9)}`)].join('\n');

export const NOTHING = { records: 0, leads: 0, log: 0 };
export const WHOLE = { records: ROWS, leads: ROWS, log: 2 * ROWS };

type Place = { workspace: string; source: string };

/** Where files of leads are put in step by step: into a company of its own unless another is said. */
export const importDesk = async (app: TestApp, owner: Person) => {
  const company = async (): Promise<Place> => {
    const workspace = (await owner.client.workspace.create({ name: `Imports ${crypto.randomUUID()}`, timeZone: 'UTC' })).id;
    return { workspace, source: (await owner.client.customers.createSource({ workspace, name: 'CRM', side: 'sales', timeZone: 'UTC' })).id };
  };
  const at = await company();
  const post = (id: string, to = at, text = leadsFile()) =>
    app.request(`/api/workspaces/${to.workspace}/imports?${new URLSearchParams({ id, source: to.source, name: 'leads.csv', kind: 'lead' })}`, { method: 'POST', headers: { cookie: owner.cookie, origin: 'http://lockstep.test' }, body: text });
  const upload = async (to = at, text = leadsFile()): Promise<string> => {
    const id = crypto.randomUUID();
    expect((await post(id, to, text)).status).toBe(201);
    return id;
  };
  const run = (act: 'check' | 'apply' | 'revert', id: string, to = at) => app.runJob(`customers.${act}-import`, { workspaceId: to.workspace, importId: id });
  const bring = async (to: Place, text: string): Promise<string> => {
    const id = await upload(to, text);
    await run('check', id, to);
    await owner.client.customers.applyImport({ workspace: to.workspace, id });
    await run('apply', id, to);
    return id;
  };
  /** Waits for whoever works on the import to be gone, then counts. */
  const standing = (id: string, { workspace } = at) =>
    app.db.inWorkspace(workspace, async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`import:${id}`}, 0)), pg_advisory_xact_lock(hashtextextended(${`records:${workspace}`}, 0))`);
      const { rows } = await tx.execute<{ state: string; records: number; leads: number; log: number; staged: number }>(sql`
        select (select state from record_import where id = ${id}::uuid) as state, (select count(*)::int from record) as records, (select count(*)::int from lead) as leads,
               (select count(*)::int from stage_event) as log, (select count(*)::int from import_row where import_id = ${id}::uuid) as staged`);
      return rows[0];
    });
  return { at, company, post, upload, run, bring, standing };
};

export type ImportDesk = Awaited<ReturnType<typeof importDesk>>;
