import { sql } from 'drizzle-orm';
import type { Side } from '../../lib/vocabulary';
import type { WorkspaceTx } from '../../platform/db/database';
import { dataShape, peopleData, touchCounts, touchesOf, type PartyTouch } from '../customers/public';
import { readCells, type Cells } from './answer-cells';
import type { ProcessFacts, Shape } from './domain/answers/ladder';
import { traitsOf } from './domain/answers/traits';
import type { StageEnd } from './domain/stages';
import { factsOfLeads } from './domain/sum-leads';
import { heldLeads } from './held-leads';
import { keptByPortion } from './kept-by-portion';
import { countedOnce } from './revision';
import { countedBy, rulesMask } from './rule-repo';

const perPortion = keptByPortion(1);

type Rules = Awaited<ReturnType<typeof countedBy>>;

/** Leads that answers look at one by one. Counts of the funnel are of all; more leads than this are drawn by lot, which a page says. */
export const MOST_LOOKED_AT = 30_000;
const BATCH = 2_000;

export type LookedAt = { id: string; origin: Side; channel: string | null; end: StageEnd; enteredAt: number; endedAt: number | null; amount: number | null; contactedAt: number | null; /** Whose rules count it, as bits. */ rules: number };
export type LoggedMove = { lead: string; stageId: string; at: number; reason: string | null };
export type StageRow = { id: string; name: string; position: number; owner: Side; role: string | null };

/** Everything the answers are worked out of, as plain values. */
export type AnswerData = {
  now: number;
  facts: ProcessFacts;
  shapes: Shape[];
  stages: StageRow[];
  cubes: Cells['cubes'];
  days: Cells['days'];
  rules: Rules;
  leads: LookedAt[];
  traits: Record<string, string>[];
  moves: LoggedMove[];
  touches: PartyTouch[];
  touchCounts: { touches: number; activities: number; keyed: number };
};

const own = (workspaceId: string) => sql`${workspaceId}::uuid`;

/** What the process and the systems hold, as the ladder asks. */
export const factsOf = (tx: WorkspaceTx, workspaceId: string): Promise<{ facts: ProcessFacts; shapes: Shape[] }> => countedOnce(tx, workspaceId, 'facts', () => readFacts(tx, workspaceId));

const readFacts = async (tx: WorkspaceTx, workspaceId: string): Promise<{ facts: ProcessFacts; shapes: Shape[] }> => {
  const { shapes, counts } = await countedOnce(tx, workspaceId, 'shapes', async () => ({ shapes: await dataShape(tx, workspaceId), counts: await touchCounts(tx, workspaceId) }), 'records');
  const leads = factsOfLeads(await heldLeads(tx, workspaceId), perPortion);
  return { facts: { ...leads, touches: counts.touches + counts.activities, keyedTouches: counts.keyed }, shapes };
};

const drawn = async (tx: WorkspaceTx, workspaceId: string, all: number, rules: Rules): Promise<LookedAt[]> => {
  const lot = all > MOST_LOOKED_AT ? sql`order by hashtextextended(id::text, 0), id limit ${MOST_LOOKED_AT}` : sql`order by id`;
  return (await tx.execute<LookedAt>(sql`
    select id, origin, channel, "end", extract(epoch from entered_at)::float8 * 1000 as "enteredAt", extract(epoch from ended_at)::float8 * 1000 as "endedAt", amount, extract(epoch from contacted_at)::float8 * 1000 as "contactedAt", ${rulesMask(rules, workspaceId)} as rules from lead where workspace_id = ${own(workspaceId)} ${lot}`)).rows;
};

const movesOf = async (tx: WorkspaceTx, workspaceId: string, ids: readonly string[]): Promise<LoggedMove[]> =>
  (await tx.execute<LoggedMove>(sql`
    select lead_id as lead, stage_id as "stageId", extract(epoch from at)::float8 * 1000 as at, reason from stage_event where workspace_id = ${own(workspaceId)} and lead_id = any(${sql.param([...ids])}::uuid[]) order by lead_id, at`)).rows;

const stagesOf = async (tx: WorkspaceTx, workspaceId: string): Promise<StageRow[]> =>
  (await tx.execute<StageRow>(sql`
    select s.id, s.name, s.position, s.owner, s.role from stage s join pipeline p on p.workspace_id = s.workspace_id and p.id = s.pipeline_id where s.workspace_id = ${own(workspaceId)} order by p.is_default desc, p.created_at, s.position`)).rows;

/** Reads what the answers need; large parts in batches, so that other requests have their turn between them. */
export const answerData = async (tx: WorkspaceTx, workspaceId: string, now: Date): Promise<AnswerData> => {
  const { facts, shapes } = await factsOf(tx, workspaceId);
  const rules = await countedBy({ tx, workspaceId, now }, null);
  const { cubes, days } = await readCells(tx, workspaceId, rules, null);
  const leads = await drawn(tx, workspaceId, facts.leads, rules);
  const records = new Map<string, Record<string, unknown>[]>();
  const moves: LoggedMove[] = [];
  const touches: PartyTouch[] = [];
  for (let at = 0; at < leads.length; at += BATCH) {
    const ids = leads.slice(at, at + BATCH).map(({ id }) => id);
    for (const { partyId, data } of await peopleData(tx, workspaceId, ids)) {
      const known = records.get(partyId);
      if (known) known.push(data);
      else records.set(partyId, [data]);
    }
    moves.push(...(await movesOf(tx, workspaceId, ids)));
    if (facts.touches > 0) touches.push(...(await touchesOf(tx, workspaceId, ids)));
  }
  return {
    now: now.getTime(), facts, shapes, stages: await stagesOf(tx, workspaceId), cubes, days, rules, leads,
    traits: leads.map(({ id }) => traitsOf(records.get(id) ?? [])), moves, touches, touchCounts: await touchCounts(tx, workspaceId),
  };
};
