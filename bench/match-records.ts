import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { jobs } from '../src/app/features';
import { matchRecords } from '../src/features/customers/commands/match-records';
import { generatedContacts } from '../src/features/customers/domain/matching/generated.test-support';
import type { MatchRecord } from '../src/features/customers/domain/matching/record';
import { leadProjection } from '../src/features/pipeline/projection';
import { openDatabase, type WorkspaceTx } from '../src/platform/db/database';
import { migrate } from '../src/platform/db/migrate';
import { APP_ROLE, startEngine } from '../src/platform/engine/engine';
import { seedWorkspace } from './support/seed-pipeline';

/** Contacts of each of two systems; measured only when asked for, since it takes minutes. */
const SIZE = Number(process.env.LOCKSTEP_BENCH_MATCH ?? 0);
const BAR_SECONDS = 60;
const AT_ONCE = 10_000;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

const dataOf = ({ given = '', surname = '', organisation, emails = [], phones = [], desks = [], street = '', number = '', postcode, city, country }: MatchRecord) => {
  const [mail, line] = [emails[0], desks[0] ?? phones[0]];
  return {
    name: `${given} ${surname}`.trim(), firstName: given, lastName: surname, company: organisation, email: mail && `${mail.local}@${mail.host}`, phone: line && `+${line}`, street: `${street} ${number}`.trim(), postcode, city, country,
    status: 'Working', enteredAt: '2026-01-05T09:00:00.000Z',
  };
};

const put = async (tx: WorkspaceTx, workspaceId: string, sourceId: string, rows: readonly MatchRecord[]): Promise<void> => {
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    const part = rows.slice(at, at + AT_ONCE);
    await tx.execute(sql`
      insert into record (workspace_id, id, source_id, kind, key, party_id, name, email_key, company, data, created_at, changed_at)
      select ${workspaceId}::uuid, i, ${sourceId}::uuid, 'lead', k, i, d ->> 'name', lower(d ->> 'email'), d ->> 'company', d, now(), now()
        from (select gen_random_uuid() as i, k, jsonb_strip_nulls(d) as d from unnest(${sql.param(part.map(({ key }) => key))}::text[], ${sql.param(part.map((row) => JSON.stringify(dataOf(row))))}::jsonb[]) as t(k, d)) n`);
  }
};

/** Matching as the job does it: records read from the database, compared, links written, parties and leads made anew. */
export async function* run(): AsyncGenerator<Record<string, unknown>> {
  const figure = 'matching two systems inside the database';
  if (SIZE === 0) return yield { figure, skipped: 'set LOCKSTEP_BENCH_MATCH, for example to 100000' };
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-matching-'));
  chmodSync(folder, 0o700);
  const engine = await startEngine({ dataDir: folder, log: silent, doing: 'a bench' });
  const db = openDatabase(engine.appUrl, () => undefined, 2);
  try {
    await migrate(engine.ownerUrl, { appRole: APP_ROLE, queues: jobs.map((job) => job.name) });
    const { workspaceId, sourceId, otherSourceId } = await seedWorkspace(engine.appUrl);
    const generated = generatedContacts(SIZE, 1);
    await db.inWorkspace(workspaceId, async (tx) => {
      await put(tx, workspaceId, otherSourceId, generated.marketing.slice(0, SIZE));
      await put(tx, workspaceId, sourceId, generated.crm.slice(0, SIZE));
    });
    const owner = new pg.Client({ connectionString: engine.ownerUrl });
    await owner.connect();
    await owner.query('analyze record');
    await owner.end();
    const services = { db, now: () => new Date() };
    for (const time of ['first', 'again']) {
      const [began, cpu, load] = [performance.now(), process.cpuUsage(), loadavg()[0] ?? 0];
      await matchRecords(services, workspaceId, [leadProjection]);
      const { user, system } = process.cpuUsage(cpu);
      const { rows } = await db.inWorkspace(workspaceId, (tx) => tx.execute(sql`select state, linked, review from match_run`));
      yield { figure: `${figure}, ${time}`, records: [SIZE, SIZE], seconds: Number(((performance.now() - began) / 1000).toFixed(1)), nodeSeconds: Number(((user + system) / 1e6).toFixed(1)), barSeconds: BAR_SECONDS, ...rows[0], loadBefore: Number(load.toFixed(1)), load: Number((loadavg()[0] ?? 0).toFixed(1)) };
    }
  } finally {
    await db.close();
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
