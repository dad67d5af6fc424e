import { randomUUID } from 'node:crypto';
import { MEMBERS, row, RUNNERS, type InWorkspace } from './access-rows';
import type { Company } from './two-companies';

const mapping = { kind: 'lead', columns: [{ to: 'field', field: 'key' }, { to: 'field', field: 'email' }, { to: 'field', field: 'status' }, { to: 'field', field: 'enteredAt' }], dateOrder: 'dmy', decimal: '.' };

/** The two leads of a company, linked by its owner. */
const linked = async ({ owner, workspace, lead, otherLead }: Company) => owner.client.customers.decide({ workspace, pairs: [{ a: lead, b: otherLead }], decision: 'linked' });

export const CUSTOMERS: Record<string, InWorkspace> = {
  'customers.sources': row(MEMBERS, 'customers:read'),
  'customers.createSource': row(RUNNERS, 'customers:write', () => ({ name: `Another ${randomUUID()}`, side: 'marketing', timeZone: 'UTC' })),
  'customers.imports': row(RUNNERS, 'customers:read'),
  'customers.importState': row(RUNNERS, 'customers:read', (at) => ({ id: at.import }), { foreign: { id: 'import' } }),
  'customers.importRows': row(RUNNERS, 'customers:read', (at) => ({ id: at.import, outcome: 'new' }), { foreign: { id: 'import' } }),
  'customers.remap': row(RUNNERS, 'customers:write', async (at) => ({ id: await at.addImport(), mapping }), { foreign: { id: 'import' } }),
  'customers.applyImport': row(RUNNERS, 'customers:write', async (at) => ({ id: await at.addImport() }), { foreign: { id: 'import' } }),
  'customers.cancelImport': row(RUNNERS, 'customers:write', async (at) => ({ id: await at.addImport() }), { foreign: { id: 'import' } }),
  'customers.revertImport': row(RUNNERS, 'customers:write', async (at) => ({ id: await at.addApplied() }), { foreign: { id: 'import' } }),
  'customers.putRecords': row(RUNNERS, 'customers:write', (at) => ({ source: at.source, kind: 'lead', rows: [{ key: randomUUID(), email: 'ann@x.example' }] }), { foreign: { source: 'source' } }),
  'customers.hooks': row(RUNNERS, 'customers:read'),
  'customers.createHook': row(RUNNERS, 'customers:write', (at) => ({ source: at.source, name: 'From the CRM' }), { foreign: { source: 'source' } }),
  'customers.revokeHook': row(RUNNERS, 'customers:write', async (at) => ({ id: await at.addHook() }), { foreign: { id: 'hook' } }),
  'customers.intakes': row(RUNNERS, 'customers:read'),
  'customers.records': row(MEMBERS, 'customers:read', () => ({}), { foreign: { source: { id: 'source', meets: 200 }, after: { id: 'person', meets: 200 } } }),
  'customers.links': row(MEMBERS, 'customers:read'),
  'customers.decide': row(MEMBERS, 'customers:write', (at) => ({ pairs: [{ a: at.lead, b: at.otherLead }], decision: 'never' }), { foreign: { 'pairs.0.a': 'lead', 'pairs.0.b': 'otherLead' } }),
  'customers.acceptLinks': row(MEMBERS, 'customers:write', () => ({ above: 0.9 })),
  'customers.undecide': row(MEMBERS, 'customers:write', async (at) => ({ before: (await linked(at)).before }), { foreign: { 'before.0.a': 'lead', 'before.0.b': 'otherLead' } }),
  'customers.match': row(MEMBERS, 'customers:write'),
  'customers.customer': row(MEMBERS, 'customers:read', (at) => ({ id: at.lead }), { foreign: { id: 'lead' } }),
  'customers.addNote': row(MEMBERS, 'customers:write', (at) => ({ id: at.lead, text: 'Wants to see the line run' }), { foreign: { id: 'lead' } }),
  // Only who wrote a note may change it: whoever else may write meets one that is not there.
  'customers.changeNote': row(MEMBERS, 'customers:write', () => ({ id: randomUUID(), removed: true }), { then: 404, foreign: { id: 'note' } }),
  'customers.partRecord': row(MEMBERS, 'customers:write', async (at) => (await linked(at), { id: at.lead }), { foreign: { id: 'lead' } }),
};
