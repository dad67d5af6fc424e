import { bringFile } from './bring-file';
import { createTestApp } from './test-app';

export type LeadDesk = Awaited<ReturnType<typeof openLeadDesk>>;

/** A workspace whose leads are passed on to two people of sales, on a clock that stands still until a test moves it. */
export const openLeadDesk = async () => {
  const clock = { now: Date.parse('2026-06-01T09:00:00Z') };
  const app = await createTestApp({ now: () => new Date(clock.now) });
  const owner = await app.signUp('Olga Owner');
  const workspace = (await owner.client.workspace.create({ name: 'Northwind', timeZone: 'Europe/Berlin' })).id;
  const crm = (await owner.client.customers.createSource({ workspace, name: 'CRM', side: 'marketing', timeZone: 'Europe/Berlin' })).id;
  const sam = (await owner.client.people.create({ workspace, name: 'Sam Sales', email: 'sam@x.example', function: 'sales' })).id;
  const kim = (await owner.client.people.create({ workspace, name: 'Kim Sales', email: 'kim@x.example', function: 'sales' })).id;
  const say = () => owner.client.pipeline;

  const addLeads = async (count: number): Promise<string[]> => {
    const keys = Array.from({ length: count }, () => crypto.randomUUID().slice(0, 8));
    const lines = keys.map((key) => `${key},Lead ${key},${key}@x.example,Acme ${key},Web,New,2026-03-02 09:00`);
    await bringFile(app, owner, { workspace, source: crm, text: ['Lead ID,Last Name,Email,Company,Lead Source,Status,Create Date', ...lines].join('\n') });
    const { rows } = await say().leads({ workspace, limit: 500 });
    return keys.map((key) => rows.find((row) => row.name?.includes(key))?.id ?? '');
  };
  /** The three links of the newest mail: accept, return, hand on. */
  const mailedLinks = async (): Promise<[string, string, string]> => {
    const mail = (await owner.client.workspace.outbox({ workspace })).find((each) => each.kind === 'lead-offer');
    const [accept = '', back = '', on = ''] = [...(mail?.body ?? '').matchAll(/\/l\/lsh_[\w-]+/gu)].map(([link]) => link);
    return [accept, back, on];
  };
  const offerBy = async (id: string, to = sam) => {
    clock.now += 1_000;
    await say().offer({ workspace, ids: [id], toPersonId: to, note: 'Asked for a demo' });
    return mailedLinks();
  };
  const press = (link: string, form: Record<string, string> = {}, method = 'POST') =>
    app.request(link, { method, ...(method === 'POST' ? { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(form).toString() } : {}) });

  await addLeads(1);
  const stages: Record<string, string> = Object.fromEntries(((await say().pipelines({ workspace }))[0]?.stages ?? []).map((each) => [each.role ?? each.name, each.id]));
  return {
    clock, app, owner, workspace, crm, sam, kim, stages, say, addLeads, mailedLinks, offerBy, press,
    lead: (id: string) => say().lead({ workspace, id }),
    offersOf: async (id: string) => (await say().handoffs({ workspace, lead: id })).rows,
  };
};
