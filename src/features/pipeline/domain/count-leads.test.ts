import { expect, it } from 'vitest';
import { seeded } from '../../../lib/seeded';
import { openedOf, openTogether, type OpenAs } from './count-leads';
import { countFacts, idAt, NEVER, type LeadColumns, type LeadTable, type Taken } from './lead-columns';
import { signsOf, USUAL_RULES } from './reconcile';

const random = seeded(11);
const upTo = (n: number): number => Math.floor(random() * n);

/** Leads that marketing passed on once at one of a few instants, twice, or never. */
const portionOf = (portion: number, n: number): LeadColumns => {
  const none = Int32Array.from({ length: n }, () => NEVER);
  const passes = Array.from({ length: n }, () => Array.from({ length: upTo(3) }, () => 1_000_000 + 86_400 * upTo(4)));
  const passesFrom = new Uint32Array(n + 1);
  passes.forEach((own, row) => (passesFrom[row + 1] = (passesFrom[row] ?? 0) + own.length));
  return {
    portion, n, ids: Uint8Array.from({ length: 16 * n }, () => upTo(256)), entered: none.map(() => 1_000_000), since: none, ended: none, arrived: none, amount: new Float64Array(n), furthest: new Int16Array(n), stage: new Int16Array(n).fill(1),
    channel: Int32Array.from({ length: n }, () => upTo(3)), reason: new Int32Array(n), signals: new Int16Array(n), passes: Int32Array.from(passes.flat()), passesFrom, entries: new Int32Array(0), entriesFrom: new Uint32Array(n + 1), texts: new Uint8Array(0), textsFrom: new Uint32Array(n + 1),
  };
};

it('the first leads of a row are those that all its leads in order begin with, however they are spread over portions', () => {
  const taken: Taken = { accepted: [], deal: [] };
  for (const sizes of [[], [1], [0, 7, 3], [40, 1, 60, 25], Array.from({ length: 30 }, () => 9)]) {
    const portions = sizes.map((n, at) => portionOf(at, n));
    const table: LeadTable = { portions, channels: ['', 'Fair', 'Mail'], reasons: [''], stages: ['', 's'] };
    const frame = { from: null, to: null, now: 3e12, rule: { ...USUAL_RULES.marketing, dueDays: 7 }, by: 'passes' as const };
    const every = portions.flatMap((leads) => Array.from({ length: leads.n }, (_, row) => ({ id: idAt(leads, row), channel: table.channels[leads.channel[row] ?? 0] ?? '', ...signsOf(countFacts(leads, row, taken), frame) })));
    for (const codes of [new Set(every.map(({ code }) => code)), new Set(every.slice(0, 1).map(({ code }) => code))])
      for (const most of [1, 5, 1_000]) {
        const of: OpenAs = { frame, row: 'passed', codes, most };
        const opened = openTogether(of, table, taken, portions.map((leads) => [leads, openedOf(leads, taken, of)]));
        const wanted = every.filter(({ code }) => codes.has(code)).toSorted((a, b) => (b.first ?? 0) - (a.first ?? 0) || (a.id < b.id ? -1 : 1));
        expect(opened.leads).toEqual(wanted.slice(0, most).map(({ id, first, passes }) => ({ id, at: first ?? -Infinity, passes })));
        expect(opened.total).toBe(wanted.length);
        for (const channel of table.channels) expect(opened.by.get(channel) ?? 0).toBe(wanted.filter((lead) => lead.channel === channel).length);
      }
  }
});
