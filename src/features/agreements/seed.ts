import type { WorkspaceTx } from '../../platform/db/database';
import { plain } from '../../lib/plain';
import { SIDES, type Side } from '../../lib/vocabulary';
import { tendWorkspace } from '../workspace/public';
import { otherSide, type Commitment } from './domain/commitment';
import { exampleCommitments } from './domain/example';
import { STARTER_TERMS, type TermText } from './domain/terms';
import messages from './messages/en.json';
import { agreement, agreementSignature, agreementVersion } from './schema';

type Head = { personId: string; name: string };
/** The two heads of the demo company, by side. */
export type DemoHeads = Readonly<Record<Side, Head>>;
type Body = { term: TermText; commitment: null } | { term: null; commitment: Commitment };

const DAY = 86_400_000;

const put = async (tx: WorkspaceTx, at: { workspaceId: string; newId: () => string; heads: DemoHeads; userIds: Readonly<Record<Side, string>> }, of: { name: string; proposedBy: Side; signed: boolean; when: Date } & Body): Promise<void> => {
  const [id, { workspaceId }] = [at.newId(), at];
  const later = new Date(of.when.getTime() + 3 * DAY);
  await tx.insert(agreement).values({ workspaceId, id, kind: of.term ? 'term' : 'commitment', name: of.name, nameKey: plain(of.name), createdAt: of.when });
  await tx.insert(agreementVersion).values({
    workspaceId, agreementId: id, version: 1, term: of.term, commitment: of.commitment, proposedSide: of.proposedBy, proposedBy: at.userIds[of.proposedBy], proposedByName: at.heads[of.proposedBy].name, proposedAt: of.when, signedAt: of.signed ? later : null,
  });
  const sides = of.signed ? [of.proposedBy, otherSide(of.proposedBy)] : [of.proposedBy];
  await tx.insert(agreementSignature).values(sides.map((side, order) => ({ workspaceId, agreementId: id, version: 1, side, userId: at.userIds[side], personId: at.heads[side].personId, name: at.heads[side].name, signedAt: order === 0 ? of.when : later })));
};

const textOf = (key: string, reading: 'contact' | 'organisation'): { name: string; text: string } => {
  const term = STARTER_TERMS.find((each) => each.key === key);
  return { name: term?.name ?? key, text: term?.readings.find((each) => each.key === reading)?.text ?? '' };
};

/**
 * The demo company's word: two signed terms and one that waits, three commitments in force. Its heads have no accounts, so that
 * their signatures stand under ids of their own.
 */
export const seedAgreements = async (tx: WorkspaceTx, workspaceId: string, heads: DemoHeads, now: Date, newId: () => string): Promise<void> => {
  const userIds = Object.fromEntries(SIDES.map((side) => [side, newId()])) as Record<Side, string>;
  const at = { workspaceId, newId, heads, userIds };
  const began = new Date(now.getTime() - 540 * DAY);
  const term = (key: string, reading: 'contact' | 'organisation', proposedBy: Side, signed: boolean, when: Date) => {
    const { name, text } = textOf(key, reading);
    return put(tx, at, { name, term: { text }, commitment: null, proposedBy, signed, when });
  };
  await term('customer', 'organisation', 'marketing', true, began);
  await term('qualified-lead', 'organisation', 'sales', true, began);
  await term('opportunity', 'organisation', 'sales', false, new Date(now.getTime() - 5 * DAY));
  const [leads, , businessCase] = exampleCommitments(began.toISOString().slice(0, 10));
  const contact: Commitment | undefined = businessCase && { ...businessCase.commitment, until: 'contact', stage: null, limit: 2, unit: 'days' };
  if (leads) await put(tx, at, { name: messages['example.leads'], term: null, commitment: leads.commitment, proposedBy: 'sales', signed: true, when: began });
  if (contact) await put(tx, at, { name: 'First contact within 2 working days', term: null, commitment: contact, proposedBy: 'marketing', signed: true, when: began });
  if (businessCase) await put(tx, at, { name: messages['example.case'], term: null, commitment: businessCase.commitment, proposedBy: 'marketing', signed: true, when: began });
  await tendWorkspace(tx, 'commitments', workspaceId);
};
