import type { z } from 'zod';
import type { personView, changeSetView } from './contract';
import { foldEmail } from '../../lib/email';
import type { ListedPerson } from './repo';
import type { peopleChangeSet } from './schema';

type PersonView = z.infer<typeof personView>;

export const presentPerson = (row: ListedPerson): PersonView => {
  const folded = foldEmail(row.email);
  return {
    id: row.id, name: row.name, email: row.email, emailFlag: folded.ok ? (folded.flag ?? null) : null, function: row.function, level: row.level, territory: row.territory,
    managerId: row.managerId, managerName: row.managerName, reports: row.reports, startDate: row.startDate, workedInOtherFunction: row.workedInOtherFunction,
    department: row.department, site: row.site, byRule: row.byRule, version: row.version, archivedAt: row.archivedAt?.toISOString() ?? null,
  };
};

export const presentChangeSet = (row: typeof peopleChangeSet.$inferSelect, people: number): z.infer<typeof changeSetView> => ({
  id: row.id, kind: row.kind, label: row.label, counts: row.counts, people, madeBy: row.madeBy, madeAt: row.madeAt.toISOString(), revertedAt: row.revertedAt?.toISOString() ?? null,
});
