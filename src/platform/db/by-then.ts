import { sql, type SQL } from 'drizzle-orm';

/** A condition on when something happened: by then; null: whenever it was. What has no date did not happen by any day that somebody could name. */
export const byThen = (at: SQL, asOf: Date | null): SQL => (asOf ? sql`${at} <= ${asOf.toISOString()}::timestamptz` : sql`true`);
