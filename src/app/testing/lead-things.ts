import { randomUUID } from 'node:crypto';
import type { Client } from './test-app';

/** Leads that were moved, offered, answered and disputed, each of its own. */
export const leadThings = (client: Client, { workspace, source }: { workspace: string; source: string }) => {
  const stageOf = async (role: string) => (await client.pipeline.pipelines({ workspace }))[0]?.stages.find((each) => each.role === role)?.id ?? '';
  /** A lead of its own, moved; the act can be taken back. */
  const addMoved = async () => {
    const id = randomUUID();
    await client.customers.putRecords({ workspace, source, kind: 'lead', rows: [{ key: id, name: id, email: `${id}@x.example`, status: 'New', enteredAt: '2026-03-02T09:00:00Z' }] });
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
  /** A pipeline of its own, so that changes to it touch no leads. */
  const addPipeline = async () => {
    const { id } = await client.pipeline.addPipeline({ workspace, name: randomUUID() });
    const stages = (await client.pipeline.setup({ workspace })).pipelines.find((each) => each.id === id)?.stages.map((each) => each.id) ?? [];
    return { pipeline: id, stages };
  };
  const addClosedStage = async () => {
    const { stages: [to = '', closed = ''] } = await addPipeline();
    await client.pipeline.archiveStage({ workspace, id: closed, movesTo: to });
    return closed;
  };
  const addView = async () => (await client.pipeline.saveView({ workspace, name: randomUUID(), filters: {} })).id;
  /** A word of the system that nobody has said a meaning of. */
  const addWord = async () => {
    await client.customers.putRecords({ workspace, source, kind: 'lead', rows: [{ key: randomUUID(), name: 'Una Word', status: 'In the oven', enteredAt: '2026-03-02T09:00:00Z' }] });
  };
  return { addPipeline, addClosedStage, addView, addWord, addMoved, addOffer, addAnswered, addDisputed };
};
