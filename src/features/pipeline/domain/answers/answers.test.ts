import { describe, expect, it } from 'vitest';
import { seeded } from '../../../../lib/seeded';
import type { StageInfo } from '../log';
import { dropOut } from './drop-out';
import { siftColumns } from './leaks';
import { marksOfFast, marksOfWon } from './marks';
import type { AnswerLead, StageVisit } from './records';
import { slowestStage, timeInStage } from './time-in-stage';
import { usefulness } from './usefulness';
import { visitsOf } from './visits';

const DAY = 86_400_000;
const START = Date.UTC(2024, 0, 1);

/** Leads of a year. Big companies convert three times as often; fairs bring big ones, so fairs look good without being it. */
const leads = (count: number, seed = 3): AnswerLead[] => {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, at) => {
    const fair = random() < 0.4;
    const big = random() < (fair ? 0.7 : 0.2);
    const won = random() < (big ? 0.45 : 0.15);
    const entered = START + Math.floor(random() * 360) * DAY;
    const quick = random() < 0.5;
    return {
      id: `L${at}`,
      origin: fair ? 'sales' : 'marketing',
      source: fair ? 'fair' : 'web',
      outcome: won ? 'won' : random() < 0.6 ? 'lost' : 'open',
      entered,
      decided: won ? entered + (quick ? 5 : 40) * DAY : null,
      attributes: {
        size: big ? 'big' : 'small',
        colour: ['red', 'green', 'blue'][Math.floor(random() * 3)] ?? null,
        'asked for a demo': quick ? (random() < 0.8 ? 'yes' : 'no') : random() < 0.2 ? 'yes' : 'no',
        'contract number': won ? `C${at % 9}` : null,
        'lost because': won ? null : 'price',
        'sales note': won || random() < 0.3 ? 'spoken' : null,
        status: won ? 'customer' : 'prospect',
        e_mail: `p${at}@example.com`,
        country: 'NL',
      },
    };
  });
};

const COLUMNS = Object.keys(leads(1)[0]?.attributes ?? {});

describe('which leads are more useful', () => {
  const found = usefulness(leads(3000));

  it('counts by origin function and by source, with intervals that open their leads', () => {
    expect(found.byOrigin.map(({ name, entrants }) => [name, entrants > 900])).toEqual([['sales', true], ['marketing', true]]);
    expect(found.bySource.reduce((sum, { entrants }) => sum + entrants, 0)).toBe(3000);
    for (const { rate, wilson95, won, entrants, leads: ids } of found.byOrigin) {
      expect(rate).toBeCloseTo(won / entrants, 12);
      expect((wilson95?.[0] ?? 1) < (rate ?? 0) && (rate ?? 1) < (wilson95?.[1] ?? 0)).toBe(true);
      expect(ids).toHaveLength(entrants);
    }
    expect(found.difference?.ci95[1]).toBeLessThan(0);
  });
  it('adjusts for the quarter of entry', () => {
    if (!('levels' in found.originAdjusted)) throw new Error(found.originAdjusted.reason);
    expect(found.originAdjusted.reference).toBe('marketing');
    expect(found.originAdjusted.adjustedFor).toEqual(['quarter of entry']);
    expect(found.originAdjusted.levels[0]?.ci95[0]).toBeGreaterThan(1);
  });
  it('tells no rate of a handful, and says why nothing is adjusted', () => {
    const few = usefulness(leads(12));
    expect(few.byOrigin.every(({ rate, wilson95 }) => rate === null && wilson95 === null)).toBe(true);
    expect([few.difference, 'reason' in few.originAdjusted]).toEqual([null, true]);
  });
});

describe('columns that give the outcome away', () => {
  const sifted = siftColumns(leads(2000), COLUMNS, ({ outcome }) => outcome === 'won');
  it('are left out, each with its reason', () => {
    expect(sifted.columns).toEqual(['size', 'colour', 'asked for a demo']);
    expect(Object.fromEntries(sifted.leftOut.map(({ column, reason }) => [column, reason]))).toEqual({
      'contract number': 'filled only after the outcome',
      'lost because': 'filled only after the outcome',
      'sales note': 'blank only for one outcome',
      status: 'tells the outcome exactly',
      e_mail: 'nearly every lead differs',
      country: 'says the same of every lead',
    });
    expect(sifted.leftOut.find(({ column }) => column === 'sales note')?.detail).toMatch(/^filled for 100% of those with the outcome and [23]\d% of the others$/);
  });
});

describe('what marks the leads that convert', () => {
  const found = marksOfWon(leads(3000), COLUMNS);
  it('finds the planted mark, with lift and odds adjusted for what it comes along with', () => {
    const big = found.marks.find(({ column, value }) => column === 'size' && value === 'big');
    expect(big?.stands).toBe(true);
    expect(big?.lift?.value).toBeCloseTo((big?.rate ?? 0) / (big?.otherRate ?? 1), 10);
    // 0.45 against 0.15: odds ratio 4.6.
    expect((big?.adjusted?.ci95[0] ?? 9) < 4.64 && 4.64 < (big?.adjusted?.ci95[1] ?? 0)).toBe(true);
    expect(big?.adjusted?.adjustedFor).toEqual(['source', 'quarter of entry']);
    const small = found.marks.find(({ value }) => value === 'small');
    expect((small?.adjusted?.oddsRatio ?? 0) * (big?.adjusted?.oddsRatio ?? 0)).toBeCloseTo(1, 6);
  });
  it('lets nothing else stand', () => expect(found.marks.filter(({ stands }) => stands).map(({ column }) => column)).toEqual(['size', 'size']));
  it('rarely calls chance a mark, however many are looked at', () => {
    let calls = 0;
    for (let run = 0; run < 40; run += 1) {
      const random = seeded(run + 100);
      const noise = leads(300, run).map((lead) => ({ ...lead, attributes: Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`c${at}`, random() < 0.5 ? 'a' : 'b'])) }));
      if (marksOfWon(noise, Array.from({ length: 10 }, (_, at) => `c${at}`)).marks.some(({ stands }) => stands)) calls += 1;
    }
    // 5 % of 40 is 2; six or more has a probability of about 1 %.
    expect(calls).toBeLessThan(6);
  });
  it('shows no group under the minimum, and nothing from a handful of leads', () => {
    expect(marksOfWon(leads(3000), COLUMNS, 1400).marks.every(({ n }) => n >= 1400)).toBe(true);
    expect(marksOfWon(leads(30), COLUMNS)).toMatchObject({ marks: [], looks: 0, reason: expect.stringContaining('carry no such answer') });
  });
});

describe('what marks the leads that move fast', () => {
  it('finds what goes with speed, among leads old enough', () => {
    const asOf = START + 390 * DAY;
    const { marks, followedFor, leads: counted } = marksOfFast(leads(4000), COLUMNS, asOf);
    expect(followedFor).toBe(40);
    expect(counted).toBeLessThan(leads(4000).filter(({ outcome }) => outcome === 'won').length);
    const standing = marks.filter(({ stands }) => stands);
    expect(standing.map(({ column, value }) => `${column}: ${value}`).sort()).toEqual(['asked for a demo: no', 'asked for a demo: yes']);
    expect(standing.find(({ value }) => value === 'yes')?.lift?.ci95[0]).toBeGreaterThan(1);
  });
});

describe('where leads slow down and drop out', () => {
  const stages = new Map<string, StageInfo>([
    ['mql', { id: 'mql', position: 1, end: 'open' }],
    ['sql', { id: 'sql', position: 2, end: 'open' }],
    ['won', { id: 'won', position: 3, end: 'won' }],
    ['lost', { id: 'lost', position: 4, end: 'lost' }],
    ['recycled', { id: 'recycled', position: 5, end: 'recycled' }],
  ]);
  const entry = (day: number, stageId: string, reason: string | null = null) => ({ at: START + day * DAY, stageId, reason, actor: null });

  it('makes stays of a log, backward moves and re-entries included', () => {
    const visits = visitsOf('a', [entry(0, 'mql'), entry(4, 'sql'), entry(9, 'mql', 'too early'), entry(20, 'recycled', 'next year'), entry(50, 'sql'), entry(60, 'lost', 'price')], stages);
    expect(visits.map(({ stage, from, to, end, reason }) => [stage, (from - START) / DAY, to === null ? null : (to - START) / DAY, end, reason])).toEqual([
      ['mql', 0, 4, 'forward', null],
      ['sql', 4, 9, 'back', 'too early'],
      ['mql', 9, 20, 'back', 'next year'],
      ['sql', 50, 60, 'lost', 'price'],
    ]);
    expect(visitsOf('b', [entry(3, 'mql'), entry(5, 'mql', 'noted')], stages)).toMatchObject([{ stage: 'mql', to: null, end: null }]);
  });

  /** In each stage 60 stays; `mql` ends after 3 to 7 days, `sql` after 20 to 40, the last third of it still waiting. */
  const visits: StageVisit[] = Array.from({ length: 60 }, (_, at) => [
    { lead: `L${at}`, stage: 'mql', from: START, to: START + (3 + (at % 5)) * DAY, end: at % 6 === 0 ? 'lost' : 'forward', reason: at % 12 === 0 ? 'no need' : null } as const,
    { lead: `L${at}`, stage: 'sql', from: START + 10 * DAY, to: at % 3 === 0 ? null : START + (30 + (at % 20)) * DAY, end: at % 3 === 0 ? null : 'forward', reason: null } as const,
  ])
    .flat()
    .filter(({ lead, stage }) => stage === 'mql' || Number(lead.slice(1)) % 6 !== 0);

  it('counts those still waiting, and shares of competing ways out add up', () => {
    const [mql, sql, none] = timeInStage(visits, ['mql', 'sql', 'none'], START + 60 * DAY, [5, 30, 45]);
    expect(mql).toMatchObject({ stays: 60, waiting: 0, medianDays: 5 });
    expect(mql?.outBy?.forward.at(-1)?.share).toBeCloseTo(50 / 60, 12);
    expect(mql?.outBy?.lost.at(-1)?.share).toBeCloseTo(10 / 60, 12);
    expect(sql).toMatchObject({ stays: 50, waiting: 10 });
    expect(sql?.medianDays).toBeGreaterThan(25);
    expect(none).toMatchObject({ stays: 0, medianDays: null, outBy: null });
    expect(slowestStage([mql, sql].flatMap((time) => time ?? []))?.stage).toBe('sql');
    expect(slowestStage([mql, mql].flatMap((time) => time ?? []))).toBeNull();
  });

  it('tells where leads drop out, why, and how many gave no reason', () => {
    const [mql, sql] = dropOut(visits, ['mql', 'sql']);
    expect(mql).toMatchObject({ leads: 60, lost: 10 });
    expect(mql?.share).toBeCloseTo(1 / 6, 12);
    expect(mql?.reasons.map(({ reason, count }) => [reason, count])).toEqual([['no need', 5], [null, 5]]);
    expect(sql).toMatchObject({ leads: 50, lost: 0, share: 0, reasons: [] });
    const revived: StageVisit = { lead: 'L0', stage: 'sql', from: START + 90 * DAY, to: null, end: null, reason: null };
    expect(dropOut([...visits, revived], ['mql'])[0]?.lost).toBe(9);
    expect(dropOut(visits.slice(0, 4), ['mql'])[0]?.share).toBeNull();
  });
});
