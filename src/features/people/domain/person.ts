import type { FunctionName, Level } from '../../../lib/vocabulary';

/** What is known of a person. Function is by activity, never read off a department's name (MB ch. 1). */
export type PersonValues = {
  name: string;
  function: FunctionName | null;
  level: Level | null;
  territory: string | null;
  /** The manager's e-mail key, since a file may bring manager and report together. */
  managerKey: string | null;
  /** yyyy-mm-dd */
  startDate: string | null;
  workedInOtherFunction: boolean | null;
  department: string | null;
  site: string | null;
};

/** Values that a rule may fill in: function by department, level by the manager tree, territory by site. */
export const RULE_FIELDS = ['function', 'level', 'territory'] as const;
export type RuleField = (typeof RULE_FIELDS)[number];

export const VALUE_FIELDS = ['name', 'function', 'level', 'territory', 'managerKey', 'startDate', 'workedInOtherFunction', 'department', 'site'] as const satisfies readonly (keyof PersonValues)[];
export type ValueField = (typeof VALUE_FIELDS)[number];

export type KnownPerson = {
  id: string;
  key: string;
  version: number;
  archived: boolean;
  values: PersonValues;
  /** Fields that a rule filled in; a rule may change them again, and no other. */
  byRule: readonly RuleField[];
};

/** Columns of a file that mean something. First and last name make up the name. */
export const IMPORT_FIELDS = ['email', 'name', 'firstName', 'lastName', 'function', 'level', 'territory', 'manager', 'startDate', 'workedInOtherFunction', 'department', 'site'] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

export const EMPTY_VALUES: PersonValues = {
  name: '',
  function: null,
  level: null,
  territory: null,
  managerKey: null,
  startDate: null,
  workedInOtherFunction: null,
  department: null,
  site: null,
};

/** Longest text of each kind that is kept. */
export const TEXT_LIMITS: Readonly<Partial<Record<ValueField, number>>> = { name: 200, territory: 120, department: 200, site: 120 };

/** Acts that change many people at once and can be taken back. */
export const CHANGE_KINDS = ['import', 'added', 'edit', 'departments', 'sites', 'levels'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];
