import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildWaveResults, sampleInstrument } from '../testing/sample-results';
import type { FileRequest } from './make-file';
import { pdfPages } from './pdf/pdf-text.test-support';
import { createReportPool } from './report-pool';
import type { ReportRequest } from './request';

const root = join(import.meta.dirname, '../../../..');
const request: ReportRequest = { format: 'csv', locale: 'en', results: buildWaveResults({ toolIds: ['3'] }), instrument: sampleInstrument, workspaceName: 'Nordwind' };
const entries = Array.from({ length: 20 }, (_, at) => ({ label: `Person ${at}`, url: `http://192.168.1.20:4400/a#0198f3c2.AbCdEfGhIjKlMnOpQrStUv.k${1000 + at}`, code: `ABCDEFGH${1000 + at}` }));
const codes: FileRequest = { format: 'code-sheet', fileName: 'Autumn codes.pdf', sheet: { workspaceName: 'Nordwind', title: 'Autumn', locale: 'en', kind: 'personal', entries } };
let folder = '';

beforeAll(async () => {
  // Inside the repository, so that the worker finds its packages.
  mkdirSync(join(root, '.cache'), { recursive: true });
  folder = mkdtempSync(join(root, '.cache', 'report-pool-'));
  await build({
    entryPoints: [join(import.meta.dirname, 'report.worker.ts')], outdir: folder, outExtension: { '.js': '.mjs' },
    bundle: true, splitting: true, platform: 'node', format: 'esm', packages: 'external', jsx: 'automatic', logLevel: 'error',
  });
  writeFileSync(join(folder, 'silent.mjs'), "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => {});");
  writeFileSync(join(folder, 'dying.mjs'), "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => process.exit(3));");
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('reports in a thread of their own', () => {
  it('are the same bytes of text as made here, each to its caller', async () => {
    const pool = createReportPool({ file: join(folder, 'report.worker.mjs') });
    const here = await createReportPool({ file: join(folder, 'nowhere.mjs') }).make(request);
    const [english, german] = await Promise.all([pool.make(request), pool.make({ ...request, locale: 'de' })]);
    expect(Buffer.from(english.body).equals(Buffer.from(here.body))).toBe(true);
    expect(Buffer.from(german.body).toString()).toContain('Vertrieb');
    await pool.stop();
  }, 60_000);

  it('print a PDF there, fonts included', async () => {
    const pool = createReportPool({ file: join(folder, 'report.worker.mjs') });
    const { body } = await pool.make({ ...request, format: 'board-pdf' });
    expect(Buffer.from(body.subarray(0, 5)).toString()).toBe('%PDF-');
    await pool.stop();
  }, 60_000);

  it('print sheets of codes there', async () => {
    const pool = createReportPool({ file: join(folder, 'report.worker.mjs') });
    const { body, fileName } = await pool.make(codes);
    expect([Buffer.from(body.subarray(0, 5)).toString(), fileName, pdfPages(body)]).toEqual(['%PDF-', 'Autumn codes.pdf', 3]);
    await pool.stop();
    const silent = createReportPool({ file: join(folder, 'silent.mjs'), patience: 300 });
    await expect(silent.make(codes)).rejects.toThrow('too long');
    await silent.stop();
  }, 60_000);

  it('are refused when the thread dies or stays silent, and the next one gets a new thread', async () => {
    const dying = createReportPool({ file: join(folder, 'dying.mjs') });
    await expect(dying.make(request)).rejects.toThrow('ended');
    await expect(dying.make(request)).rejects.toThrow('ended');
    await dying.stop();
    const silent = createReportPool({ file: join(folder, 'silent.mjs'), patience: 300 });
    await expect(silent.make(request)).rejects.toThrow('too long');
    await silent.stop();
  }, 60_000);

  it('that cannot be written reject with the reason', async () => {
    const pool = createReportPool({ file: join(folder, 'report.worker.mjs') });
    await expect(pool.make({ ...request, locale: 'xx-invalid-locale-xx' as 'en' })).rejects.toThrow();
    await expect(pool.make(request)).resolves.toMatchObject({ contentType: 'text/csv; charset=utf-8' });
    await pool.stop();
  }, 60_000);
});
