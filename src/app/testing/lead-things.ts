import { randomUUID } from 'node:crypto';
import type { Client, TestApp } from './test-app';

/** Leads that were moved, offered, answered and disputed, each of its own. */
export const leadThings = (app: TestApp, client: Client, cookie: string, { workspace, source }: { workspace: string; source: string }) => {
  const stageOf = async (role: string) => (await client.pipeline.pipelines({ workspace }))[0]?.stages.find((each) => each.role === role)?.id ?? '';
  /** A lead of its own, moved; the act can be taken back. */
  const addMoved = async () => {
    const id = randomUUID();
    const query = new URLSearchParams({ id, source, name: 'one.csv' });
    await app.request(`/api/workspaces/${workspace}/imports?${query.toString()}`, { method: 'POST', headers: { cookie, origin: 'http://lockstep.test' }, body: `Lead ID,Email,Last Name,Status,Create Date\n${id},${id}@x.example,${id},New,2026-03-02` });
    await app.runJob('customers.check-import', { workspaceId: workspace, importId: id });
    await client.customers.applyImport({ workspace, id });
    await app.runJob('customers.apply-import', { workspaceId: workspace, importId: id });
    const lead = (await client.pipeline.leads({ workspace, search: id })).rows[0]?.id ?? '';
    const { act } = await client.pipeline.move({ workspace, ids: [lead], stageId: await stageOf('opportunity') });
    return { lead, act };
  };
  const addOffer = async () => {
    const { lead } = await addMoved();
    await client.pipeline.offer({ workspace, ids: [lead] });
    return (await client.pipeline.handoffs({ workspace, lead })).rows[0]?.id ?? '';
  };
  const addAnswered = async () => {
    const id = await addOffer();
    await client.pipeline.decide({ workspace, ids: [id], decision: { kind: 'accept' } });
    return id;
  };
  const addDisputed = async () => {
    const id = await addAnswered();
    await client.pipeline.dispute({ workspace, id, note: 'It was ours.' });
    return id;
  };
  return { addMoved, addOffer, addAnswered, addDisputed };
};
