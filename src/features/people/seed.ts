import { FUNCTIONS, type FunctionName, type Level } from '../../lib/vocabulary';
import type { WorkspaceTx } from '../../platform/db/database';
import { labelKey } from '../../lib/plain';
import { departmentFunction, person, siteTerritory } from './schema';

export type DemoPerson = { id: string; name: string; email: string; function: FunctionName; level: Level; territory: string; managerId: string | null };

const DEPARTMENTS = { sales: 'Field sales', marketing: 'Marketing', leadership: 'Board' } as const;
const TERRITORIES = ['North', 'East', 'South', 'West', 'Islands'] as const;
const FIRST = ['Ada', 'Bo', 'Cleo', 'Dario', 'Edda', 'Femke', 'Gil', 'Hana', 'Ivo', 'Juna', 'Kai', 'Lena', 'Milo', 'Noor', 'Odin', 'Pia', 'Quim', 'Runa', 'Sami', 'Tess', 'Umar', 'Vera', 'Wim', 'Xenia', 'Yara', 'Zeno'];
const LAST = ['Amberdale', 'Brightwater', 'Copperfield', 'Dovetail', 'Eversedge', 'Farrowgate', 'Glasshill', 'Hollowell', 'Inkwell', 'Juniper', 'Kettlewick', 'Larkspur', 'Marrowby', 'Nightingale', 'Oakenfold', 'Pennywhistle', 'Quillfeather'];

/** Front line reports to the manager of its territory (or the first one), managers to the head, heads and leadership to the first leader. */
const managerOf = (people: readonly DemoPerson[], name: FunctionName, level: Level, territory: string): string | null => {
  const own = people.filter((each) => each.function === name);
  if (level === 'manager') return own.find((each) => each.level === 'leader')?.id ?? null;
  if (level === 'leader') return name === 'leadership' ? (own[0]?.id ?? null) : null;
  return (own.find((each) => each.level === 'manager' && each.territory === territory) ?? own.find((each) => each.level === 'manager'))?.id ?? null;
};

/** Sixty salespeople, ten marketers, six leaders of a company that does not exist; names never met in life, addresses that cannot be delivered. */
export const demoPeople = (newId: () => string): DemoPerson[] => {
  const people: DemoPerson[] = [];
  const add = (name: FunctionName, level: Level, territory: string) => {
    const at = people.length;
    const full = `${FIRST[at % FIRST.length]} ${LAST[(at * 7) % LAST.length]}`;
    people.push({ id: newId(), name: full, email: `${full.toLowerCase().replace(' ', '.')}.${at + 1}@gadgetry.invalid`, function: name, level, territory, managerId: managerOf(people, name, level, territory) });
  };
  add('sales', 'leader', '');
  for (const territory of TERRITORIES) add('sales', 'manager', territory);
  TERRITORIES.forEach((territory, at) => Array.from({ length: at === 4 ? 10 : 11 }, () => add('sales', 'front_line', territory)));
  add('marketing', 'leader', '');
  add('marketing', 'manager', '');
  add('marketing', 'manager', '');
  Array.from({ length: 7 }, () => add('marketing', 'front_line', ''));
  Array.from({ length: 6 }, () => add('leadership', 'leader', ''));
  return people;
};

export const seedPeople = async (tx: WorkspaceTx, workspaceId: string, people: readonly DemoPerson[], now: Date): Promise<void> => {
  await tx.insert(person).values(
    people.map(({ territory, ...each }, at) => ({
      workspaceId, ...each, emailKey: each.email, territory: territory || null, department: DEPARTMENTS[each.function],
      site: territory || 'Headquarters', startDate: `20${String(10 + (at % 14)).padStart(2, '0')}-0${1 + (at % 9)}-01`, workedInOtherFunction: at % 9 === 0, createdAt: now, updatedAt: now,
    })),
  );
  await tx.insert(departmentFunction).values(FUNCTIONS.map((name) => ({ workspaceId, department: labelKey(DEPARTMENTS[name]), function: name })));
  await tx.insert(siteTerritory).values(TERRITORIES.map((territory) => ({ workspaceId, site: labelKey(territory), territory })));
};
