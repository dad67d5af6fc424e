import { describe, expect, it } from 'vitest';
import { buildWaveResults, everythingHidden, leadershipHidden, sampleInstrument } from '../features/assessment/testing/sample-results';
import { relationshipCheck } from '../features/assessment/domain/built-in';
import { typicalCompany } from '../features/assessment/domain/closed-wave.test-support';
import type { WaveResults } from '../features/assessment/domain/results-view';
import type { Instrument } from '../features/assessment/domain/instrument';
import { readableInstrument } from '../features/assessment/present';
import { depthOf, groupLabel, nestedLabel } from '../features/assessment/web/results/group-label';
import { gapRows, groupRows } from '../features/assessment/web/results/method-rows';
import { entriesOf } from '../features/assessment/web/results/nav';
import { matching } from '../features/assessment/web/results/search';
import { spans, tones } from '../features/assessment/web/results/spread';
import { sampleSource, sharedSource, viewFrom, waveSource, type View } from '../features/assessment/web/results/source';
import {
  axisOf, byGap, commonAxis, findingOf, functionOrder, functionStanding, lookHere, monthsBetween, partsOf, place, relationshipTypes, sectionTitle, sectionViews, sentenceTitle,
  smallestGapIn, standingOf, statementViews, toneOf, type ResultsAnswer, type SectionView,
} from '../features/assessment/web/results/view';

const answerOf = (results: WaveResults, instrument: Instrument = sampleInstrument): ResultsAnswer => ({
  workspaceName: 'Harbour Pumps', leftSide: 'marketing', results, instrument: readableInstrument(instrument, instrument.tools.map((tool) => tool.id), 'en'),
});
const full = answerOf(buildWaveResults({ withPrevious: true }));
const sections = sectionViews(full);
const section = (id: string, of: SectionView[] = sections): SectionView => {
  const found = of.find(({ wording }) => wording.id === id);
  if (!found) throw new Error(`no section ${id}`);
  return found;
};
const relationship = answerOf(buildWaveResults({ instrument: relationshipCheck, rate: (random, { function: fn }) => Math.min(5, Math.max(1, Math.round((fn === 'sales' ? 2.4 : 3.6) + (random() - 0.5) * 2))) }), relationshipCheck);

describe('what a wave says', () => {
  it('joins every section with its words, in the order of the questionnaire', () => {
    expect(sections.map(({ wording }) => wording.id)).toEqual(['1a', '1b', '1c', '1d', '2', '3', '4', '5', '6', '7a', '7b', '7c', '8']);
    expect(sectionTitle(section('7a'))).toBe('Strategy making: Developing strategy');
    expect(sentenceTitle(section('7a'))).toBe('Developing strategy');
    expect(sentenceTitle(section('3'))).toBe('Communication');
  });
  it('names the widest real difference first', () => {
    const widths = byGap(sections).map(({ result }) => Math.abs(result.gap.difference));
    expect(widths).toEqual(widths.toSorted((a, b) => b - a));
    expect(lookHere(sections)?.result.gap.verdict).toBe('real');
    expect(findingOf(full, sections)).toMatchObject({ kind: 'real', section: { wording: { id: lookHere(sections)?.wording.id } } });
  });
  it('says nothing is certain, or all alike, when no difference is real', () => {
    const with_ = (verdict: 'none' | 'unclear') => sections.map((view) => ({ ...view, result: { ...view.result, ...(view.result.gap ? { gap: { ...view.result.gap, verdict } } : {}) } }));
    expect(findingOf(full, with_('none')).kind).toBe('none');
    expect(findingOf(full, with_('unclear')).kind).toBe('unclear');
  });
  it('does not compare where one side or both are kept back', () => {
    const nothing = answerOf(everythingHidden());
    expect(findingOf(nothing, sectionViews(nothing)).kind).toBe('nothing');
    const one = answerOf(buildWaveResults({ counts: typicalCompany.filter((count) => count.function === 'sales') }));
    expect(findingOf(one, sectionViews(one))).toEqual({ kind: 'oneSide', shown: 'sales' });
    const own = sections.filter(({ wording }) => wording.neutral);
    expect(findingOf(full, own).kind).toBe('apart');
  });
  it('names the relationship by its types when nothing else was asked', () => {
    const views = sectionViews(relationship);
    expect(relationshipTypes(relationship)).toEqual({ sales: 'defined', marketing: 'aligned' });
    expect(findingOf(relationship, views)).toEqual({ kind: 'relationship', sales: 'defined', marketing: 'aligned' });
    expect(smallestGapIn(relationship, section('relationship', views).wording)).toBeCloseTo((20 * 0.5 * 4) / 6, 6);
    expect(smallestGapIn(full, section('3').wording)).toBe(0.5);
  });
});

describe('shown, hidden and not asked', () => {
  it('are three different things', () => {
    const hidden = answerOf(leadershipHidden());
    expect(functionStanding(full, section('3'), 'sales').kind).toBe('shown');
    expect(functionStanding(full, section('8'), 'marketing').kind).toBe('notAsked');
    expect(functionStanding(hidden, section('3', sectionViews(hidden)), 'leadership').kind).toBe('hidden');
    expect(standingOf(section('3').result, 'nobody').kind).toBe('hidden');
  });
  it('leave an interval and a band out rather than guess them', () => {
    const standing = functionStanding(full, section('3'), 'sales');
    expect(standing.kind === 'shown' && standing.interval && standing.band).toBeTruthy();
  });
});

describe('the axis', () => {
  it('is whole, with cuts and zones of the questionnaire', () => {
    const axis = axisOf(full, section('3').wording);
    expect(axis).toMatchObject({ min: 1, max: 7, cuts: [3, 4.5], ticks: [1, 2, 3, 4, 5, 6, 7] });
    expect(axis.zones.map(({ label }) => label)).toEqual(['low', 'middle', 'high']);
    expect([place(1, axis), place(4, axis), place(7, axis), place(9, axis)]).toEqual([0, 50, 100, 100]);
  });
  it('of a sum runs from 20 to 100', () => {
    const [view] = sectionViews(relationship);
    expect(view && axisOf(relationship, view.wording)).toMatchObject({ min: 20, max: 100, cuts: [40, 60, 80], ticks: [20, 40, 60, 80, 100] });
  });
  it('takes its words from a section with a good end', () => {
    expect(commonAxis(full, sections)?.zones[0]?.label).toBe('low');
    expect(commonAxis(full, sections.slice(0, 4))?.zones).toEqual([]);
    expect(commonAxis(full, [])).toBeUndefined();
  });
  it('shades bands, but never where there is no good end', () => {
    expect(['low', 'middle', 'high', undefined].map((band) => toneOf(section('3').wording, band))).toEqual(['low', 'middle', 'high', 'plain']);
    expect(toneOf(section('1a').wording, 'high')).toBe('plain');
  });
});

describe('statements', () => {
  it('stand by difference, and by score where only one side is asked', () => {
    const gaps = statementViews(section('3')).map(({ gap }) => Math.abs(gap ?? 0));
    expect(gaps).toHaveLength(10);
    expect(gaps).toEqual(gaps.toSorted((a, b) => b - a));
    const scores = statementViews(section('8')).map(({ means }) => means.sales ?? 0);
    expect(scores).toEqual(scores.toSorted((a, b) => a - b));
  });
  it('lay their answers to both sides of the middle', () => {
    const [low, , , middle, , , high] = spans([2, 0, 0, 4, 0, 0, 2]);
    expect([low, middle, high]).toEqual([{ from: -0.5, to: -0.25 }, { from: -0.25, to: 0.25 }, { from: 0.25, to: 0.5 }]);
    expect(spans([0, 0, 0])).toEqual([{ from: 0, to: 0 }, { from: 0, to: 0 }, { from: 0, to: 0 }]);
    expect([tones(3), tones(7)[0], tones(5)[4]]).toEqual([['low', 'middle', 'high'], 'low', 'high']);
  });
});

describe('groups', () => {
  it('are named by what their parent has not said', () => {
    const parts = partsOf(full.results, 'sales');
    const deep = parts.find((block) => depthOf(block, full.results.blocks) === 2);
    expect(deep).toBeDefined();
    if (deep) expect(groupLabel(deep)).toBe(`Front line, ${nestedLabel(deep, full.results.blocks)}`);
    expect(parts.every((block) => nestedLabel(block, full.results.blocks).length > 0)).toBe(true);
  });
  it('take turns on the left by workspace', () => {
    expect(functionOrder('marketing')).toEqual(['marketing', 'sales', 'leadership']);
    expect(functionOrder('sales')).toEqual(['sales', 'marketing', 'leadership']);
  });
});

describe('the method drawer', () => {
  const group = (id: string, from: SectionView) => {
    const score = from.result.groups.find(({ blockId }) => blockId === id);
    if (!score) throw new Error(`no group ${id}`);
    return score;
  };
  it('gives each statistic a value and a sentence', () => {
    const rows = groupRows(group('sales', section('3')), false);
    expect(rows).toHaveLength(9);
    expect(rows.every(({ value, sentence }) => value !== null && sentence.length > 20)).toBe(true);
    const { gap } = section('3').result;
    expect(gap && gapRows(gap).map(({ name }) => name)).toEqual(['Difference', '95 % interval', '95 % interval, uncorrected', 'Hedges’ g', 'Welch’s t', 'Degrees of freedom', 'p, Holm-adjusted']);
  });
  it('says from how many answers a figure is told when it is kept back', () => {
    const small = groupRows(group('leadership', section('3')), false).filter(({ value }) => value === null);
    expect(small.map(({ name }) => name)).toEqual(['r_wg(j)', 'r*_wg', 'Cronbach’s alpha', 'Left blank', 'Can’t judge']);
    expect(small.every(({ why }) => why?.includes('10'))).toBe(true);
  });
});

describe('addresses', () => {
  const views: View[] = [{ kind: 'overview' }, { kind: 'tool', tool: '7', section: '7b' }, { kind: 'groups' }, { kind: 'comments' }, { kind: 'change' }];
  it('of public pages are read back as they were written', () => {
    for (const source of [sampleSource(), sharedSource('lss_secret')]) for (const view of views) expect(viewFrom(source.at(view).search)).toEqual(view);
    expect(viewFrom({ view: 'nonsense' })).toEqual({ kind: 'overview' });
    expect(sharedSource('lss_secret').at({ kind: 'groups' }).hash).toBe('lss_secret');
  });
  it('of a wave are paths', () => {
    const source = waveSource('w', 'v');
    expect(source.at({ kind: 'tool', tool: '3' })).toEqual({ to: '/w/$workspace/understand/waves/$wave/results/$tool', params: { workspace: 'w', wave: 'v', tool: '3' }, search: {} });
    expect(source.at({ kind: 'change' }).to).toMatch(/\/results\/change$/);
  });
  it('exist only for what is there', () => {
    expect(entriesOf(full, sections).map(({ label }) => label).slice(-3)).toEqual(['By group', 'Change', 'Comments']);
    const bare = answerOf(buildWaveResults({ comments: [] }));
    expect(entriesOf(bare, sectionViews(bare)).map(({ label }) => label)).not.toContain('Change');
  });
});

it('finds comments by every word, whatever accents and case', () => {
  expect(matching(['Réunions trop rares', 'Good fair'], 'reunions RARES')).toEqual(['Réunions trop rares']);
  expect(matching(['a', 'b'], '  ')).toEqual(['a', 'b']);
});

it('counts whole months', () => {
  expect(monthsBetween('2026-01-15T00:00:00Z', new Date('2027-01-14T12:00:00Z'))).toBe(11);
  expect(monthsBetween('2026-01-15T00:00:00Z', new Date('2027-01-15T12:00:00Z'))).toBe(12);
});
