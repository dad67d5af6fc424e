import { eq, inArray, max, sql } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';
import { CONTENTS, type Contents } from './answer-contract';
import type { Computed } from './answer-compute';
import { revisionOf } from './revision';
import { answer, lead, type AnswerName } from './schema';

/** Answers older than this are worked out anew when somebody looks: what is open grows older though no lead changes. */
const OLD_MS = 3_600_000;

export type Dated = { computedAt: Date | null; dataAt: Date | null; stale: boolean };

const judged = (row: { computedAt: Date; dataAt: Date | null; revision: string } | undefined, revision: string, now: Date): Dated => {
  if (!row) return { computedAt: null, dataAt: null, stale: true };
  return { computedAt: row.computedAt, dataAt: row.dataAt, stale: row.revision !== revision || now.getTime() - row.computedAt.getTime() > OLD_MS };
};

/** An answer as it was last worked out; content of an older version of the product counts as none. */
export const readAnswer = async <Name extends keyof Contents>(tx: WorkspaceTx, name: Name, now: Date): Promise<Dated & { content: Contents[Name] | null }> => {
  const [row] = await tx.select({ computedAt: answer.computedAt, dataAt: answer.dataAt, revision: answer.revision, content: answer.content }).from(answer).where(eq(answer.name, name));
  const dated = judged(row, await revisionOf(tx), now);
  const content = CONTENTS[name].safeParse(row?.content);
  return content.success ? { ...dated, content: content.data as Contents[Name] } : { computedAt: null, dataAt: null, stale: true, content: null };
};

export const leadsBehind = async (tx: WorkspaceTx, name: AnswerName, key: string) => {
  const [row] = await tx.select({ ids: sql<string[] | null>`${answer.leads} -> ${key}::text` }).from(answer).where(eq(answer.name, name));
  const ids = row?.ids ?? [];
  if (ids.length === 0) return [];
  const rows = await tx.select().from(lead).where(inArray(lead.id, ids));
  const place = new Map(ids.map((id, at) => [id, at]));
  return rows.toSorted((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
};

export const lastComputed = async (tx: WorkspaceTx): Promise<Date | null> => (await tx.select({ at: max(answer.computedAt) }).from(answer))[0]?.at ?? null;

/** Replaces all answers at once; a page never shows one of yesterday beside one of today. */
export const saveAnswers = async (tx: WorkspaceTx, workspaceId: string, computed: Computed, computedAt: Date, of: { dataAt: Date | null; revision: string }): Promise<void> => {
  const rows = (Object.keys(computed) as (keyof Contents)[]).map((name) => ({ workspaceId, name, computedAt, ...of, content: computed[name].content, leads: computed[name].leads }));
  await tx
    .insert(answer)
    .values(rows)
    .onConflictDoUpdate({ target: [answer.workspaceId, answer.name], set: { computedAt: sql`excluded.computed_at`, dataAt: sql`excluded.data_at`, revision: sql`excluded.revision`, content: sql`excluded.content`, leads: sql`excluded.leads` }, setWhere: sql`${answer.computedAt} <= excluded.computed_at` });
};
