import { SIDES, type Side } from '../../../lib/vocabulary';

export type Signature = { side: Side; userId: string; personId: string | null };

export const VERSION_STATES = ['waiting', 'signed', 'replaced', 'withdrawn'] as const;
export type VersionState = (typeof VERSION_STATES)[number];

/** Sides that have not signed yet; empty once both have. */
export const waitingFor = (signed: readonly { side: Side }[]): Side[] => SIDES.filter((side) => !signed.some((each) => each.side === side));

export const CANNOT_SIGN = ['not_head', 'already', 'same_person'] as const;
export type CannotSign = (typeof CANNOT_SIGN)[number];

/** Why somebody may not sign this version, or null. Two heads are two people: whoever signed for one side never signs for the other. */
export const cannotSign = (me: { userId: string; personId: string | null; headOf: Side | null }, signed: readonly Signature[]): CannotSign | null => {
  if (!me.headOf) return 'not_head';
  if (signed.some(({ side }) => side === me.headOf)) return 'already';
  if (signed.some(({ userId, personId }) => userId === me.userId || (personId !== null && personId === me.personId))) return 'same_person';
  return null;
};

type VersionFacts = { version: number; signedAt: Date | null; withdrawnAt: Date | null };

/** The version that counts: the newest that both signed. */
export const current = <V extends VersionFacts>(versions: readonly V[]): V | undefined => versions.filter((each) => each.signedAt !== null).toSorted((a, b) => b.version - a.version)[0];

export const waiting = <V extends VersionFacts>(versions: readonly V[]): V | undefined => versions.find((each) => each.signedAt === null && each.withdrawnAt === null);

export const versionState = (version: VersionFacts, versions: readonly VersionFacts[]): VersionState => {
  if (version.withdrawnAt) return 'withdrawn';
  if (!version.signedAt) return 'waiting';
  return current(versions)?.version === version.version ? 'signed' : 'replaced';
};
