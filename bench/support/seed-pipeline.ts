import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { source } from '../../src/features/customers/schema';
import { ensurePipeline } from '../../src/features/pipeline/commands/ensure-pipeline';
import { apiToken, member, workspace } from '../../src/features/workspace/schema';
import { hashSecret, newSecret } from '../../src/platform/crypto/secrets';
import { openDatabase } from '../../src/platform/db/database';
import { lookup } from '../../src/platform/db/schema';

export type Place = { workspaceId: string; sourceId: string; otherSourceId: string; secret: string };

/** A workspace with a token and two systems, and the usual process. */
export const seedWorkspace = async (appUrl: string): Promise<Place> => {
  const db = openDatabase(appUrl, () => undefined, 1);
  const [workspaceId, sourceId, otherSourceId, userId, secret] = [randomUUID(), randomUUID(), randomUUID(), randomUUID(), newSecret('lst')];
  const now = new Date();
  await db.inWorkspace(workspaceId, async (tx) => {
    await tx.insert(workspace).values({ workspaceId, name: 'Large', timeZone: 'UTC', leftSide: 'sales', createdAt: now });
    await tx.insert(member).values({ workspaceId, userId, name: 'Bench', email: 'bench@example.com', role: 'facilitator', joinedAt: now });
    await tx.insert(apiToken).values({ workspaceId, id: randomUUID(), name: 'bench', tokenHash: hashSecret(secret), scopes: ['customers:read', 'customers:write', 'pipeline:read', 'goals:read', 'agreements:read'], createdBy: userId, createdAt: now });
    await tx.insert(lookup).values({ kind: 'token', key: hashSecret(secret), workspace: workspaceId });
    await tx.insert(source).values({ workspaceId, id: sourceId, name: 'CRM', side: 'sales', timeZone: 'Europe/Berlin', createdAt: now });
    await tx.insert(source).values({ workspaceId, id: otherSourceId, name: 'Automation', side: 'marketing', timeZone: 'Europe/Berlin', createdAt: now });
    await ensurePipeline(tx, { workspaceId, now });
  });
  await db.close();
  return { workspaceId, sourceId, otherSourceId, secret };
};

const chance = (key: number): string => `((hashint8extended(i, ${key}) & 1048575) / 1048576.0)`;
const days = (key: number, mean: number): string => `least(60, -ln(greatest(${chance(key)}, 1e-6)) * ${mean}) * interval '1 day'`;

/**
 * Leads, each with four steps of its log, a record that says what it is like, and touches, as they stand after years of imports. Written straight
 * into the tables: how long an import takes is measured elsewhere. The same sizes give the same rows.
 */
export const seedLeads = async (ownerUrl: string, { workspaceId, sourceId, otherSourceId }: Place, leads: number, touchesEach: number): Promise<void> => {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  const run = (text: string) => owner.query(text.replaceAll(':ws', `'${workspaceId}'::uuid`).replaceAll(':crm', `'${sourceId}'::uuid`).replaceAll(':auto', `'${otherSourceId}'::uuid`));
  await run(`set session_replication_role = replica; set work_mem = '128MB'`);
  await run(`create temporary table made as
    select *, t1 + ${days(6, 5)} as t2, t1 + ${days(6, 5)} + ${days(7, 9)} as t3, t1 + ${days(6, 5)} + ${days(7, 9)} + ${days(8, 20)} as t4,
           case when u < 0.10 + 0.02 * (channel_at % 5) + 0.05 * (industry_at % 3) then 'won' when u < 0.55 then 'lost' when u < 0.65 then 'recycled' else 'open' end as fate
      from (select i, ('01900000-0000-7' || lpad(to_hex((i >> 20) & 4095), 3, '0') || '-8' || lpad(to_hex((i >> 8) & 4095), 3, '0') || '-' || lpad(to_hex(i & 255), 2, '0') || '00' || lpad(to_hex(hashint8extended(i, 11) & 4294967295), 8, '0'))::uuid as id,
                   '2024-01-01'::timestamptz + ${chance(1)} * interval '640 days' as t1, (hashint8extended(i, 2) & 7)::int as channel_at, ${chance(3)} < 0.6 as from_marketing, ${chance(4)} as u,
                   (hashint8extended(i, 5) & 3)::int as industry_at, (hashint8extended(i, 9) & 3)::int as territory_at, (hashint8extended(i, 10) & 7)::int as reason_at
              from generate_series(0::bigint, ${leads - 1}::bigint) as s(i)) as drawn`);
  await run(`create temporary table at_stage as select role, id as stage_id, pipeline_id, position from stage where workspace_id = :ws`);
  const channel = `(array['Organic Search','Paid Search','Trade Show','Referral','Email','Webinar','Direct','Partner'])[1 + channel_at]`;
  const reason = `(array['Price','No budget','Timing','Competitor','No need',null,null,null])[1 + reason_at]`;
  await run(`insert into lead (workspace_id, id, pipeline_id, source_id, origin, name, company, channel, owner, stage_id, stage_since, entered_at, "end", ended_at, reason, furthest, amount, passed_at, arrived_at, contacted_at,
                marketing_records, sales_records, passes, marketing_entries, sales_owner, territory, industry)
    select :ws, m.id, s.pipeline_id, case when from_marketing then :auto else :crm end, case when from_marketing then 'marketing' else 'sales' end, 'Lead ' || i, 'Company ' || i % 50000, ${channel}, 'owner' || i % 40, s.stage_id, t4, t1, fate,
           case when fate <> 'open' then t4 end, case when fate = 'lost' then ${reason} end, case fate when 'won' then 6 when 'open' then 3 else 2 end, case when fate = 'won' then 1000 + i % 9000 end,
           case when from_marketing then t2 end, case when i % 5 > 0 then t3 end, case when i % 3 > 0 then t3 + interval '3 hours' end, from_marketing::int, (i % 5 > 0)::int, case when from_marketing then array[t2] else '{}' end,
           case when from_marketing then array[t1] else '{}' end, case when i % 7 > 0 then 'owner' || i % 40 end,
           (array['North','South','East','West'])[1 + territory_at], (array['Machinery','Software','Health','Trade'])[1 + industry_at]
      from made m join at_stage s on s.role = case fate when 'open' then 'sales_qualified' else fate end`);
  await run(`insert into stage_event (workspace_id, lead_id, id, at, stage_id, reason, "from", record_id)
    select :ws, m.id, gen_random_uuid(), case step when 1 then t1 when 2 then t2 when 3 then t3 else t4 end, s.stage_id, case when step = 4 and fate = 'lost' then ${reason} end, 'import', m.id
      from made m cross join generate_series(1, 4) as step
      join at_stage s on s.role = case step when 1 then 'inquiry' when 2 then 'qualified' when 3 then 'accepted' else case fate when 'open' then 'sales_qualified' else fate end end order by m.i`);
  await run(`insert into record (workspace_id, id, source_id, kind, key, party_id, name, email_key, company, owner, channel, data, created_at, changed_at)
    select :ws, id, :crm, 'lead', 'L' || i, id, 'Lead ' || i, 'lead' || i || '@company.example', 'Company ' || i % 50000, 'owner' || i % 40, ${channel},
           jsonb_build_object('key', 'L' || i, 'name', 'Lead ' || i, 'email', 'lead' || i || '@company.example', 'channel', ${channel}, 'enteredAt', t1,
             'industry', (array['Machinery','Software','Health','Trade'])[1 + industry_at], 'territory', (array['North','South','East','West'])[1 + territory_at]), now(), now() from made order by i`);
  if (touchesEach > 0)
    await run(`insert into event (workspace_id, id, source_id, kind, key, at, lead_key, channel, data)
      select :ws, gen_random_uuid(), :auto, 'touch', 'T' || i || '-' || n, t1 + n * interval '1 day' - interval '2 days', 'L' || i, (array['Email','Webinar','Paid Search','Content','Event'])[1 + ((hashint8extended(i, 20 + n) & 1023) % 5)::int], '{}'
        from made cross join generate_series(1, ${touchesEach}) as n order by i`);
  await run(`insert into lead_revision (workspace_id, portion, revision) select :ws, p, gen_random_uuid() from generate_series(-2, 255) as p`);
  await run('set session_replication_role = origin');
  // What autovacuum does within a minute or two.
  await run('vacuum analyze lead, stage_event, record, event');
  await owner.end();
};
