import { describe, expect, it } from 'vitest';
import type { LogEntry } from './log';
import { projectLead, type LeadFacts, type StageFinder } from './project-lead';
import { usualRole } from './stage-words';
import { STAGE_ROLES } from './stages';

const find: StageFinder = { byRole: (role) => role, byWord: (_source, word) => usualRole(word) };
const at = (day: number): string => new Date(Date.UTC(2026, 0, day)).toISOString();
const record = (side: 'marketing' | 'sales', kind: LeadFacts['kind'], data: LeadFacts['data']): LeadFacts => ({ sourceId: side, side, kind, data });
const marketing = record('marketing', 'contact', { enteredAt: at(1), qualifiedAt: at(3), stage: 'Marketing Qualified Lead' });
const steps = (log: readonly LogEntry[] | undefined): string[] => (log ?? []).toSorted((a, b) => a.at - b.at).map((entry) => `${entry.stageId} ${new Date(entry.at).getUTCDate()}`);
const logOf = (...all: LeadFacts[]) => steps(projectLead(all.filter(({ kind }) => kind !== 'deal'), all.filter(({ kind }) => kind === 'deal'), [], null, find)?.log);

describe('the steps that two systems’ records tell of one lead', () => {
  it.each<[string, LeadFacts[], string[]]>([
    ['made again in the CRM: no second inquiry', [marketing, record('sales', 'lead', { enteredAt: at(5), status: 'Open - Not Contacted' })], ['inquiry 1', 'qualified 3']],
    ['known to the CRM first', [record('sales', 'lead', { enteredAt: at(1), status: 'Open - Not Contacted' }), record('marketing', 'contact', { enteredAt: at(4), qualifiedAt: at(6) })], ['inquiry 1', 'qualified 6']],
    ['sent back: not lost, whatever the status says', [marketing, record('sales', 'lead', { enteredAt: at(5), acceptedAt: at(6), returnedAt: at(9), reason: 'Too early', status: 'Closed - Not Converted' })], ['inquiry 1', 'qualified 3', 'accepted 6', 'recycled 9']],
    ['not converted and never sent back: lost', [marketing, record('sales', 'lead', { enteredAt: at(5), acceptedAt: at(6), status: 'Closed - Not Converted', changedAt: at(9) })], ['inquiry 1', 'qualified 3', 'accepted 6', 'lost 9']],
    ['converted: sales qualified, won only by its deal', [marketing, record('sales', 'lead', { enteredAt: at(5), acceptedAt: at(6), status: 'Closed - Converted' }), record('sales', 'deal', { enteredAt: at(8), won: true, closed: true, closedAt: at(20) })], ['inquiry 1', 'qualified 3', 'accepted 6', 'sales_qualified 6', 'opportunity 8', 'won 20']],
  ])('%s', (_name, records, expected) => expect(logOf(...records)).toEqual(expected));

  it.each<[string, LeadFacts, string[]]>([
    ['converted, and edited after its deal was won', record('sales', 'lead', { enteredAt: at(5), acceptedAt: at(6), status: 'Closed - Converted', changedAt: at(22) }), ['inquiry 1', 'qualified 3', 'accepted 6', 'sales_qualified 8', 'opportunity 8', 'proposal 12', 'won 20']],
    ['converted on a day that is known', record('sales', 'lead', { enteredAt: at(5), acceptedAt: at(6), convertedAt: at(7), status: 'Closed - Converted' }), ['inquiry 1', 'qualified 3', 'accepted 6', 'sales_qualified 7', 'opportunity 8', 'proposal 12', 'won 20']],
    ['still called open', record('sales', 'lead', { enteredAt: at(5), status: 'Working - Contacted' }), ['inquiry 1', 'qualified 3', 'accepted 8', 'opportunity 8', 'proposal 12', 'won 20']],
    ['a record made after the deal began stands where it says', record('sales', 'lead', { enteredAt: at(9), status: 'Working - Contacted', changedAt: at(22) }), ['inquiry 1', 'qualified 3', 'opportunity 8', 'proposal 12', 'won 20', 'accepted 22']],
  ])('a lead that became a deal was before it where its status says without a date: %s', (_name, lead, expected) => {
    const deal = record('sales', 'deal', { enteredAt: at(8), won: true, closed: true, closedAt: at(20) });
    const history = [['Proposal', 12], ['Closed Won', 20]] as const;
    const { log } = projectLead([marketing, lead], [deal], history.map(([stage, day]) => ({ sourceId: 'sales', stage, at: Date.parse(at(day)), reason: null, actor: null })), null, find) ?? {};
    const order = (entry: LogEntry): number => entry.at + STAGE_ROLES.findIndex((role) => role === entry.stageId);
    expect([...new Set(steps(log?.toSorted((a, b) => order(a) - order(b))))]).toEqual(expected);
  });

  const deal = record('sales', 'deal', { enteredAt: at(2), stage: 'Proposal' });
  it.each<[string, [stage: string, day: number, source?: string][], string[]]>([
    ['without a history: nothing but where it stands', [], ['opportunity 2', 'proposal 2']],
    ['the history says since when', [['Proposal', 9]], ['opportunity 2', 'proposal 9']],
    ['a newer history that goes on from there', [['Proposal', 9], ['Closed Won', 12]], ['opportunity 2', 'proposal 9', 'won 12']],
    ['a history that lacks where it stands: not before what it tells', [['Qualification', 6]], ['opportunity 2', 'proposal 6', 'sales_qualified 6']],
    ['another system’s history says nothing of this one’s record', [['Proposal', 9, 'marketing']], ['opportunity 2', 'proposal 2', 'proposal 9']],
  ])('where a deal stands, %s', (_name, history, expected) =>
    expect(steps(projectLead([record('sales', 'lead', {})], [deal], history.map(([stage, day, sourceId = 'sales']) => ({ sourceId, stage, at: Date.parse(at(day)), reason: null, actor: null })), null, find)?.log)).toEqual(expected));
});
