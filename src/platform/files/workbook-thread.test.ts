import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TABLE_LIMITS } from './limits';
import { openWorkbookApart } from './workbook-thread';
import { toXlsx } from './write-xlsx';

const root = join(import.meta.dirname, '../../..');
let folder: string;

beforeAll(async () => {
  // Inside the repository, so that the worker finds its packages.
  mkdirSync(join(root, '.cache'), { recursive: true });
  folder = mkdtempSync(join(root, '.cache', 'workbook-'));
  await build({ entryPoints: [join(import.meta.dirname, 'workbook.worker.ts')], outdir: folder, outExtension: { '.js': '.mjs' }, bundle: true, platform: 'node', format: 'esm', packages: 'external', logLevel: 'error' });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = async (bytes: Uint8Array, file: string) => {
  const { batches, ...opened } = await openWorkbookApart(bytes, TABLE_LIMITS, join(folder, file));
  const rows = [];
  for await (const batch of batches) rows.push(...batch);
  return { ...opened, rows };
};

describe('a workbook read in a thread', () => {
  it('holds what it holds when it is read here, in batches', async () => {
    const bytes = await toXlsx([{ name: 'Leads', rows: [['Lead ID', 'Email'], ...Array.from({ length: 12_000 }, (_, at) => [`L${at}`, `p${at}@example.org`])] }]);
    const there = await read(bytes, 'workbook.worker.mjs');
    expect(there.rows).toHaveLength(12_000);
    expect(there.rows.at(-1)).toEqual({ line: 12_001, cells: ['L11999', 'p11999@example.org'] });
    expect(there).toEqual(await read(bytes, 'nowhere.mjs'));
  }, 60_000);

  it.each(['workbook.worker.mjs', 'nowhere.mjs'])('what is wrong with it is said by its code (%s)', async (file) => {
    const bytes = await toXlsx([{ name: 'Leads', rows: [['Lead ID']] }]);
    await expect(read(bytes.subarray(0, 300), file)).rejects.toMatchObject({ name: 'FileFault', code: 'archive_damaged' });
  });

  it('may be left after the first rows', async () => {
    const { batches } = await openWorkbookApart(await toXlsx([{ name: 'Leads', rows: [['Lead ID'], ['L1'], ['L2']] }]), TABLE_LIMITS, join(folder, 'workbook.worker.mjs'));
    for await (const rows of batches) {
      expect(rows).toHaveLength(2);
      break;
    }
  });
});
