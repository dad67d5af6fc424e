import { and, asc, desc, eq, gt, isNull, lte, or, sql } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';
import { oneOf } from '../../platform/db/one-of';
import { openedOf, openTogether, signGroups, together, type Groups, type OpenAs, type Opened, type SignGroup } from './domain/count-leads';
import type { LeadColumns, LeadTable } from './domain/lead-columns';
import type { DisputedRow, Frame } from './domain/reconcile';
import { heldLeads, positions } from './held-leads';
import { keptByPortion } from './kept-by-portion';
import { asOfKey, leadsAt, type AsOf } from './leads-as-of';
import { countedOnce } from './revision';
import { saidOut } from './said-out';
import { countDispute, lead } from './schema';

export type Counted = { workspaceId: string; frame: Frame; asOf: AsOf };

const ACCEPTED = ['accepted', 'sales_qualified', 'opportunity', 'proposal', 'won'] as const;
const DEAL = ['opportunity', 'proposal', 'won'] as const;

const frameKey = ({ frame, asOf }: Counted): string => `${JSON.stringify(frame)}${asOfKey(asOf)}`;

/** Lets other requests have their turn between portions. */
const each = async (leads: LeadTable, look: (portion: LeadColumns) => void): Promise<void> => {
  for (const portion of leads.portions) {
    look(portion);
    await new Promise(setImmediate);
  }
};

/** Groups of some frames; rows opened are larger. */
const groupsPerPortion = keptByPortion(4);
const rowsPerPortion = keptByPortion(2);

const ready = async (tx: WorkspaceTx, { workspaceId, asOf }: Counted) => {
  const leads = await leadsAt(tx, workspaceId, asOf);
  return { leads, taken: { accepted: await positions(tx, leads, ACCEPTED), deal: await positions(tx, leads, DEAL) } };
};

/** Leads by their signs: a few hundred rows at most, however many leads there are. */
export const countGroups = (tx: WorkspaceTx, of: Counted): Promise<Groups> =>
  countedOnce(tx, of.workspaceId, `groups ${frameKey(of)}`, async () => {
    const { leads, taken } = await ready(tx, of);
    const counted: SignGroup[][] = [];
    const key = `${frameKey(of)} ${[...taken.accepted, ...taken.deal].join()}`;
    await each(leads, (portion) => void counted.push(groupsPerPortion(portion, key, () => signGroups(portion, taken, of.frame))));
    return together(counted);
  });

/** Whether any record of marketing's says when it was qualified or passed on. */
export const anyPasses = (tx: WorkspaceTx, workspaceId: string, asOf: AsOf): Promise<boolean> =>
  countedOnce(tx, workspaceId, `passes${asOfKey(asOf)}`, async () => {
    if (!asOf) return (await heldLeads(tx, workspaceId)).portions.some(({ passes }) => passes.length > 0);
    // What was passed on by then is in the log by then: nothing needs to be replayed to know whether anything was.
    const { rows } = await tx.execute<{ passed: boolean }>(sql`select exists (select 1 from lead, unnest(passes) as p where workspace_id = ${workspaceId}::uuid and p <= ${asOf.toISOString()}::timestamptz) as passed`);
    return rows[0]?.passed ?? false;
  });

export type CountedLead = { id: string; name: string | null; company: string | null; channel: string | null; owner: string | null; reason: string | null; optedOut: boolean; passes: number; passedAt: Date | null; arrivedAt: Date | null; contactedAt: Date | null; returnedAt: Date | null };

/** Leads of a row whose order is kept while nothing changes: a person who turns pages does not count all leads again. */
const ORDERED = 400;

const openRow = async (tx: WorkspaceTx, of: Counted, opened: Omit<OpenAs, 'frame'>) => {
  const { leads, taken } = await ready(tx, of);
  const as: OpenAs = { frame: of.frame, ...opened };
  const key = `${frameKey(of)} ${opened.row} ${[...opened.codes].join()} ${opened.most} ${[...taken.accepted, ...taken.deal].join()}`;
  const found: [LeadColumns, Opened][] = [];
  await each(leads, (portion) => void found.push([portion, rowsPerPortion(portion, key, () => openedOf(portion, taken, as))]));
  const { total, by, leads: first } = openTogether(as, leads, taken, found);
  const reasons = [...by].map(([reason, n]) => ({ reason: reason === '' ? null : reason, leads: n })).toSorted((a, b) => b.leads - a.leads || ((a.reason ?? '') < (b.reason ?? '') ? -1 : 1));
  return { total, reasons: reasons.slice(0, 200), leads: first };
};

/** The leads of one row, latest passed on first, and how many there are by reason or by channel. */
export const leadsOfRow = async (tx: WorkspaceTx, of: Counted, { row, codes, limit, offset }: { row: DisputedRow; codes: readonly number[]; limit: number; offset: number }) => {
  const most = Math.max(ORDERED, offset + limit);
  const opened = await countedOnce(tx, of.workspaceId, `row ${frameKey(of)} ${row} ${codes.join()} ${most}`, () => openRow(tx, of, { row, codes: new Set(codes), most }));
  const page = opened.leads.slice(offset, offset + limit);
  const rows = new Map((await saidOut(tx, await tx.select().from(lead).where(oneOf(lead.id, page.map(({ id }) => id))))).map((known) => [known.id, known]));
  const leads = page.flatMap(({ id, at, passes }): CountedLead[] => {
    const known = rows.get(id);
    if (!known) return [];
    const { name, company, channel, optedOut, salesOwner } = known;
    const by = (happened: Date | null): Date | null => (happened && of.asOf && happened > of.asOf ? null : happened);
    const [arrivedAt, contactedAt, returnedAt] = [by(known.arrivedAt), by(known.contactedAt), by(known.returnedAt)];
    const reason = (returnedAt === known.returnedAt ? known.returnReason : null) ?? (by(known.stageSince) ? known.reason : null);
    return [{ id, name, company, channel, owner: salesOwner, reason, optedOut, passes, passedAt: at === -Infinity ? null : new Date(at), arrivedAt, contactedAt, returnedAt }];
  });
  return { by: row === 'returned' ? 'reason' : 'channel', reasons: opened.reasons, total: opened.total, leads } as const;
};

export type DisputeRow = typeof countDispute.$inferSelect;

/** Made by then; what was answered later was open. */
const disputesBy = (asOf: AsOf) => (asOf ? lte(countDispute.madeAt, asOf) : undefined);
const openBy = (asOf: AsOf) => (asOf ? or(isNull(countDispute.settledAt), gt(countDispute.settledAt, asOf)) : isNull(countDispute.settledAt));

export const listDisputes = async (tx: WorkspaceTx, asOf: AsOf): Promise<DisputeRow[]> =>
  (await tx.select().from(countDispute).where(disputesBy(asOf)).orderBy(desc(countDispute.madeAt), asc(countDispute.id)).limit(500)).map((row) => (asOf && row.settledAt && row.settledAt > asOf ? { ...row, settledAt: null, settledByName: null, answer: null } : row));
/** The same objection of the same person that is still open: a request that was sent again after its answer got lost. */
export const sameDispute = async (tx: WorkspaceTx, { row, note, madeBy }: Pick<DisputeRow, 'row' | 'note' | 'madeBy'>): Promise<DisputeRow | undefined> =>
  (await tx.select().from(countDispute).where(and(eq(countDispute.row, row), eq(countDispute.note, note), eq(countDispute.madeBy, madeBy), isNull(countDispute.settledAt))))[0];
export const addDispute = async (tx: WorkspaceTx, row: DisputeRow): Promise<DisputeRow> => (await tx.insert(countDispute).values(row).returning())[0] ?? row;
export const settle = async (tx: WorkspaceTx, id: string, change: Pick<DisputeRow, 'settledAt' | 'settledByName' | 'answer'>): Promise<DisputeRow | undefined> => (await tx.update(countDispute).set(change).where(eq(countDispute.id, id)).returning())[0];
export const openDisputes = (tx: WorkspaceTx, asOf: AsOf) => tx.select({ row: countDispute.row, disputes: sql<number>`count(*)::int` }).from(countDispute).where(and(disputesBy(asOf), openBy(asOf))).groupBy(countDispute.row);
