import { bringFile } from './bring-file';
import type { Person, TestApp } from './test-app';

export type TwoSystems = { workspace: string; marketing: string; crm: string };

/** A workspace of its own with a system of each side. */
export const twoSystems = async (owner: Person): Promise<TwoSystems> => {
  const workspace = (await owner.client.workspace.create({ name: `Company ${crypto.randomUUID()}`, timeZone: 'UTC' })).id;
  const source = async (name: string, side: 'sales' | 'marketing') => (await owner.client.customers.createSource({ workspace, name, side, timeZone: 'UTC' })).id;
  return { workspace, marketing: await source('Marketing system', 'marketing'), crm: await source('CRM', 'sales') };
};

/** @returns the import. @throws when the file was not put in */
export const bringLines = async (app: TestApp, owner: Person, { workspace }: TwoSystems, source: string, lines: readonly string[], kind?: string): Promise<string> => {
  const { id, state } = await bringFile(app, owner, { workspace, source, text: lines.join('\n'), kind });
  if (state !== 'applied') throw new Error(`the file is ${state}`);
  return id;
};
