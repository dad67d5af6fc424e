import { randomUUID } from 'node:crypto';
import { MEMBERS, row, RUNNERS, type InWorkspace } from './access-rows';

const mapping = { kind: 'lead', columns: [{ to: 'field', field: 'key' }, { to: 'field', field: 'email' }, { to: 'field', field: 'status' }, { to: 'field', field: 'enteredAt' }], dateOrder: 'dmy', decimal: '.' };

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
  'customers.records': row(MEMBERS, 'customers:read', () => ({}), { foreign: { source: { id: 'source', meets: 200 }, after: { id: 'person', meets: 200 } } }),
};
