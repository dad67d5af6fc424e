import type { Person, TestApp } from './test-app';

/** A file goes in as a person puts it in: sent, looked at, applied. @returns the import, once it ended */
export const bringFile = async (app: TestApp, owner: Person, { workspace, source, text, kind, name = 'file.csv' }: { workspace: string; source: string; text: string; kind?: string | undefined; name?: string }) => {
  const id = crypto.randomUUID();
  const query = new URLSearchParams({ id, source, name, ...(kind ? { kind } : {}) });
  const response = await app.request(`/api/workspaces/${workspace}/imports?${query}`, { method: 'POST', headers: { cookie: owner.cookie, origin: 'http://lockstep.test' }, body: text });
  if (response.status !== 201) throw new Error(`${name} was not taken: ${await response.text()}`);
  await app.runJob('customers.check-import', { workspaceId: workspace, importId: id });
  await owner.client.customers.applyImport({ workspace, id });
  await app.runJob('customers.apply-import', { workspaceId: workspace, importId: id });
  return owner.client.customers.importState({ workspace, id });
};
