import { createHash } from 'node:crypto';
import type { Table } from '../../../lib/table';
import { TABLE_LIMITS } from '../../../platform/files/limits';
import { readTable } from '../../../platform/files/read-table';
import { findHeadingRow } from '../domain/headings';
import { mappingFault, proposeMapping, unknownWords, type Mapping } from '../domain/mapping';
import type { KnownPerson } from '../domain/person';
import { planImport, type ImportPlan } from '../domain/plan';
import type { Rules } from '../domain/rules';
import { presentPreview } from '../present-preview';

/** What is known beside the file. @param today yyyy-mm-dd */
export type Known = { known: KnownPerson[]; rules: Rules; today: string };

export type PlanAsk =
  | { what: 'read'; bytes: Uint8Array }
  /** With `chosen`, the mapping is what somebody said; else one that is remembered, or none. */
  | { what: 'preview'; mapping: Mapping | undefined; chosen: boolean; of: Known }
  | { what: 'plan'; mapping: Mapping; of: Known };

export type PreviewView = ReturnType<typeof presentPreview>;
export type Planned = { fault: ReturnType<typeof mappingFault>; plan: ImportPlan | null; fingerprint: string };

/** More people than any sales and marketing organisation has. */
const LIMITS = { ...TABLE_LIMITS, rows: 50_000 };

/** Equal for equal outcomes: what would be written, to whom. */
const fingerprintOf = (plan: ImportPlan): string =>
  createHash('sha256').update(JSON.stringify(plan.rows.map(({ line, status, key, set, byRule, restore, version }) => [line, status, key, set, byRule, restore, version]))).digest('base64url');

const planned = (table: Table, mapping: Mapping, of: Known): Planned => {
  const fault = mappingFault(mapping, table.headings);
  const plan = fault ? null : planImport({ table, mapping, ...of });
  return { fault, plan, fingerprint: plan ? fingerprintOf(plan) : '' };
};

/** One file of people: read once, then planned as often as its columns are given another meaning. */
export const planSession = () => {
  let table: Table = { headings: [], rows: [], problems: [], source: { kind: 'csv', encoding: 'utf-8', delimiter: ',' } };
  return {
    /** @throws FileFault */
    read: async (bytes: Uint8Array): Promise<string[]> => {
      table = await readTable(bytes, { limits: LIMITS, headingRow: findHeadingRow });
      return table.headings;
    },
    preview: (given: Mapping | undefined, chosen: boolean, of: Known): PreviewView => {
      const proposed = proposeMapping(table, given);
      // A day order that somebody chose holds, even where the column says otherwise: they see what it does.
      const mapping = chosen && given ? { ...proposed.mapping, dateOrder: given.dateOrder } : proposed.mapping;
      const { fault, plan, fingerprint } = planned(table, mapping, of);
      return presentPreview(table, { proposed: { ...proposed, mapping }, fault, plan, unknown: fault ? [] : unknownWords(table, mapping), fingerprint }, chosen);
    },
    plan: (mapping: Mapping, of: Known): Planned => planned(table, mapping, of),
  };
};
