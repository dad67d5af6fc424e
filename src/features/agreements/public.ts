import { count, gte } from 'drizzle-orm';
import type { Scope } from '../../platform/rpc/with-workspace';
import type { Side } from '../../lib/vocabulary';
import type { WorkspaceTx } from '../../platform/db/database';
import { readCards } from './commands/read-commitments';
import { agreedResponse, type AgreedResponse } from './domain/agreed-response';
import { quarterOf } from './domain/periods';
import { current } from './domain/signing';
import { review } from './schema';
import { agreements, commitmentsInForce } from './terms-repo';

export type SignedTerm = { id: string; name: string; version: number; text: string; signedAt: Date };

/** Terms both heads have signed, with the version that counts now, and those that are talked about and that both have not signed yet. */
export const termsNow = async (tx: WorkspaceTx): Promise<{ signed: SignedTerm[]; open: { id: string; name: string }[] }> => {
  const live = (await agreements(tx, { kind: 'term' })).filter(({ endedAt }) => endedAt === null);
  return {
    signed: live.flatMap(({ id, name, versions }) => {
      const version = current(versions);
      return version?.term && version.signedAt ? [{ id, name, version: version.version, text: version.term.text, signedAt: version.signedAt }] : [];
    }),
    open: live.flatMap(({ id, name, versions }) => (current(versions) ? [] : [{ id, name }])),
  };
};

export const signedTerms = async (tx: WorkspaceTx): Promise<SignedTerm[]> => (await termsNow(tx)).signed;

/** The version of each term that counts now, by the term's id: what a lead is qualified under today. */
export const currentVersions = async (tx: WorkspaceTx): Promise<Record<string, number>> => Object.fromEntries((await signedTerms(tx)).map(({ id, version }) => [id, version]));

/** The wording of terms as they were in these versions, for a lead that was qualified under them. */
export const wordingOf = async (tx: WorkspaceTx, versions: Readonly<Record<string, number>>): Promise<SignedTerm[]> =>
  (await agreements(tx, { kind: 'term' })).flatMap((row) => {
    const version = row.versions.find((each) => each.version === versions[row.id]);
    return version?.term && version.signedAt ? [{ id: row.id, name: row.name, version: version.version, text: version.term.text, signedAt: version.signedAt }] : [];
  });

/** Every wording of every term that both heads signed, and from when until when it counted, in milliseconds since 1970; `to` null while it does. */
export const termHistory = async (tx: WorkspaceTx): Promise<{ termId: string; name: string; version: number; text: string; from: number; to: number | null }[]> =>
  (await agreements(tx, { kind: 'term' })).flatMap((row) => {
    const signed = row.versions.flatMap((each) => (each.signedAt ? [{ ...each, at: each.signedAt.getTime() }] : [])).toSorted((a, b) => a.at - b.at);
    return signed.flatMap(({ version, term, ends, at }, order) => (term && !ends ? [{ termId: row.id, name: row.name, version, text: term.text, from: at, to: signed[order + 1]?.at ?? null }] : []));
  });

/** Sales' signed commitment to take up leads, of all leads: what the two counts are reckoned by on a day of the workspace's zone, and what is signed for a later one. */
export const signedResponse = async (tx: WorkspaceTx, today: string, by: Date): Promise<AgreedResponse> =>
  agreedResponse((await commitmentsInForce(tx)).map(({ versions }) => versions.flatMap(({ commitment, signedAt, ends }) => (commitment && signedAt && signedAt <= by && !ends ? [{ commitment, signedAt }] : []))), today);

/** Kept of what came due in the periods that commitments show, both functions' together, whether each of them owes the other something, and when the first of them was signed. */
export const wordKept = async (scope: Scope): Promise<{ due: number; kept: number; bothWays: boolean; first: Date | null }> => {
  const signed = (await readCards(scope)).cards.filter(({ periods }) => periods.length > 0);
  const owing = new Set(signed.flatMap(({ row }) => current(row.versions)?.commitment?.owes ?? []));
  const periods = signed.flatMap((card) => card.periods);
  const signings = signed.flatMap(({ row }) => row.versions.flatMap(({ signedAt }) => signedAt ?? [])).toSorted((a, b) => a.getTime() - b.getTime());
  return { due: periods.reduce((sum, { due }) => sum + due, 0), kept: periods.reduce((sum, { kept }) => sum + kept, 0), bothWays: owing.size > 1, first: signings[0] ?? null };
};

/** What each side kept of what came due, by quarter ("2026-Q3"), as far back as commitments show periods. */
export const keptByQuarter = async (scope: Pick<Scope, 'tx' | 'now'>): Promise<{ side: Side; quarter: string; due: number; kept: number }[]> =>
  (await readCards(scope)).cards.flatMap(({ row, periods }) => {
    const side = current(row.versions)?.commitment?.owes;
    return side ? periods.map(({ period, due, kept }) => ({ side, quarter: quarterOf(period), due, kept })) : [];
  });

/** Reviews of the relationship held since a day. */
export const reviewsHeld = async (tx: WorkspaceTx, since: string): Promise<number> => (await tx.select({ n: count() }).from(review).where(gte(review.heldOn, since)))[0]?.n ?? 0;
