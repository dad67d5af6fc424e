import { sql, type SQL } from 'drizzle-orm';
import { refuse } from '../../platform/http/refusal';
import type { WorkspaceTx } from '../../platform/db/database';
import { agreedRule } from './agreed-rule';
import { USUAL_RULES, type RuleName } from './domain/reconcile';
import { RULE_BITS, type CountedBy } from './domain/rule-bits';
import type { AsOf } from './leads-as-of';
import type { StageRole } from './domain/stages';
import { lead } from './schema';
import { takenHere } from './taken-here';
import { anyPasses } from './two-counts-repo';

type Look = { tx: WorkspaceTx; workspaceId: string; now: Date };

/** What each rule counts here, or counted then; null: no rule is agreed. */
export const countedBy = async ({ tx, workspaceId, now }: Look, asOf: AsOf): Promise<Record<'marketing' | 'sales', CountedBy> & { agreed: CountedBy | null }> => {
  const { rule: agreed } = await agreedRule(tx, asOf ?? now);
  const by = (await anyPasses(tx, workspaceId, asOf)) ? ('passes' as const) : ('entries' as const);
  return { marketing: { ...USUAL_RULES.marketing, by }, sales: { ...USUAL_RULES.sales, by }, agreed: agreed && { passedOn: agreed.passedOn, worked: agreed.worked, by } };
};

export const notAgreed = () => refuse.conflict('No rule for counting is agreed yet.', 'Draft one together, or look at it by marketing’s or by sales’ rule.');

/** No pipeline has as many. */
const MOST_STAGES = 500;

/** Filters of leads with what their rule counts. @throws 409 for an agreed rule that nobody signed yet */
export const withRule = async <F extends { rule?: RuleName | undefined }>(look: Look, { rule, ...filters }: F, asOf: AsOf = null): Promise<Omit<F, 'rule'> & { counts?: CountedBy }> => {
  if (!rule) return filters;
  const counts = (await countedBy(look, asOf))[rule];
  if (!counts) throw notAgreed();
  return { ...filters, counts };
};

/**
 * Leads that stand in the two counts under a rule when all time is looked at: passed on by its word, or worked by its word and never passed
 * on. The same as `placeOf` gives a row to; a test holds both against each other. Selects from `lead`, or from what stands for it, under its own name.
 * @param asOf leads as they stood then, which `leadRows` gives under the name of `lead`
 */
export const countsAt = ({ passedOn, worked, by }: CountedBy, workspaceId: string, asOf: AsOf): SQL => {
  const dates = by === 'passes' ? sql`${lead.passes}` : sql`${lead.marketingEntries}`;
  // Sets that are made once and asked of every lead; a look-up for each lead took minutes of a million.
  const taken = sql`(${lead.id} in (${takenHere(workspaceId, asOf)}))`;
  const arrived = sql`(${lead.salesRecords} > 0 or ${lead.contactedAt} is not null or ${taken})`;
  const reached = (...roles: StageRole[]) =>
    sql`((${lead.pipelineId}, ${lead.furthest}) in (select s.pipeline_id, place from (select pipeline_id, min(position) as first from stage where role = any(${sql.param(roles)}::text[]) group by 1) s, generate_series(s.first, ${MOST_STAGES}::int) as place))`;
  const deal = sql`(${reached('opportunity', 'proposal', 'won')} and ${arrived})`;
  const contacted = sql`(${lead.contactedAt} is not null or ${deal})`;
  const counts = {
    contacted, deal,
    kept: sql`(${lead.end} <> 'recycled' and ${contacted})`,
    accepted: sql`(${arrived} and (${reached('accepted', 'sales_qualified', 'opportunity', 'proposal', 'won')} or ${taken}))`,
  }[worked];
  return sql`(case when cardinality(${dates}) > 0 then ${passedOn === 'arrived' ? arrived : sql`true`} else ${counts} end)`;
};

/** Which rules count a lead, as a bit for each. */
export const rulesMask = (rules: Awaited<ReturnType<typeof countedBy>>, workspaceId: string, asOf: AsOf = null): SQL =>
  sql.join((['marketing', 'sales', 'agreed'] as const).map((name) => (rules[name] ? sql`(case when ${countsAt(rules[name], workspaceId, asOf)} then ${sql.raw(String(RULE_BITS[name]))} else 0 end)` : sql`0`)), sql` + `);
