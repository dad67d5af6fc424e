import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_RULES } from '../domain/rules';
import { createPlanner } from './planner';

const root = join(import.meta.dirname, '../../../..');
let folder: string;

beforeAll(async () => {
  // Inside the repository, so that the worker finds its packages.
  mkdirSync(join(root, '.cache'), { recursive: true });
  folder = mkdtempSync(join(root, '.cache', 'planner-'));
  await build({ entryPoints: [join(import.meta.dirname, 'people-plan.worker.ts')], outdir: folder, outExtension: { '.js': '.mjs' }, bundle: true, platform: 'node', format: 'esm', packages: 'external', logLevel: 'error' });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FILE = new TextEncoder().encode(`name,email,function,department\n${Array.from({ length: 20_000 }, (_, at) => `Person ${at},p${at}@big.example,sales,Messe`).join('\n')}`);
const of = { known: [], rules: { ...NO_RULES, departments: new Map([['messe', 'marketing' as const]]) }, today: '2026-06-01' };

const run = async (file: string) => {
  const planner = createPlanner(join(folder, file));
  try {
    const headings = await planner.read(FILE);
    const preview = await planner.preview(undefined, false, of);
    const { columns, ...rest } = preview.mapping;
    const plan = await planner.plan({ columns: columns.map((field) => (field === 'none' ? null : field)), dateOrder: rest.dateOrder, words: [] }, of);
    return { headings, preview, plan };
  } finally {
    await planner.stop();
  }
};

describe('the planning thread', () => {
  it('plans what planning in this thread plans, and this thread goes on meanwhile', async () => {
    let turns = 0;
    const ticking = setInterval(() => turns++, 1);
    const there = await run('people-plan.worker.mjs');
    clearInterval(ticking);
    expect(there).toEqual(await run('nowhere.mjs'));
    expect(there.preview.counts.new).toBe(20_000);
    expect(there.plan.fingerprint).toBe(there.preview.fingerprint);
    expect(turns).toBeGreaterThan(10);
  }, 60_000);

  it.each(['people-plan.worker.mjs', 'nowhere.mjs'])('what is wrong with a file is said by its code (%s)', async (file) => {
    const planner = createPlanner(join(folder, file));
    await expect(planner.read(new TextEncoder().encode('%PDF-1.7'))).rejects.toMatchObject({ name: 'FileFault', code: 'not_a_table' });
    await planner.stop();
  });
});
