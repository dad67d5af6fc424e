import { eq } from 'drizzle-orm';
import { signedTerms } from '../agreements/public';
import type { WorkspaceTx } from '../../platform/db/database';
import type { Side } from '../../lib/vocabulary';
import seeds from './messages/demo.en.json';
import { countDispute, stage } from './schema';
import { noteTermLink } from './term-repo';

type Heads = Readonly<Record<Side, { name: string; userId: string }>>;

const DAY = 86_400_000;

/** The stage where the demo company's marketing passes leads on rests on the word that both heads signed. */
export const seedTermLink = async (tx: WorkspaceTx, { workspaceId, now }: { workspaceId: string; now: Date }): Promise<void> => {
  const term = (await signedTerms(tx)).find(({ name }) => name === seeds.qualifiedTerm);
  const [row] = await tx.select({ id: stage.id }).from(stage).where(eq(stage.role, 'qualified'));
  if (!term || !row) return;
  await tx.update(stage).set({ termId: term.id }).where(eq(stage.id, row.id));
  await noteTermLink(tx, { workspaceId, now, stageId: row.id, termId: term.id });
};

/** What the demo company's heads object to in its two counts: one answered, one open. */
export const seedDisputes = async (tx: WorkspaceTx, { workspaceId, now, newId, heads }: { workspaceId: string; now: Date; newId: () => string; heads: Heads }): Promise<void> => {
  const common = { workspaceId, rule: 'marketing' as const, from: null, to: null };
  const when = (days: number): Date => new Date(now.getTime() - days * DAY);
  await tx.insert(countDispute).values([
    { ...common, id: newId(), row: 'past_due', figure: 161, note: seeds.pastDue, madeBy: heads.sales.userId, madeByName: heads.sales.name, madeAt: when(9), settledAt: null, settledByName: null, answer: null },
    { ...common, id: newId(), row: 'never_arrived', figure: 152, note: seeds.never, madeBy: heads.marketing.userId, madeByName: heads.marketing.name, madeAt: when(30), settledAt: when(26), settledByName: heads.sales.name, answer: seeds.neverAnswer },
  ]);
};
