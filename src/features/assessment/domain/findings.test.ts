import { describe, expect, it } from 'vitest';
import { c3Toolkit, relationshipCheck } from './built-in';
import { closedWave, typicalCompany, type WaveOptions } from './closed-wave.test-support';
import { waveResults } from './results';
import { isHidden, type SectionResult, type WaveResults } from './results-view';
import { cappedMean, distributionOf } from './statement-result';
import { findingFor } from './worldview';

const scale = { min: 1, max: 7, low: { en: '' }, high: { en: '' } };
const everyone: WaveOptions = { response: 1, open: 0, cannotJudge: 0 };
const sectionIn = (results: WaveResults, id: string): SectionResult => {
  const found = results.tools.flatMap((tool) => tool.sections).find((section) => section.sectionId === id);
  if (!found) throw new Error(`no section ${id}`);
  return found;
};
const near = (level: number) => (random: () => number) => Math.min(7, Math.max(1, level + Math.floor(random() * 3) - 1));

describe('statements', () => {
  it.each([
    [1, 1.5],
    [1.2, 1.5],
    [4.44, 4.4],
    [6.8, 6.5],
  ])('a mean of %d reads %d', (mean, read) => expect(cappedMean(mean, scale)).toBe(read));
  it('on another scale the cap moves with the range', () => {
    expect(cappedMean(5, { ...scale, max: 5 })).toBe(4.7);
    expect(cappedMean(0, { ...scale, min: 0, max: 100 })).toBe(8.3);
  });
  it.each([
    ['spread out', [2, 3, 1, 2, 1, 1, 0], { kind: 'full', counts: [2, 3, 1, 2, 1, 1, 0] }],
    ['all but two agree', [0, 0, 0, 8, 1, 1, 0], { kind: 'full', counts: [0, 0, 0, 8, 1, 1, 0] }],
    ['all but one agree', [0, 0, 0, 0, 0, 9, 1], { kind: 'coarse', counts: [0, 0, 10] }],
    ['all agree', [0, 0, 0, 10, 0, 0, 0], { kind: 'coarse', counts: [0, 10, 0] }],
    ['one apart', [1, 0, 0, 0, 9, 0, 0], { kind: 'coarse', counts: [1, 0, 9] }],
  ])('distribution: %s', (_, counts, expected) => expect(distributionOf(counts, scale)).toEqual(expected));

  it('unanimity is told neither by the mean, nor the counts, nor a spread of nothing', () => {
    const results = waveResults(closedWave({ ...everyone, rate: () => 7 }));
    const sales = sectionIn(results, '3').statements[0]?.groups.find(({ blockId }) => blockId === 'sales');
    expect(sales).toMatchObject({ n: 60, mean: 6.5, sd: { hidden: true }, distribution: { kind: 'coarse', counts: [0, 0, 60] } });
  });

  it('the section’s own mean does not undo the cap of its statements, nor does its spread', () => {
    const results = waveResults(closedWave({ ...everyone, rate: () => 7 }));
    const section = sectionIn(results, '3');
    for (const group of section.groups) expect(group, group.blockId).toMatchObject({ mean: 6.5, sd: { hidden: true }, ci95: { hidden: true }, method: { rwg: { hidden: true }, alpha: { hidden: true } } });
    expect(section.gap).toMatchObject({ difference: 0, verdict: 'none', ci95: { hidden: true } });
    expect(results.culturalDivide?.salesOwnRole.mean).toBe(6.5);
    const sums = waveResults(closedWave({ ...everyone, instrument: relationshipCheck, rate: () => 5 }));
    expect(sums.relationship?.groups.map(({ sum }) => sum)).toEqual(sums.relationship?.groups.map(() => 93.3));
  });
  it('a section of one statement tells its spread from ten people on, as a statement does', () => {
    const [tool] = c3Toolkit.tools.filter(({ id }) => id === '3');
    if (!tool) throw new Error('no tool 3');
    const instrument = { ...c3Toolkit, id: 'one', tools: [{ ...tool, sections: tool.sections.map((section) => ({ ...section, statements: section.statements.slice(0, 1) })) }] };
    const section = sectionIn(waveResults(closedWave({ ...everyone, instrument, toolIds: ['3'], rate: near(4) })), '3');
    const tells = Object.fromEntries(section.groups.map(({ blockId, n, sd, ci95 }) => [blockId, [n, !isHidden(sd), !isHidden(ci95)]]));
    expect(tells).toMatchObject({ sales: [60, true, true], marketing: [10, true, true], leadership: [6, false, false] });
  });
  it('carry the gap of the means that are shown', () => {
    const { statements } = sectionIn(waveResults(closedWave()), '3');
    for (const { gap, groups } of statements) {
      const [sales, marketing] = ['sales', 'marketing'].map((id) => groups.find(({ blockId }) => blockId === id)?.mean);
      if (typeof sales === 'number' && typeof marketing === 'number') expect(gap).toBeCloseTo(sales - marketing, 9);
      else expect(gap).toBeUndefined();
    }
  });
});

describe('gaps of a wave', () => {
  const apart = waveResults(closedWave({ ...everyone, response: 0.9, rate: (random, who) => near(who.function === 'sales' ? 3 : 5)(random) }));
  it('real where the functions answer two points apart, leadership between them', () => {
    const { gap, leadershipGap } = sectionIn(apart, '3');
    expect(gap).toMatchObject({ between: ['sales', 'marketing'], verdict: 'real' });
    expect(gap?.difference).toBeLessThan(-1.5);
    expect(leadershipGap?.difference).toBeGreaterThan(0.5);
  });
  it('none where everybody answers alike', () => {
    const alike = waveResults(closedWave({ ...everyone, rate: near(4) }));
    expect(sectionIn(alike, '6').gap?.verdict).toBe('none');
  });
  it('not where only one function was asked', () => {
    expect(sectionIn(apart, '1a').gap).toBeUndefined();
    expect(sectionIn(apart, '8').leadershipGap).toBeUndefined();
  });
  it('under five people neither interval nor a word that rests on it', () => {
    const counts = typicalCompany.map((count) => (count.function === 'marketing' ? { ...count, people: 2 } : count));
    const results = waveResults(closedWave({ ...everyone, counts, minimum: { general: 3, leadership: 3 }, rate: (random, who) => near(who.function === 'sales' ? 2 : 6)(random) }));
    const { gap } = sectionIn(results, '3');
    expect(gap?.verdict).toBe('unclear');
    expect([gap?.ci95, gap?.ci95Uncorrected, gap?.welchT, gap?.df, gap?.g, gap?.holmP].every(isHidden)).toBe(true);
  });
  it('the corrected interval is narrower than the plain one of the same section alone', () => {
    const one = waveResults(closedWave({ ...everyone, response: 0.9, toolIds: ['3'] }));
    const { ci95, ci95Uncorrected } = sectionIn(one, '3').gap ?? {};
    if (!ci95 || !ci95Uncorrected || isHidden(ci95) || isHidden(ci95Uncorrected)) throw new Error('intervals are hidden');
    expect(ci95.high - ci95.low).toBeLessThan(ci95Uncorrected.high - ci95Uncorrected.low);
  });
});

describe('near the border', () => {
  it('names each cut inside a group’s interval, and no other', () => {
    let [crossed, clear] = [0, 0];
    for (const seed of [1, 2, 3, 4]) {
      const results = waveResults(closedWave({ seed, response: 0.6, toolIds: ['7'], rate: (random) => 1 + Math.floor(random() * 5) }));
      for (const { ci95, nearBorder } of results.tools.flatMap((tool) => tool.sections).flatMap((section) => section.groups)) {
        if (isHidden(ci95)) expect(nearBorder).toEqual([]);
        else if (ci95.low < 2.95 && ci95.high > 3.05 && ci95.high < 4.45) {
          expect(nearBorder).toEqual([3]);
          crossed += 1;
        } else if (ci95.low > 3.05 && ci95.high < 4.45) {
          expect(nearBorder).toEqual([]);
          clear += 1;
        }
      }
    }
    expect([crossed > 3, clear > 0]).toEqual([true, true]);
  });
});

describe('worldview', () => {
  it.each([
    ['high', 'high', 'power_struggle', true],
    ['low', 'high', 'separate_roles', true],
    ['low', 'low', 'nobody_claims_strategy', false],
    ['high', 'low', 'mixed', false],
    ['middle', 'high', 'mixed', false],
    ['middle', 'middle', 'mixed', false],
  ])('sales %s, marketing %s: %s', (sales, marketing, finding, fromSource) => expect(findingFor(sales, marketing)).toEqual({ finding, fromSource }));

  it('is found from 1a and 1c, beside what each expects of the other', () => {
    const { culturalDivide } = waveResults(closedWave({ ...everyone, rate: (random, _, id) => near(id.startsWith('1d') ? 2 : 6)(random) }));
    expect(culturalDivide).toMatchObject({ salesOwnRole: { band: 'high' }, marketingOwnRole: { band: 'high' }, finding: 'power_struggle', fromSource: true });
    expect(culturalDivide?.expectations?.map(({ of, own, expected }) => [of, own.sectionId, own.band, expected.sectionId, expected.band])).toEqual([
      ['sales', '1a', 'high', '1d', 'low'],
      ['marketing', '1c', 'high', '1b', 'high'],
    ]);
  });
  it('is absent when a side is hidden, or the tool was not asked', () => {
    expect(waveResults(closedWave({ minimum: { general: 11, leadership: 4 } })).culturalDivide).toBeUndefined();
    expect(waveResults(closedWave({ toolIds: ['3'] })).culturalDivide).toBeUndefined();
  });
});

describe('relationship check', () => {
  it('gives each group its sum and type', () => {
    const results = waveResults(closedWave({ ...everyone, instrument: relationshipCheck, rate: (_, who) => (who.function === 'sales' ? 2 : 4) }));
    expect(results.relationship?.groups.slice(0, 2)).toEqual([
      { blockId: 'sales', n: 60, sum: 40, type: 'defined' },
      { blockId: 'marketing', n: 10, sum: 80, type: 'integrated' },
    ]);
    expect(results.smallestGap).toBeCloseTo(1 / 3, 9);
    expect(results.tools[0]?.sections[0]?.gap).toMatchObject({ difference: -40, verdict: 'real' });
  });
  it('is not made from other instruments', () => expect(waveResults(closedWave()).relationship).toBeUndefined());
});

describe('change between waves', () => {
  const before = closedWave({ ...everyone, seed: 3, response: 0.85, rate: (random, who) => near(who.function === 'sales' ? 3 : 5)(random) });
  const now = closedWave({ ...everyone, seed: 4, response: 0.85, rate: (random, who) => near(who.function === 'sales' ? 4 : 5)(random) });
  const previous = { ...before, wave: { ...before.wave, id: 'wave-1', name: 'First wave' }, turnover: 0.2 };
  const { change } = waveResults({ ...now, previous });

  it('compares sections and blocks that both waves show, as different people', () => {
    const sales = change?.sections.find(({ sectionId, blockId }) => sectionId === '3' && blockId === 'sales');
    expect(change).toMatchObject({ previousWaveId: 'wave-1', previousName: 'First wave', turnover: 0.2 });
    expect(sales?.difference).toBeGreaterThan(0.7);
    expect(sales && !isHidden(sales.ci95) ? [sales.ci95.low <= sales.difference, sales.ci95.low > 0] : []).toEqual([true, true]);
    expect(Math.abs(sales?.gapNow ?? 9)).toBeLessThan(Math.abs(sales?.gapBefore ?? 0));
  });
  it('keeps to one decimal and never compares remainders', () => {
    for (const { before: then, now: today, difference, blockId } of change?.sections ?? []) {
      for (const value of [then, today, difference]) expect(Math.abs(value * 10 - Math.round(value * 10))).toBeLessThan(1e-9);
      expect(blockId.includes('~others')).toBe(false);
    }
    expect(change?.sections.length).toBeGreaterThan(30);
  });
  it('skips sections that were not asked before, other instruments and other scales', () => {
    const onlyThree = waveResults({ ...now, previous: { ...closedWave({ seed: 3, toolIds: ['3'] }), turnover: 0 } }).change;
    expect([...new Set(onlyThree?.sections.map(({ sectionId }) => sectionId))]).toEqual(['3']);
    const other = { ...previous, instrument: { ...previous.instrument, id: 'other' } };
    expect(waveResults({ ...now, previous: other }).change).toBeUndefined();
    const rescaled = { ...previous, instrument: { ...previous.instrument, scale: { ...previous.instrument.scale, max: 5 } } };
    expect(waveResults({ ...now, previous: rescaled }).change).toBeUndefined();
  });
  it('is absent in a first wave', () => expect(waveResults(now).change).toBeUndefined());
});
