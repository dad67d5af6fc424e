import { SIDES, type Side } from '../../../lib/vocabulary';

export type Signature = { side: Side; userId: string; personId: string | null };
type VersionFacts = { version: number; signedAt: Date | null; withdrawnAt: Date | null };
type Dated = VersionFacts & { proposedAt: Date; signatures: { signedAt: Date }[] };

export const waitingFor = (signed: readonly { side: Side }[]): Side[] => SIDES.filter((side) => !signed.some((each) => each.side === side));

export type CannotSign = 'not_head' | 'already' | 'same_person';

/** Two heads are two people: whoever signed for one side never signs for the other. */
export const cannotSign = (me: { userId: string; personId: string | null; headOf: Side | null }, signed: readonly Signature[]): CannotSign | null => {
  if (!me.headOf) return 'not_head';
  if (signed.some(({ side }) => side === me.headOf)) return 'already';
  return signed.some(({ userId, personId }) => userId === me.userId || (personId !== null && personId === me.personId)) ? 'same_person' : null;
};

/** The version that counts: the newest that both signed. */
export const inForce = <V extends VersionFacts>(versions: readonly V[]): V | undefined => versions.filter((each) => each.signedAt !== null).toSorted((a, b) => b.version - a.version)[0];

export const waiting = <V extends VersionFacts>(versions: readonly V[]): V | undefined => versions.find((each) => each.signedAt === null && each.withdrawnAt === null);

/** Versions as they stood then: proposed by then, with what was signed and taken back by then; null: as they stand. */
export const versionsThen = <V extends Dated>(versions: readonly V[], then: Date | null): V[] => {
  const by = (at: Date | null): Date | null => (at && then && at > then ? null : at);
  return versions.filter(({ proposedAt }) => by(proposedAt)).map((each) => ({ ...each, signedAt: by(each.signedAt), withdrawnAt: by(each.withdrawnAt), signatures: each.signatures.filter(({ signedAt }) => by(signedAt)) }));
};
