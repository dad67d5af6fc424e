import { desc, eq, sql } from 'drizzle-orm';
import type { Side } from '../../lib/vocabulary';
import { seeded } from '../../lib/seeded';
import type { WorkspaceTx } from '../../platform/db/database';
import { joinAsUsual, readWhole, setJoins } from '../../platform/db/joins';
import { recordAudit } from '../workspace/public';
import type { Acting } from './acting';
import { decideHandoffs, type Decision } from './commands/decide-handoffs';
import { disputeHandoff, settleDispute } from './commands/dispute';
import { offerLeads } from './commands/offer-leads';
import { demoOffers, type DemoAnswer, type DemoLead } from './domain/demo-offers';
import { handoff } from './handoff-schema';
import seeds from './messages/demo.en.json';

export type DemoColleague = { id: string; name: string; function: string; level: string; territory: string };
type Head = { name: string; userId: string; personId: string };
export type OffersOf = { workspaceId: string; now: Date; newId: () => string; heads: Readonly<Record<Side, Head>>; people: readonly DemoColleague[] };
type Who = { name: string; userId: string | null };

const DAY = 86_400_000;
/** How far back leads were offered by name. */
const SINCE = 75;

/** Marketing's leads of the last weeks that nobody in sales' system has, each person once. */
const strayLeads = async (tx: WorkspaceTx, workspaceId: string, now: Date): Promise<DemoLead[]> => {
  const { rows } = await tx.execute<{ id: string; passed_at: Date; territory: string | null }>(sql`
    with known as (select r.email_key, count(*) filter (where s.side = 'marketing') as times, max(r.owner) filter (where s.side = 'sales') as owner, max(r.data->>'territory') as territory
      from record r join source s on s.workspace_id = r.workspace_id and s.id = r.source_id where r.workspace_id = ${workspaceId}::uuid and r.email_key is not null group by r.email_key)
    select l.id, l.passed_at, k.territory from lead l join stage g on g.workspace_id = l.workspace_id and g.id = l.stage_id
      join record r on r.workspace_id = l.workspace_id and r.id = l.id join known k on k.email_key = r.email_key
    where l.workspace_id = ${workspaceId}::uuid and g.role = 'qualified' and l.marketing_records = 1 and k.times = 1 and coalesce(k.owner, '') = ''
      and l.passed_at > ${new Date(now.getTime() - SINCE * DAY)}`);
  return rows.map((row) => ({ id: row.id, passedAt: new Date(row.passed_at).getTime(), territory: row.territory }));
};

const decisionOf = (answer: DemoAnswer, turn: number): Decision => {
  if (answer.kind === 'accept') return { kind: 'accept', note: turn % 3 === 0 ? seeds['accept.called'] : turn % 3 === 1 ? seeds['accept.known'] : null };
  if (answer.kind === 'reject') return { kind: 'reject', reason: answer.reason, note: answer.reason === seeds['return.reason'] ? seeds['return.why'] : null };
  return { kind: 'recycle', reason: answer.reason, nurtureUntil: new Date(answer.nurtureUntil), note: seeds['recycle.why'] };
};

const NOTES = [seeds['offer.missing'], seeds['offer.fair'], null, seeds['offer.download']];

type By = (who: Who, at: number) => Acting;

/** Either head objects to an answer, and one objection is settled. */
const objectTo = async (tx: WorkspaceTx, { heads, now }: OffersOf, by: By): Promise<void> => {
  const rows = await tx.select({ id: handoff.id, state: handoff.state, decidedAt: handoff.decidedAt }).from(handoff).orderBy(desc(handoff.decidedAt), desc(handoff.id));
  const answered = (state: string) => rows.filter((row) => row.state === state && row.decidedAt !== null);
  const says = async (side: Side, row: { id: string; decidedAt: Date | null } | undefined, work: (of: Parameters<typeof disputeHandoff>[0], id: string) => Promise<void>, later: number): Promise<void> => {
    if (!row?.decidedAt) return;
    const head = heads[side];
    const at = Math.min(row.decidedAt.getTime() + later * DAY, now.getTime());
    await work({ ...by(head, at), me: { userId: head.userId, label: head.name, role: 'member', personId: head.personId, headOf: side } }, row.id);
  };
  const [oldest, newest, recycled, accepted] = [answered('rejected').at(-1), answered('rejected')[0], answered('recycled')[0], answered('accepted')[1]];
  await says('marketing', oldest, (of, id) => disputeHandoff(of, id, seeds['dispute.returned']), 1);
  await says('sales', oldest, (of, id) => settleDispute(of, id, seeds['dispute.returned.settled']), 3);
  await says('sales', accepted, (of, id) => disputeHandoff(of, id, seeds['dispute.accepted']), 0.2);
  await says('marketing', recycled ?? (newest === oldest ? undefined : newest), (of, id) => disputeHandoff(of, id, seeds['dispute.recycled']), 0.4);
};

/** Offers of the demo company's last weeks: made, taken on, returned with a reason, sent back until a date, objected to, by the acts its people would use. */
export const seedOffers = async (tx: WorkspaceTx, of: OffersOf): Promise<void> => {
  const { workspaceId, now, newId, people } = of;
  const by: By = (who, at) => ({
    tx, workspaceId, now: new Date(at), newId, label: who.name, userId: who.userId, from: 'hand', mailing: null,
    audit: (entry) => recordAudit(tx, workspaceId, newId(), new Date(at), { id: who.userId, label: who.name }, entry),
  });
  const offering = people.filter((each) => each.function === 'marketing' && each.level === 'front_line');
  const managers = people.filter((each) => each.function === 'sales' && each.level === 'manager');
  const plan = demoOffers(seeded(4_711), await readWhole(tx, () => strayLeads(tx, workspaceId, now)), now.getTime());
  // In the transaction that wrote a year of records the planner knows nothing of them, and would read them all for each answer.
  await setJoins(tx, { rowByRow: true, whole: false });
  for (const [turn, offer] of plan.entries()) {
    const from = offering[turn % offering.length];
    const to = managers.find((each) => each.territory === offer.territory) ?? managers[turn % managers.length];
    if (!from || !to) return;
    const { act } = await offerLeads(by({ name: from.name, userId: null }, offer.at), { ids: offer.ids, toPersonId: to.id, note: NOTES[turn % NOTES.length] ?? null, dueAt: new Date(offer.dueAt) });
    const made = new Map((await tx.select({ id: handoff.id, leadId: handoff.leadId }).from(handoff).where(eq(handoff.offerAct, act))).map((row) => [row.leadId, row.id]));
    for (const answer of offer.answers) await decideHandoffs(by({ name: to.name, userId: null }, answer.at), answer.ids.flatMap((id) => made.get(id) ?? []), decisionOf(answer, turn));
  }
  await objectTo(tx, of, by);
  await joinAsUsual(tx);
};
