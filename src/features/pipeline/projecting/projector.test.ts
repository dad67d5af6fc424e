import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batchProjector, type Batch, type Process } from './project-batch';
import { openProjector } from './projector';

const root = join(import.meta.dirname, '../../../..');
let folder: string;

beforeAll(async () => {
  mkdirSync(join(root, '.cache'), { recursive: true });
  folder = mkdtempSync(join(root, '.cache', 'projector-'));
  await build({ entryPoints: [join(import.meta.dirname, 'project-leads.worker.ts')], outdir: folder, outExtension: { '.js': '.mjs' }, bundle: true, platform: 'node', format: 'esm', packages: 'external', logLevel: 'error' });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const process: Process = {
  stages: new Map([['s1', { id: 's1', position: 0, end: 'open', pipelineId: 'p', archivedAt: null, movesTo: null }], ['s2', { id: 's2', position: 1, end: 'open', pipelineId: 'p', archivedAt: null, movesTo: null }]]),
  byName: new Map([['inquiry', 's1']]), byRole: new Map([['inquiry', 's1'], ['qualified', 's2']]), words: new Map([['crm|ours', 's2']]),
};

/** Two leads and one deal between them; one lead was there before and has no record any more. */
const batchOf = (word: string): Batch => ({
  parties: ['l1', 'l2', 'l3'], there: ['l3'],
  facts: {
    people: JSON.stringify(['l1', 'l2'].map((id) => ({ partyId: id, recordId: `r${id}`, sourceId: 'crm', kind: 'lead', data: { name: 'Ann "A" Lee', enteredAt: '2026-01-02T00:00:00.000Z', status: word } }))),
    deals: [{ partyId: 'l2', recordId: 'd', sourceId: 'crm', kind: 'deal', data: { amount: 5 } }],
    history: JSON.stringify([['l1', null, 'crm', Date.UTC(2026, 0, 3), 'Ours', 'why', null], [null, 'd', 'crm', Date.UTC(2026, 0, 4), 'Ours', null, 'Kim'], ['l1', null, 'gone', 1, 'Theirs', null, null]]),
    firstActivity: new Map([['l2', Date.UTC(2026, 0, 5)]]), sides: new Map([['crm', 'sales']]),
  },
  kept: [new Map([['l1', [{ at: Date.UTC(2026, 0, 9), stageId: 's1', reason: 'back', actor: 'Eve' }]]]), new Map()],
});

describe('a thread that works out leads', () => {
  it('makes of every batch what this thread makes of it, and this thread goes on meanwhile', async () => {
    const projector = openProjector(process, join(folder, 'project-leads.worker.mjs'));
    let turns = 0;
    const ticking = setInterval(() => turns++, 1);
    const given = [await projector.project(batchOf('Inquiry')), await projector.project(batchOf('Inquiry')), await projector.project(batchOf('What?'))];
    clearInterval(ticking);
    await projector.stop();
    const here = batchProjector(process);
    expect(given).toEqual([here(batchOf('Inquiry')), here(batchOf('Inquiry')), here(batchOf('What?'))]);
    expect(turns).toBeGreaterThan(2);
    const [first, , third] = given;
    expect(first).toMatchObject({ there: '{l3}', gone: '{l3}', unknown: [{ word: 'theirs', spelling: 'Theirs' }] });
    expect(first?.log.leads).toBe('{l1,l1,l2,l2}');
    expect(third?.unknown.map(({ word }) => word).toSorted()).toEqual(['theirs', 'what']);
  });

  it('makes the same of records that were just written', () => {
    const here = batchProjector(process);
    const read = batchOf('Inquiry');
    const data = (JSON.parse(read.facts.people as string) as { data: unknown }[]).map((row) => row.data);
    const ids = ['l1', 'l2'];
    const asWritten = here({ ...read, facts: { ...read.facts, people: { sourceId: 'crm', kind: 'lead', ids, data: JSON.stringify(data) } } });
    const asRead = here({ ...read, facts: { ...read.facts, people: JSON.stringify(data.map((each, at) => ({ partyId: ids[at], recordId: ids[at], sourceId: 'crm', kind: 'lead', data: each }))) } });
    expect(asWritten).toEqual(asRead);
    expect(asWritten.leads.ids).toBe('{l1,l2}');
  });

  it('works in this thread where none was built, and makes no lead where there is no stage', async () => {
    const projector = openProjector({ ...process, stages: new Map() }, import.meta.filename.replace('.test.ts', '.none.mjs'));
    expect(await projector.project(batchOf('Inquiry'))).toMatchObject({ gone: '{l3}', leads: { ids: '{}' } });
    expect(await projector.project(batchOf('Inquiry'))).toMatchObject({ gone: '{l3}' });
    await projector.stop();
  });
});
