import { bringFile } from './bring-file';
import { generatedExports } from './generated-exports';
import { createTestApp } from './test-app';

export const ANSWERS_AT = new Date('2026-06-01T08:00:00Z');

const made = generatedExports(700);

export const rowsOf = (text: string): Record<string, string>[] => {
  const [head = '', ...lines] = text.split('\n');
  const names = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [names[at] ?? '', cell])));
};

/** Each deal begins when its lead became an opportunity. */
export const files = (() => {
  const opened = new Map(rowsOf(made.history).flatMap((row) => (row['Stage'] === 'Opportunity' ? [[row['Lead ID'], row['Date entered'] ?? '']] as const : [])));
  return { ...made, deals: made.deals.split('\n').map((line, at) => (at === 0 ? line : line.split(',').map((cell, column, cells) => (column === 5 ? (opened.get(cells[2]) ?? cell) : cell)).join(','))).join('\n') };
})();

/** Rows of a file whose cell in a column begins so. */
const only = (text: string, prefix: string, column: number): string => text.split('\n').filter((line, at) => at === 0 || line.split(',')[column]?.startsWith(prefix)).join('\n');

export type AnswerCompany = Awaited<ReturnType<typeof answerCompany>>;

/** A workspace that is asked the five questions, with the exports of both its systems at hand; nothing is in yet. */
export const answerCompany = async () => {
  const app = await createTestApp({ now: () => ANSWERS_AT });
  const owner = await app.signUp('Olga Owner');
  const workspace = (await owner.client.workspace.create({ name: 'Northwind', timeZone: 'UTC' })).id;
  const sourceOf = async (at: string, name: string, side: 'sales' | 'marketing') => (await owner.client.customers.createSource({ workspace: at, name, side, timeZone: 'UTC' })).id;
  const sources = { marketing: await sourceOf(workspace, 'HubSpot', 'marketing'), sales: await sourceOf(workspace, 'Salesforce', 'sales') };
  /** @throws when a row of it was not taken */
  const put = async (at: string, source: string, text: string, kind: string, name: string): Promise<string> => {
    const { id, state, problems } = await bringFile(app, owner, { workspace: at, source, text, kind, name });
    if (state !== 'applied' || problems.length > 0) throw new Error(`${name} is ${state}: ${JSON.stringify(problems)}`);
    return id;
  };
  return {
    app, owner, workspace, sources, sourceOf, put,
    compute: (at = workspace) => app.runJob('pipeline.compute-answers', { workspaceId: at }),
    bringLeads: async () => {
      await put(workspace, sources.marketing, files.marketing, 'lead', 'leads.csv');
      await put(workspace, sources.sales, files.sales, 'lead', 'own leads.csv');
    },
    /** Deals, their history, touches and activities. @returns the import of the activities */
    bringTheRest: async (): Promise<string> => {
      for (const [source, prefix] of [[sources.sales, 'S'], [sources.marketing, 'M']] as const) {
        await put(workspace, source, only(files.deals, prefix, 2), 'deal', `deals ${prefix}.csv`);
        await put(workspace, source, only(files.history, prefix, 0), 'stage', `history ${prefix}.csv`);
      }
      await put(workspace, sources.marketing, files.touches, 'touch', 'touches.csv');
      return put(workspace, sources.sales, files.activities, 'activity', 'calls.csv');
    },
  };
};
