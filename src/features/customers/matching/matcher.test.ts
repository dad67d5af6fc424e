import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMatcher, type Matcher } from './matcher';
import type { FoundPair } from './match-session';

const root = join(import.meta.dirname, '../../../..');
let folder: string;

beforeAll(async () => {
  // Inside the repository, so that the worker finds its packages.
  mkdirSync(join(root, '.cache'), { recursive: true });
  folder = mkdtempSync(join(root, '.cache', 'matcher-'));
  await build({ entryPoints: [join(import.meta.dirname, 'match.worker.ts')], outdir: folder, outExtension: { '.js': '.mjs' }, bundle: true, platform: 'node', format: 'esm', packages: 'external', logLevel: 'error' });
  writeFileSync(join(folder, 'dying.mjs'), "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => process.exit(1));");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rows = ['marketing', 'crm'].flatMap((system) =>
  Array.from({ length: 30 }, (_, at) => [`${system}-${at}`, { firstName: `Given${at % 7}`, lastName: `Name${at}`, email: `given${at % 7}.name${at}@firm${at % 5}.example`, company: `Firm ${at % 5}` }] as const),
);

const all = async (matcher: Matcher): Promise<FoundPair[]> => {
  await matcher.add(JSON.stringify(rows.slice(0, 25)));
  await matcher.add(JSON.stringify(rows.slice(25)));
  await matcher.run([{ a: 'crm-1', b: 'marketing-1' }]);
  const found: FoundPair[] = [];
  for (let pairs = await matcher.next(); pairs !== ''; pairs = await matcher.next()) found.push(...(JSON.parse(pairs) as FoundPair[]));
  await matcher.stop();
  return found;
};

describe('the matching thread', () => {
  it('finds what the matching in this thread finds, and nothing that is never one', async () => {
    const there = await all(createMatcher('person', join(folder, 'match.worker.mjs')));
    expect(there).toEqual(await all(createMatcher('person', join(folder, 'nowhere.mjs'))));
    expect(there.filter(({ state }) => state === 'linked').length).toBeGreaterThan(20);
    expect(there.every(({ a, b }) => a < b)).toBe(true);
    expect(there.some(({ a, b }) => a === 'crm-1' && b === 'marketing-1')).toBe(false);
  });

  it('begins no thread where there is nothing to compare', async () => {
    const matcher = createMatcher('organisation', join(folder, 'dying.mjs'));
    await matcher.run([]);
    expect(await matcher.next()).toBe('');
    await matcher.stop();
  });

  it('says so when it ends, instead of waiting for ever', async () => {
    await expect(all(createMatcher('person', join(folder, 'dying.mjs')))).rejects.toThrow('the thread ended');
  });
});
