import { timestamp, uuid } from 'drizzle-orm/pg-core';

/** First column of every workspace table's key, so that row security and sharding see it (architecture.md, "Engine"). */
export const workspaceId = () => uuid('workspace_id').notNull();

export const id = () => uuid('id').notNull();

/** Instants are stored with zone and handled as `Date`; readers format them in their own zone. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
