import type { Side } from '../../lib/vocabulary';
import type { WorkspaceTx } from '../../platform/db/database';
import seeds from './messages/demo.en.json';
import { causeVerdict, diagnosis, integrationItem } from './schema';

type At = { workspaceId: string; now: Date; newId: () => string; heads: Readonly<Record<Side, { name: string; userId: string }>> };

const DAY = 86_400_000;

/** What the demo company's heads stated about how they are organised, and what they say of two of the proposed causes. */
export const seedDiagnosis = async (tx: WorkspaceTx, { workspaceId, now, newId, heads }: At): Promise<void> => {
  const ago = (days: number): Date => new Date(now.getTime() - days * DAY);
  await tx.insert(diagnosis).values({
    workspaceId, version: 1, changedAt: ago(4), changedByName: heads.sales.name,
    facts: { marketers: 'team', positioning: 'marketing', background: 'from_outside', planning: 'marketing_plans', jointPlans: 'sometimes', measures: 'partly', database: 'two', place: 'apart', contact: 'formal' },
    relationship: 'defined', reasons: { still_twice_or_dropped: true, shorter_cycles: true, roles_work: true },
    views: { joint_budget: { look: 'harms', note: seeds['budget.note'] }, products_pushed: { look: 'harms', note: '' }, product_features: { look: 'helps', note: '' }, vision: { look: 'alike', note: '' }, information: { look: 'harms', note: '' }, knowledge: { look: 'helps', note: '' } },
  });
  const verdict = (cause: 'structure' | 'backgrounds', word: 'confirmed' | 'doubted', by: Side, days: number) => ({ workspaceId, id: newId(), cause, verdict: word, note: seeds[`${cause}.note`], waveId: null, userId: heads[by].userId, name: heads[by].name, at: ago(days) });
  await tx.insert(causeVerdict).values([verdict('structure', 'confirmed', 'marketing', 4), verdict('backgrounds', 'doubted', 'sales', 3)]);
  const common = { workspaceId, version: 1, changedAt: ago(4), changedByName: heads.marketing.name, owner: seeds['owner.both'], dueOn: ago(-60).toISOString().slice(0, 10) };
  await tx.insert(integrationItem).values([{ ...common, item: 'sales_targets', state: 'partly' }, { ...common, item: 'top_opportunities', state: 'in_place' }, { ...common, item: 'budget_reviews', state: 'not_started' }]);
};
