import { join } from 'node:path';
import type { Computed } from '../../src/features/pipeline/answer-compute';
import type { AnswerData } from '../../src/features/pipeline/answer-data';
import { bring, type Duck } from './duckdb';
import type { Place } from './seed-pipeline';

export type Asked = 'funnel' | 'usefulness' | 'slow' | 'dropout' | 'fast' | 'converting' | 'metrics';
type Check = { question: Asked; name: string; ours: unknown; sql: string; shape: (rows: Record<string, unknown>[]) => unknown };

const pairs = (rows: Record<string, unknown>[], ...columns: string[]): string[] => rows.map((row) => columns.map((column) => String(row[column] ?? '')).join('|')).toSorted();

const VISITS = `with moves as (select l.lead, l.moved, l.stage, l.position, l.outcome, l.reason, lead(l.moved) over w as next_moved, lead(l.outcome) over w as next_outcome, lead(l.position) over w as next_position, lead(l.reason) over w as next_reason
  from log l semi join looked k on k.id = l.lead window w as (partition by l.lead order by l.moved, l.position)), visit as (select * from moves where outcome = 'open')`;

const checksOf = (found: Computed): Check[] => {
  const months = found.usefulness.content.basis.leftOutCohorts.map((month) => `'${month}'`).join(',') || `''`;
  return [
    { question: 'funnel', name: 'funnel by cohort and source', ours: [...pairs(found.funnel.content.cohorts, 'month', 'entrants', 'won', 'lost'), ...pairs(found.funnel.content.splits.channel, 'value', 'entrants', 'won', 'lost')],
      sql: `select 1 as part, strftime(entered, '%Y-%m') as name, count(*) as entrants, count(*) filter (where outcome = 'won') as won, count(*) filter (where outcome = 'lost') as lost from leads group by 2
            union all select 2, channel, count(*), count(*) filter (where outcome = 'won'), count(*) filter (where outcome = 'lost') from leads group by 2`,
      shape: (rows) => ['1', '2'].flatMap((part) => pairs(rows.filter((row) => String(row.part) === part), 'name', 'entrants', 'won', 'lost')) },
    { question: 'usefulness', name: 'usefulness by origin and source', ours: [...pairs(found.usefulness.content.byOrigin, 'name', 'entrants', 'won'), ...pairs(found.usefulness.content.bySource, 'name', 'entrants', 'won')],
      sql: `with fit as (select l.* from leads l semi join looked k on k.id = l.id where strftime(entered, '%Y-%m') not in (${months}))
            select 1 as part, origin as name, count(*) as entrants, count(*) filter (where outcome = 'won') as won from fit group by 2 union all select 2, channel, count(*), count(*) filter (where outcome = 'won') from fit group by 2`,
      shape: (rows) => ['1', '2'].flatMap((part) => pairs(rows.filter((row) => String(row.part) === part), 'name', 'entrants', 'won')) },
    { question: 'slow', name: 'where leads slow: stays and medians (Kaplan-Meier)', ours: pairs(found.slow.content.stages.filter(({ stays }) => stays > 0).map(({ stage, stays, waiting, medianDays }) => ({ stage, stays, waiting, median: medianDays === null ? '' : medianDays.toFixed(6) })), 'stage', 'stays', 'waiting', 'median'),
      sql: `${VISITS}, stay as (select stage, (epoch_us(coalesce(next_moved, :now)) - epoch_us(moved)) / 86400000000.0 as days, next_moved is not null as ended from visit),
            risk as (select stage, days, count(*) filter (where ended) as d, sum(count(*)) over (partition by stage order by days desc) as n from stay group by 1, 2),
            curve as (select stage, days, exp(sum(case when d = n then -1e9 else ln(1 - d / n) end) over (partition by stage order by days)) as s from risk where d > 0)
            select v.stage, count(*) as stays, count(*) filter (where next_moved is null) as waiting, (select printf('%.6f', (min(days) filter (where s <= 0.5 + 1e-9) + min(days) filter (where s < 0.5 - 1e-9)) / 2) from curve c where c.stage = v.stage) as median from visit v group by 1`,
      shape: (rows) => pairs(rows, 'stage', 'stays', 'waiting', 'median') },
    { question: 'dropout', name: 'where leads drop out, with reasons', ours: found.dropout.content.stages.flatMap(({ stage, reasons }) => pairs(reasons.map((row) => ({ stage, ...row })), 'stage', 'reason', 'count')).toSorted(),
      sql: `${VISITS}, last as (select *, row_number() over (partition by lead order by moved desc, position desc) as back from visit)
            select stage, next_reason as reason, count(*) as count from last where back = 1 and next_outcome = 'lost' group by 1, 2`,
      shape: (rows) => pairs(rows, 'stage', 'reason', 'count') },
    { question: 'converting', name: 'marks of converting leads', ours: pairs(found.converting.content.marks.map(({ column, value, n, rate }) => ({ column, value, n, won: Math.round(rate * n) })), 'column', 'value', 'n', 'won'),
      sql: `with fit as (select l.* from leads l semi join looked k on k.id = l.id where strftime(entered, '%Y-%m') not in (${months}))
            select * from (select 'source' as "column", channel as value, count(*) as n, count(*) filter (where outcome = 'won') as won from fit group by 2 union all
            select 'industry', industry, count(*), count(*) filter (where outcome = 'won') from fit group by 2 union all select 'territory', territory, count(*), count(*) filter (where outcome = 'won') from fit group by 2) where n >= 20`,
      shape: (rows) => pairs(rows, 'column', 'value', 'n', 'won') },
    { question: 'fast', name: 'marks of fast leads', ours: [`days ${(found.fast.content.days ?? NaN).toFixed(6)}`, ...pairs(found.fast.content.marks.map(({ column, value, n, rate }) => ({ column, value, n, fast: Math.round(rate * n) })), 'column', 'value', 'n', 'fast')],
      sql: `with won as (select l.*, (epoch_us(ended) - epoch_us(entered)) / 86400000000.0 as days from leads l semi join looked k on k.id = l.id where outcome = 'won'),
            old as (select * from won where (epoch_us(:now) - epoch_us(entered)) / 86400000000.0 >= (select quantile_cont(days, 0.9) from won)), half as (select quantile_cont(days, 0.5) as days from old),
            told as (select o.*, o.days <= h.days as quick from old o, half h)
            select 'days' as "column", printf('%.6f', days) as value, null as n, null as fast from half union all
            select * from (select 'source', channel, count(*) as n, count(*) filter (where quick) from told group by 2 union all
            select 'industry', industry, count(*), count(*) filter (where quick) from told group by 2 union all select 'territory', territory, count(*), count(*) filter (where quick) from told group by 2) where n >= 20`,
      shape: (rows) => [...rows.filter((row) => row.column === 'days').map((row) => `days ${String(row.value)}`), ...pairs(rows.filter((row) => row.column !== 'days'), 'column', 'value', 'n', 'fast')] },
  ];
};

/** The figures of every question, counted by DuckDB from the same rows. @throws where it counts otherwise */
export const beside = async (duck: Duck, ownerUrl: string, folder: string, { workspaceId }: Place, data: AnswerData, now: Date, found: Computed): Promise<Beside[]> => {
  const own = `workspace_id = '${workspaceId}'`;
  await bring(duck, ownerUrl, { table: 'leads', path: join(folder, 'leads.csv'), query: `select l.id, l.origin, l.channel, l."end" as outcome, l.entered_at at time zone 'UTC' as entered, l.ended_at at time zone 'UTC' as ended, r.data ->> 'industry' as industry, r.data ->> 'territory' as territory from lead l join record r on r.workspace_id = l.workspace_id and r.id = l.id where l.${own}` });
  await bring(duck, ownerUrl, { table: 'log', path: join(folder, 'log.csv'), query: `select e.lead_id as lead, e.at at time zone 'UTC' as moved, s.name as stage, s.position, case when s.role in ('won', 'lost', 'recycled') then s.role else 'open' end as outcome, e.reason from stage_event e join stage s on s.workspace_id = e.workspace_id and s.id = e.stage_id where e.${own}` });
  await duck.rows(`create table looked as select unnest([${data.leads.map(({ id }) => `'${id}'::uuid`).join(',')}]) as id`);
  const figures: Beside[] = [];
  for (const check of checksOf(found)) figures.push(await counted(duck, check, now));
  return figures;
};

export type Beside = { question: Asked; name: string; seconds: number };

/** @throws where DuckDB counts otherwise */
const counted = async (duck: Duck, { question, name, ours, sql, shape }: Check, now: Date): Promise<Beside> => {
  const began = performance.now();
  const rows = await duck.rows(sql.replaceAll(':now', `'${now.toISOString().slice(0, -1)}'::timestamp`));
  const seconds = (performance.now() - began) / 1000;
  const theirs = shape(rows);
  if (JSON.stringify(theirs) !== JSON.stringify(ours)) throw new Error(`DuckDB counts ${name} otherwise: ${JSON.stringify(theirs).slice(0, 600)} and not ${JSON.stringify(ours).slice(0, 600)}`);
  return { question, name, seconds };
};

type Figure = { label: string | null; value: number | null; n: number };
/** As the page of metrics asks for it, split by source. */
export type MetricsShown = { within: { from: string; until: string }; leads: { groups: Record<string, unknown>[] }; metrics: { id: string; value: number | null; n: number; parts: Figure[] }[] };

const medians = (figures: readonly Figure[]): string[] => pairs(figures.flatMap(({ label, value, n }) => (value === null ? [] : [{ label, value: value.toFixed(6), n }])), 'label', 'value', 'n');

/** The metrics that leads and their log carry, counted by DuckDB from the same rows. Leads are counted by whole seconds, so the days to a win are. */
export const metricsBeside = (duck: Duck, { within, leads, metrics }: MetricsShown): Promise<Beside> => {
  const of = (id: string) => metrics.find((metric) => metric.id === id);
  const inside = (column: string) => `${column} >= '${within.from.slice(0, -1)}'::timestamp and ${column} < '${within.until.slice(0, -1)}'::timestamp`;
  const cycle = of('sales_cycle');
  return counted(duck, {
    question: 'metrics', name: 'leads by source, conversion, sales cycle and time in stage of a year',
    ours: [...pairs(leads.groups, 'label', 'leads', 'won', 'lost', 'recycled', 'open'), ...medians([...(cycle ? [{ label: 'all', value: cycle.value, n: cycle.n }, ...cycle.parts] : [])]), ...medians(of('time_in_stage')?.parts ?? []), ...medians(of('lead_to_order')?.parts ?? [])],
    sql: `with own as (select * from leads where ${inside('entered')}), won as (select *, (epoch_us(date_trunc('second', ended)) - epoch_us(date_trunc('second', entered))) / 86400000000.0 as days from leads where outcome = 'won' and ${inside('ended')}),
          steps as (select l.lead, l.stage, l.moved, l.position, lag(l.stage) over w as before from log l semi join own o on o.id = l.lead window w as (partition by l.lead order by l.moved, l.position)),
          stays as (select stage, (epoch_us(lead(moved) over (partition by lead order by moved, position)) - epoch_us(moved)) / 86400000000.0 as days from steps where before is distinct from stage)
          select 1 as part, channel as label, count(*) as leads, count(*) filter (where outcome = 'won') as won, count(*) filter (where outcome = 'lost') as lost, count(*) filter (where outcome = 'recycled') as recycled, count(*) filter (where outcome = 'open') as open, null as value, null as n from own group by 2
          union all select 2, coalesce(channel, 'all'), null, null, null, null, null, printf('%.6f', quantile_cont(days, 0.5)), count(*) from won group by grouping sets ((channel), ())
          union all select 3, stage, null, null, null, null, null, printf('%.6f', quantile_cont(days, 0.5)), count(*) from stays where days > 0 group by 2
          union all select 4, channel, null, null, null, null, null, printf('%.6f', count(*) filter (where outcome = 'won') / count(*)), count(*) from own group by 2`,
    shape: (rows) => ['1', '2', '3', '4'].flatMap((part) => pairs(rows.filter((row) => String(row.part) === part), ...(part === '1' ? ['label', 'leads', 'won', 'lost', 'recycled', 'open'] : ['label', 'value', 'n']))),
  }, new Date(within.until));
};
