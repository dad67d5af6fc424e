import { seedAgreements } from '../features/agreements/seed';
import { seedRecords } from '../features/customers/seed';
import { seedDiagnosis } from '../features/diagnosis/seed';
import { seedGoals } from '../features/goals/seed';
import { seedHuddle } from '../features/huddle/seed';
import { demoAgreed, seedImprovement } from '../features/improvement/seed';
import { leadProjection } from '../features/pipeline/projection';
import { demoPeople, seedPeople, type DemoPerson } from '../features/people/seed';
import { seedDisputes, seedTermLink } from '../features/pipeline/seed';
import { seedOffers } from '../features/pipeline/seed-offers';
import { seedWaves } from '../features/assessment/seed';
import { addDemoMember, demoWorkspace, forgetDemo, registerDemo } from '../features/workspace/public';
import { eraseWorkspace } from '../platform/db/erase-workspace';
import type { Database } from '../platform/db/database';
import { renewEmptyTables } from '../platform/db/renew-tables';
import type { Services } from '../platform/rpc/context';

type Parts = { db: Database; now: () => Date; newId: () => string; config: { dataDir: string } };
export type DemoVisitor = { userId: string; name: string; email: string };

const headOf = (people: readonly DemoPerson[], side: 'sales' | 'marketing', newId: () => string) => {
  const head = people.find((each) => each.function === side && each.level === 'leader');
  return { personId: head?.id ?? '', name: head?.name ?? '', userId: newId() };
};

/** The company that shows what Lockstep is like with a year of use. Loading it twice changes nothing; a visitor may look around in it. */
export const loadDemo = async ({ db, now, newId, config }: Parts, visitor: DemoVisitor | null): Promise<string> => {
  const there = await demoWorkspace(db);
  const workspaceId = there ?? newId();
  await db.inWorkspace(workspaceId, async (tx) => {
    if (!there) {
      const at = now();
      await registerDemo(tx, workspaceId, at);
      const people = demoPeople(newId);
      await seedPeople(tx, workspaceId, people, at);
      await seedWaves(tx, workspaceId, people, at);
      const sellers = people.flatMap((each) => (each.function === 'sales' && each.level === 'front_line' ? [{ name: each.name, territory: each.territory }] : []));
      await seedRecords(tx, { workspaceId, now: at, newId, projections: [leadProjection] }, sellers);
      const word = { workspaceId, now: at, newId, heads: { sales: headOf(people, 'sales', newId), marketing: headOf(people, 'marketing', newId) } };
      await seedAgreements(tx, word);
      await seedTermLink(tx, word);
      await seedGoals(tx, word);
      await seedDisputes(tx, word);
      await seedOffers(tx, { ...word, people });
      await seedDiagnosis(tx, word);
      const company = { ...word, leader: people.find((each) => each.function === 'leadership')?.name ?? '', visitor };
      await seedHuddle(tx, { ...company, config, people, agreed: demoAgreed(company) });
      await seedImprovement(tx, company);
    }
    if (visitor) await addDemoMember(tx, workspaceId, visitor, now());
  });
  return workspaceId;
};

/** Removes the demo company whole. @returns false when there was none */
export const removeDemo = async ({ db, ownerUrl, beforeErasing }: Pick<Services, 'db' | 'ownerUrl'> & Partial<Pick<Services, 'beforeErasing'>>): Promise<boolean> => {
  const workspaceId = await demoWorkspace(db);
  if (!workspaceId) return false;
  const gone = await db.inWorkspace(workspaceId, async (tx) => {
    const after = await beforeErasing?.(tx);
    await eraseWorkspace(tx, workspaceId);
    return after;
  });
  await gone?.();
  await db.outside((tx) => forgetDemo(tx));
  // The company is gone; where somebody is at work in one of its tables, only the next loading is slow.
  await renewEmptyTables(ownerUrl).catch(() => undefined);
  return true;
};
