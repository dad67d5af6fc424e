import type { WorkspaceTx } from '../../platform/db/database';
import { plain } from '../../lib/plain';
import { wallClock } from '../../lib/zoned-time';
import type { Side } from '../../lib/vocabulary';
import { tendWorkspace, workspaceFacts } from '../workspace/public';
import { otherSide, type Commitment } from './domain/commitment';
import { blank, exampleCommitments } from './domain/example';
import { boundsOf, lastPeriods } from './domain/periods';
import { STARTER_TERMS, type TermText } from './domain/terms';
import seeds from './messages/demo.en.json';
import messages from './messages/en.json';
import { agreement, agreementSignature, agreementVersion, review, reviewAction } from './schema';

/** The two heads of the demo company, by side. They have no accounts, so that their signatures stand under ids of their own. */
export type DemoHeads = Readonly<Record<Side, { personId: string; name: string; userId: string }>>;
type Said = { term: TermText; commitment: null } | { term: null; commitment: Commitment };
type Version = Said & { proposedBy: Side; when: Date; signed: boolean; note?: string };
type At = { tx: WorkspaceTx; workspaceId: string; now: Date; newId: () => string; heads: DemoHeads };

const DAY = 86_400_000;
const ago = (at: At, days: number): Date => new Date(at.now.getTime() - days * DAY);
const dayOf = (when: Date): string => when.toISOString().slice(0, 10);

const putVersion = async ({ tx, workspaceId, heads }: At, agreementId: string, version: number, { proposedBy, when, signed, note = '', term, commitment }: Version): Promise<void> => {
  const later = new Date(when.getTime() + 3 * DAY);
  await tx.insert(agreementVersion).values({
    workspaceId, agreementId, version, term, commitment, note, proposedSide: proposedBy, proposedBy: heads[proposedBy].userId, proposedByName: heads[proposedBy].name, proposedAt: when, signedAt: signed ? later : null,
  });
  const sides = signed ? [proposedBy, otherSide(proposedBy)] : [proposedBy];
  await tx.insert(agreementSignature).values(sides.map((side, order) => ({ workspaceId, agreementId, version, side, userId: heads[side].userId, personId: heads[side].personId, name: heads[side].name, signedAt: order === 0 ? when : later })));
};

const put = async (at: At, name: string, versions: readonly [Version, ...Version[]]): Promise<void> => {
  const id = at.newId();
  await at.tx.insert(agreement).values({ workspaceId: at.workspaceId, id, kind: versions[0].term ? 'term' : 'commitment', name, nameKey: plain(name), createdAt: versions[0].when });
  for (const [order, version] of versions.entries()) await putVersion(at, id, order + 1, version);
};

const reading = (key: string, which: 'contact' | 'organisation'): TermText => ({ text: STARTER_TERMS.find((each) => each.key === key)?.readings.find((each) => each.key === which)?.text ?? '' });
const nameOf = (key: string): string => STARTER_TERMS.find((each) => each.key === key)?.name ?? key;

/** Two words signed, of which one got a second wording in the year; one waits for marketing. The others are still open. */
const seedTerms = async (at: At): Promise<void> => {
  const term = (key: string, which: 'contact' | 'organisation', proposedBy: Side, days: number, signed = true): Version => ({ term: reading(key, which), commitment: null, proposedBy, signed, when: ago(at, days) });
  await put(at, nameOf('customer'), [term('customer', 'organisation', 'marketing', 540)]);
  await put(at, nameOf('qualified-lead'), [term('qualified-lead', 'contact', 'marketing', 540), { ...term('qualified-lead', 'organisation', 'sales', 170), note: seeds['term.qualified'] }]);
  await put(at, nameOf('opportunity'), [term('opportunity', 'organisation', 'sales', 5, false)]);
};

/** Two promises each way, from the first quarter that its leads fill; one change of them waits. */
const seedCommitments = async (at: At): Promise<void> => {
  const { timeZone } = await workspaceFacts(at.tx);
  const [first = ''] = lastPeriods(at.now, timeZone, 'quarter', 4);
  const startsOn = wallClock(boundsOf(first, timeZone).from, timeZone).slice(0, 10);
  const [leads] = exampleCommitments(startsOn);
  const says = (commitment: Commitment, proposedBy: Side, days: number, signed = true, note = ''): Version => ({ term: null, commitment, proposedBy, signed, note, when: ago(at, days) });
  const contact: Commitment = { ...blank(startsOn), limit: 5 };
  const credible: Commitment = { ...blank(startsOn), owes: 'marketing', kind: 'count', atLeast: 90, each: 'all', per: 'month', origins: ['marketing'] };
  if (leads) await put(at, messages['example.leads'], [says(leads.commitment, 'sales', 400)]);
  await put(at, seeds['commitment.month'], [says(credible, 'sales', 400)]);
  await put(at, seeds['commitment.contact'], [says(contact, 'marketing', 380), says({ ...contact, from: 'arrived', limit: 3, startsOn: dayOf(ago(at, -30)) }, 'marketing', 4, false, seeds['commitment.contact.why'])]);
  await put(at, seeds['commitment.answer'], [says({ ...contact, until: 'answer', limit: 2, unit: 'weeks' }, 'marketing', 400)]);
};

/** The last two quarters' reviews were held; the next one has its day. */
const seedReviews = async (at: At): Promise<void> => {
  const { timeZone } = await workspaceFacts(at.tx);
  const [before, last, current] = lastPeriods(at.now, timeZone, 'quarter', 3);
  if (!before || !last || !current) return;
  const common = { workspaceId: at.workspaceId, createdAt: ago(at, 60) };
  await at.tx.insert(review).values([{ ...common, period: before, heldOn: dayOf(ago(at, 140)) }, { ...common, period: last, heldOn: dayOf(ago(at, 50)) }, { ...common, period: current, heldOn: dayOf(ago(at, -21)) }].map(({ workspaceId, period, heldOn }) => ({ workspaceId, period, heldOn })));
  const action = (period: string, key: 'reasons' | 'form' | 'owner' | 'call', side: Side | null, owner: string, dueIn: number, done: boolean) => ({ ...common, id: at.newId(), period, text: seeds[`action.${key}`], side, owner, dueOn: dayOf(ago(at, -dueIn)), doneAt: done ? ago(at, 20) : null });
  await at.tx.insert(reviewAction).values([
    action(before, 'reasons', 'sales', at.heads.sales.name, -90, true), action(last, 'form', 'marketing', at.heads.marketing.name, -10, true),
    action(last, 'owner', 'sales', at.heads.sales.name, 12, false), action(last, 'call', null, seeds['owner.both'], 26, false),
  ]);
};

/** The demo company's word: terms, promises in both directions, and what its reviews decided. */
export const seedAgreements = async (tx: WorkspaceTx, parts: Omit<At, 'tx'>): Promise<void> => {
  const at = { tx, ...parts };
  await seedTerms(at);
  await seedCommitments(at);
  await seedReviews(at);
  await tendWorkspace(tx, 'commitments', parts.workspaceId);
};
