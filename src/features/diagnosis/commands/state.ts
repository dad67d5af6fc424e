import { eq, sql } from 'drizzle-orm';
import { refuse } from '../../../platform/http/refusal';
import { allow, type Scope } from '../../../platform/rpc/with-workspace';
import { REASONS, type Relationship } from '../domain/alignment';
import type { Configuration, Facts } from '../domain/configuration';
import type { Look, Topic } from '../domain/views';
import { can } from '../policy';
import { stated, type Stated } from '../repo';
import { diagnosis } from '../schema';

type Change = Partial<Pick<Stated, 'facts' | 'corrected' | 'correctedNote' | 'relationship' | 'reasons' | 'views'>>;

/**
 * Writes what somebody stated, over the version they saw.
 * @throws 403 for others than heads and facilitators; 409 when somebody else changed it meanwhile
 */
const change = async (scope: Scope, seen: number, action: string, next: (now: Stated | undefined) => Change): Promise<void> => {
  allow(can(scope.me, 'diagnosis:write'), 'change the diagnosis', 'Ask a head or a facilitator.');
  await scope.tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`diagnosis ${scope.workspaceId}`}, 0))`);
  const row = await stated(scope.tx);
  if ((row?.version ?? 0) !== seen) throw refuse.conflict('Somebody else changed the diagnosis meanwhile. Nothing was saved.', 'Load the page again and repeat your change.');
  const by = { changedAt: scope.now, changedByName: scope.me.label };
  if (row) await scope.tx.update(diagnosis).set({ ...next(row), ...by, version: seen + 1 }).where(eq(diagnosis.workspaceId, scope.workspaceId));
  else await scope.tx.insert(diagnosis).values({ workspaceId: scope.workspaceId, ...next(undefined), ...by, version: 1 });
  await scope.audit({ action, subjectKind: 'diagnosis', subjectId: scope.workspaceId, details: {} });
};

export const stateFacts = (scope: Scope, seen: number, facts: Facts) => change(scope, seen, 'diagnosis.facts_stated', () => ({ facts }));

export const correct = (scope: Scope, seen: number, corrected: Configuration | null, note: string) => {
  if (corrected !== null && note === '') throw refuse.invalid('A correction needs a note. Nothing was saved.', 'Say in a sentence what the facts miss.');
  return change(scope, seen, 'diagnosis.corrected', () => ({ corrected, correctedNote: corrected === null ? '' : note }));
};

/** Reasons of the relationship that is stated; those of another one are left behind. */
export const align = (scope: Scope, seen: number, relationship: Relationship | null, reasons: Readonly<Record<string, boolean>>) =>
  change(scope, seen, 'diagnosis.alignment_stated', () => {
    const known: readonly string[] = relationship === null || relationship === 'integrated' ? [] : [...REASONS[relationship].leave, ...REASONS[relationship].tighten];
    return { relationship, reasons: Object.fromEntries(Object.entries(reasons).filter(([id]) => known.includes(id))) };
  });

export const lookAt = (scope: Scope, seen: number, topic: Topic, look: Look | null, note: string) =>
  change(scope, seen, 'diagnosis.view_stated', (now) => {
    const { [topic]: _, ...others } = now?.views ?? {};
    return { views: look === null ? others : { ...others, [topic]: { look, note } } };
  });
