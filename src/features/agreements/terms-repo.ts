import { and, asc, eq, isNull } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';
import { agreement, agreementSignature, agreementVersion, type AGREEMENT_KINDS } from './schema';

export type AgreementRow = typeof agreement.$inferSelect;
export type VersionRow = typeof agreementVersion.$inferSelect;
export type SignatureRow = typeof agreementSignature.$inferSelect;
export type AgreementKind = (typeof AGREEMENT_KINDS)[number];
export type SignedVersion = VersionRow & { signatures: SignatureRow[] };
export type Whole = AgreementRow & { versions: SignedVersion[] };

const grouped = <T extends { agreementId: string }>(rows: readonly T[]): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.agreementId);
    if (group) group.push(row);
    else groups.set(row.agreementId, [row]);
  }
  return groups;
};

/** Agreements with every version and signature; all of a kind, or one. */
export const agreements = async (tx: WorkspaceTx, wanted: { kind?: AgreementKind; id?: string }): Promise<Whole[]> => {
  const rows = await tx.select().from(agreement).where(and(wanted.kind ? eq(agreement.kind, wanted.kind) : undefined, wanted.id ? eq(agreement.id, wanted.id) : undefined)).orderBy(asc(agreement.createdAt), asc(agreement.id));
  const own = wanted.id ? eq(agreementVersion.agreementId, wanted.id) : undefined;
  const signed = wanted.id ? eq(agreementSignature.agreementId, wanted.id) : undefined;
  const versions = grouped(await tx.select().from(agreementVersion).where(own).orderBy(asc(agreementVersion.version)));
  const signatures = grouped(await tx.select().from(agreementSignature).where(signed).orderBy(asc(agreementSignature.signedAt)));
  return rows.map((row) => ({
    ...row,
    versions: (versions.get(row.id) ?? []).map((version) => ({ ...version, signatures: (signatures.get(row.id) ?? []).filter((each) => each.version === version.version) })),
  }));
};

/** Held until the transaction ends, so that two heads who sign at once both see the other's name. */
export const lockAgreement = async (tx: WorkspaceTx, id: string): Promise<AgreementRow | undefined> => (await tx.select().from(agreement).where(eq(agreement.id, id)).for('update'))[0];

export const agreementCalled = async (tx: WorkspaceTx, kind: AgreementKind, nameKey: string): Promise<AgreementRow | undefined> =>
  (await tx.select().from(agreement).where(and(eq(agreement.kind, kind), eq(agreement.nameKey, nameKey))))[0];

/** Commitments in force. */
export const commitmentsInForce = async (tx: WorkspaceTx): Promise<Whole[]> => {
  const open = new Set((await tx.select({ id: agreement.id }).from(agreement).where(and(eq(agreement.kind, 'commitment'), isNull(agreement.endedAt)))).map((row) => row.id));
  return (await agreements(tx, { kind: 'commitment' })).filter((row) => open.has(row.id) && row.versions.some((version) => version.signedAt));
};
