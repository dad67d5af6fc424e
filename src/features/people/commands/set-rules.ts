import { eq } from 'drizzle-orm';
import { FUNCTIONS, type FunctionName } from '../../../lib/vocabulary';
import type { WorkspaceTx } from '../../../platform/db/database';
import { allow, type Scope } from '../../../platform/rpc/with-workspace';
import { NONE } from '../contract';
import { labelKey, oneLine } from '../../../lib/plain';
import { deriveLevels } from '../domain/levels';
import { changesByRules, type PersonChange, type Rules } from '../domain/rules';
import { can } from '../policy';
import { allPeople, knownPeople, loadRules, lockPeople, type PersonRow } from '../repo';
import { departmentFunction, siteTerritory, type RuleChange } from '../schema';
import { writeChanges, type Edit } from './write-changes';

export type BulkResult = { changed: number; changeSet: string | null };

const isFunction = (text: string): text is FunctionName => (FUNCTIONS as readonly string[]).includes(text);

/** The rule for a department: a function, "none" when neither works there, '' when nothing was said. */
export const departmentRule = async (tx: WorkspaceTx, key: string): Promise<string> => {
  const [found] = await tx.select().from(departmentFunction).where(eq(departmentFunction.department, key));
  return found ? (found.function ?? NONE) : '';
};

export const sayDepartment = async ({ tx, workspaceId }: Scope, key: string, rule: string): Promise<void> => {
  await tx.delete(departmentFunction).where(eq(departmentFunction.department, key));
  if (rule !== '') await tx.insert(departmentFunction).values({ workspaceId, department: key, function: isFunction(rule) ? rule : null });
};

/** The territory of a site, or ''. */
export const siteRule = async (tx: WorkspaceTx, key: string): Promise<string> => (await tx.select().from(siteTerritory).where(eq(siteTerritory.site, key)))[0]?.territory ?? '';

export const saySite = async ({ tx, workspaceId }: Scope, key: string, territory: string): Promise<void> => {
  await tx.delete(siteTerritory).where(eq(siteTerritory.site, key));
  if (territory !== '') await tx.insert(siteTerritory).values({ workspaceId, site: key, territory });
};

const toEdits = (changes: readonly PersonChange[], rows: readonly PersonRow[]): Edit[] => {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return changes.flatMap(({ id, set, byRule }) => {
    const row = byId.get(id);
    const { managerKey: _, ...values } = set;
    return row ? [{ row, set: { ...values, byRule } }] : [];
  });
};

/** Rule-made values whose rule was unsaid are nobody's word any more, and go. */
const unsaid = (rows: readonly PersonRow[], rules: readonly RuleChange[], field: 'function' | 'territory'): Edit[] => {
  const gone = new Set(rules.filter((rule) => rule.after === '' && rule.before !== '').map((rule) => rule.label));
  return rows.flatMap((row) => {
    const label = field === 'function' ? row.department : row.site;
    if (row.archivedAt !== null || label === null || !gone.has(labelKey(label)) || !row.byRule.includes(field)) return [];
    return [{ row, set: { [field]: null, byRule: row.byRule.filter((made) => made !== field) } }];
  });
};

const applyRuleChanges = async (scope: Scope, kind: 'departments' | 'sites', changes: readonly RuleChange[], label: string): Promise<BulkResult> => {
  const rows = await allPeople(scope.tx);
  const all = await loadRules(scope.tx);
  const rules: Rules = kind === 'departments' ? { departments: all.departments, sites: new Map() } : { departments: new Map(), sites: all.sites };
  const edits = [...toEdits(changesByRules(knownPeople(rows), rules), rows), ...unsaid(rows, changes, kind === 'departments' ? 'function' : 'territory')];
  const changeSet = await writeChanges(scope, { kind, label, rules: changes.filter((rule) => rule.before !== rule.after) }, [], edits);
  return { changed: edits.length, changeSet };
};

const labelOf = (names: readonly string[]): string => (names.length > 3 ? `${names.slice(0, 3).join(', ')} +${names.length - 3}` : names.join(', '));

/** Says which function departments work for: now and for people to come. What a person or a file said of somebody stays. */
export const setDepartments = async (scope: Scope, wanted: readonly { department: string; function: FunctionName | typeof NONE | null }[]): Promise<BulkResult> => {
  allow(can(scope.me, 'people:edit'), 'say which function a department works for');
  await lockPeople(scope.tx, scope.workspaceId);
  const changes: RuleChange[] = [];
  for (const rule of wanted) {
    const key = labelKey(rule.department);
    const change = { label: key, before: await departmentRule(scope.tx, key), after: rule.function ?? '' };
    await sayDepartment(scope, key, change.after);
    changes.push(change);
  }
  return applyRuleChanges(scope, 'departments', changes, labelOf(wanted.map((rule) => oneLine(rule.department))));
};

/** Says which territory sites belong to, as `setDepartments`. */
export const setSites = async (scope: Scope, wanted: readonly { site: string; territory: string | null }[]): Promise<BulkResult> => {
  allow(can(scope.me, 'people:edit'), 'say which territory a site belongs to');
  await lockPeople(scope.tx, scope.workspaceId);
  const changes: RuleChange[] = [];
  for (const rule of wanted) {
    const key = labelKey(rule.site);
    const change = { label: key, before: await siteRule(scope.tx, key), after: rule.territory === null ? '' : oneLine(rule.territory) };
    await saySite(scope, key, change.after);
    changes.push(change);
  }
  return applyRuleChanges(scope, 'sites', changes, labelOf(wanted.map((rule) => oneLine(rule.site))));
};

/** Writes the levels that the manager tree gives. */
export const setLevels = async (scope: Scope, overrule: boolean): Promise<BulkResult> => {
  allow(can(scope.me, 'people:edit'), 'set levels');
  await lockPeople(scope.tx, scope.workspaceId);
  const rows = await allPeople(scope.tx);
  const { changes } = deriveLevels(knownPeople(rows), overrule);
  const changeSet = await writeChanges(scope, { kind: 'levels', label: '' }, [], toEdits(changes, rows));
  return { changed: changes.length, changeSet };
};
