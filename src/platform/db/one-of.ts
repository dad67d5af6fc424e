import { sql, type Column, type SQL } from 'drizzle-orm';

/** That a uuid column holds one of these: a single parameter however many ids, where a list of parameters ends at 65,535. */
export const oneOf = (column: Column, ids: readonly string[]): SQL => sql`${column} = any(${sql.param([...ids])}::uuid[])`;
