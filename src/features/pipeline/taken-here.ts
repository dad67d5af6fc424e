import { sql, type SQL } from 'drizzle-orm';

/** Ids of the leads that sales took on here, or had by then: whose last offer was accepted. @param asOf null: now */
export const takenHere = (workspaceId: string, asOf: Date | null): SQL => {
  const by = (at: string): SQL => (asOf ? sql`and ${sql.raw(at)} <= ${asOf.toISOString()}::timestamptz` : sql``);
  return sql`select h.lead_id from (select distinct on (lead_id) lead_id, state, decided_at from handoff where workspace_id = ${workspaceId}::uuid ${by('offered_at')} order by lead_id, offered_at desc) h where h.state = 'accepted' ${by('h.decided_at')}`;
};
