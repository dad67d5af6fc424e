import type { z } from 'zod';
import type { goalView, versionView } from './contract';
import { periodOf } from './domain/periods';
import { inForce, waiting, waitingFor } from './domain/signing';
import type { Goal, SignedVersion } from './repo';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

const presentVersion = (row: SignedVersion): z.infer<typeof versionView> => ({
  version: row.version, amount: row.amount, currency: row.currency, quota: row.quota, margin: row.margin, note: row.note, proposedSide: row.proposedSide, proposedByName: row.proposedByName,
  proposedAt: row.proposedAt.toISOString(), signedAt: iso(row.signedAt), withdrawnAt: iso(row.withdrawnAt),
  signatures: row.signatures.map(({ side, name, signedAt }) => ({ side, name, signedAt: signedAt.toISOString() })), waitsFor: row.signedAt || row.withdrawnAt ? [] : waitingFor(row.signatures),
});

export const presentGoal = (row: Goal): z.infer<typeof goalView> => {
  const [counts, waits] = [inForce(row.versions), waiting(row.versions)];
  return { id: row.id, period: periodOf(row.unit, row.startsOn), inForce: counts ? presentVersion(counts) : null, waiting: waits ? presentVersion(waits) : null, history: row.versions.toReversed().map(presentVersion) };
};
