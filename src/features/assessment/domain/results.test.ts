import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ResultsInput } from './answers';
import { closedWave } from './closed-wave.test-support';
import { gateAgain } from './closed-tree';
import { sectionsFor } from './instrument';
import { waveResults } from './results';
import { isHidden, type GroupScore, type SectionResult, type WaveResults } from './results-view';

const sectionsOf = (results: WaveResults): SectionResult[] => results.tools.flatMap((tool) => tool.sections);
const groupsOf = (results: WaveResults): GroupScore[] => sectionsOf(results).flatMap((section) => section.groups);
const sectionIn = (results: WaveResults, id: string): SectionResult => {
  const found = sectionsOf(results).find((section) => section.sectionId === id);
  if (!found) throw new Error(`no section ${id}`);
  return found;
};
const groupIn = (section: SectionResult, blockId: string): GroupScore => {
  const found = section.groups.find((group) => group.blockId === blockId);
  if (!found) throw new Error(`no group ${blockId}`);
  return found;
};

/** Every number in a value, with the path to it. */
const numbersIn = (value: unknown, path = ''): { path: string; value: number }[] => {
  if (typeof value === 'number') return [{ path, value }];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => numbersIn(inner, `${path}.${key}`));
};

/** What each person of a function gave in a section, as the stored bytes have it. */
const codesIn = (input: ResultsInput, name: 'sales' | 'marketing', sectionId: string): number[][] => {
  const asked = sectionsFor(input.instrument, input.toolIds, name);
  const start = asked.slice(0, asked.findIndex(({ id }) => id === sectionId)).reduce((sum, { statements }) => sum + statements.length, 0);
  const size = asked.find(({ id }) => id === sectionId)?.statements.length ?? 0;
  return input.answers.filter((answer) => answer.function === name).map((answer) => [...answer.ratings.slice(start, start + size)]);
};

/** A team's score computed the long way round. */
const byHand = (input: ResultsInput, name: 'sales' | 'marketing', sectionId: string): number => {
  const people = codesIn(input, name, sectionId)
    .map((codes) => codes.filter((code) => code > 0 && code < 255))
    .filter((given) => given.length > 0)
    .map((given) => given.reduce((sum, code) => sum + code, 0) / given.length);
  return people.reduce((sum, score) => sum + score, 0) / people.length;
};

describe('the results of a wave', () => {
  const input = closedWave();
  const results = waveResults(input);

  it('show thirteen sections, each to whom it was asked', () => {
    expect(sectionsOf(results)).toHaveLength(13);
    expect(sectionIn(results, '1a').groups.every(({ blockId }) => blockId.startsWith('sales'))).toBe(true);
    expect(sectionIn(results, '1c').groups.every(({ blockId }) => blockId.startsWith('marketing'))).toBe(true);
    expect(sectionIn(results, '3').groups.slice(0, 3).map(({ blockId }) => blockId)).toEqual(['sales', 'marketing', 'leadership']);
    expect(sectionIn(results, '3').groups.at(-1)?.blockId).toBe('overall');
  });

  it('give a team the mean of its members, not of all ratings', () => {
    for (const id of ['2', '3', '6', '7b']) {
      for (const name of ['sales', 'marketing'] as const) {
        const { mean } = groupIn(sectionIn(results, id), name);
        expect(isHidden(mean) ? NaN : Math.abs(mean - byHand(input, name, id))).toBeLessThanOrEqual(0.05 + 1e-9);
      }
    }
  });

  it('tell the share of statements left open, and of those that nobody could judge, of all that were put to the group', () => {
    const much = closedWave({ open: 0.18, cannotJudge: 0.37 });
    const shown = waveResults(much);
    let told = 0;
    for (const id of ['2', '3', '6', '7b'])
      for (const name of ['sales', 'marketing'] as const) {
        const codes = codesIn(much, name, id).flat();
        const share = (wanted: number) => codes.filter((code) => code === wanted).length / codes.length;
        const { method } = groupIn(sectionIn(shown, id), name);
        for (const [figure, by] of [[method.missingShare, share(0)], [method.cannotJudgeShare, share(255)]] as const) {
          if (isHidden(figure)) continue;
          told += 1;
          expect(Math.abs(figure - by)).toBeLessThanOrEqual(0.05 + 1e-9);
        }
      }
    expect(told).toBe(8);
  });

  it('carry one decimal everywhere', () => {
    const finer = numbersIn(results.tools).filter(({ value }) => Math.abs(value * 10 - Math.round(value * 10)) > 1e-9);
    expect(finer).toEqual([]);
    expect(numbersIn(results.tools).length).toBeGreaterThan(1000);
  });

  it('do not depend on the order in which answers lie', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...input.answers], { minLength: input.answers.length }), (answers) => {
        expect(waveResults({ ...input, answers })).toEqual(results);
      }),
      { numRuns: 10 },
    );
  });

  it('list comments only of functions that are shown', () => {
    const comments = [
      { function: 'sales' as const, text: 'More joint visits' },
      { function: 'leadership' as const, text: 'Alone' },
    ];
    const hiddenLeadership = closedWave({ minimum: { general: 5, leadership: 7 } });
    expect(waveResults({ ...hiddenLeadership, comments }).comments).toEqual([{ function: 'sales', texts: ['More joint visits'] }]);
    expect(waveResults(hiddenLeadership).response.find((row) => row.function === 'leadership')).toBeUndefined();
  });
});

describe('the gate, on every section and statement', () => {
  const inputs = [1, 2, 3, 4, 5, 6].map((seed) => closedWave({ seed, response: 0.55 + seed / 20, open: 0.5, cannotJudge: 0.1, minimum: { general: 3 + (seed % 3), leadership: 3 } }));

  it('shows a group only where it would be let out on that section’s own counts', () => {
    let hidden = 0;
    for (const input of inputs) {
      for (const section of sectionsOf(waveResults(input))) {
        for (const { blockId, mean, n, sd } of section.groups) {
          if (isHidden(mean)) {
            hidden += 1;
            expect([n, isHidden(sd)]).toEqual([0, true]);
          } else {
            expect(n).toBeGreaterThanOrEqual(blockId === 'leadership' ? input.minimum.leadership : input.minimum.general);
          }
        }
      }
    }
    expect(hidden).toBeGreaterThan(0);
  });

  it('leaves no statement mean where the statement’s own counts forbid it', () => {
    let compared = 0;
    for (const input of inputs) {
      for (const section of sectionsOf(waveResults(input))) {
        section.statements.forEach((statement, column) => {
          const counts = new Map<string, number>();
          for (const answer of input.answers) {
            const asked = sectionsFor(input.instrument, input.toolIds, answer.function);
            const at = asked.findIndex(({ id }) => id === section.sectionId);
            if (at < 0) continue;
            const start = asked.slice(0, at).reduce((sum, { statements }) => sum + statements.length, 0);
            const code = answer.ratings[start + column] ?? 0;
            if (code > 0 && code < 255) counts.set(answer.blockId, (counts.get(answer.blockId) ?? 0) + 1);
          }
          const allowed = new Set(gateAgain(input.blocks, input.minimum)((id) => counts.get(id) ?? 0).map(({ id }) => id));
          for (const { blockId, mean } of statement.groups) {
            if (!isHidden(mean)) expect(allowed.has(blockId)).toBe(true);
            compared += 1;
          }
        });
      }
    }
    expect(compared).toBeGreaterThan(1000);
  });

  it('tells spread from five people, detail from ten', () => {
    for (const input of inputs) {
      const results = waveResults(input);
      for (const { n, mean, sd, ci95, method } of groupsOf(results)) {
        if (isHidden(mean)) continue;
        expect([isHidden(sd), isHidden(ci95), isHidden(method.ci95Uncorrected)]).toEqual([n < 5, n < 5, n < 5]);
        if (n < 10) expect([method.rwg, method.rwgStar, method.alpha, method.missingShare, method.cannotJudgeShare].every(isHidden)).toBe(true);
        else expect(isHidden(method.missingShare) || isHidden(method.cannotJudgeShare)).toBe(false);
      }
      for (const { groups } of sectionsOf(results).flatMap((section) => section.statements)) {
        for (const group of groups) if (group.n < 10) expect([isHidden(group.sd), isHidden(group.distribution)]).toEqual([true, true]);
      }
    }
  });
});
