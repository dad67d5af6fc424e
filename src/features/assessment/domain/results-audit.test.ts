import { describe, expect, it } from 'vitest';
import { seeded } from '../../../lib/seeded';
import type { ResultsInput } from './answers';
import { closedWave } from './closed-wave.test-support';
import { leaks } from './gate-checker.test-support';
import { sectionsFor } from './instrument';
import { randomOrganisation } from './organisation.test-support';
import { waveResults } from './results';
import { isHidden, type WaveResults } from './results-view';

/** The value that pages and files are made from, looked at by somebody who knows only who is inside each block. */
type Shown = { blockIds: string[]; /** People who count, by final block. */ counts: Map<string, number> };

const insideOf = (results: WaveResults, blockId: string, atom: string): boolean => {
  const parentOf = new Map(results.blocks.map((block) => [block.id, block.parent]));
  const overall = results.blocks.find((block) => block.kind === 'overall');
  for (let id: string | undefined = atom; id !== undefined; id = parentOf.get(id)) {
    if (id === blockId || (blockId === 'overall' && overall?.nodes.includes(id) === true)) return true;
  }
  return false;
};

/** Statements of a section that each answer rates, as bytes; counted from the stored answers, not from the code under test. */
const bytesOf = (input: ResultsInput, sectionId: string): { blockId: string; codes: number[] }[] =>
  input.answers.flatMap(({ function: name, blockId, ratings }) => {
    const asked = sectionsFor(input.instrument, input.toolIds, name);
    const at = asked.findIndex(({ id }) => id === sectionId);
    if (at < 0) return [];
    const start = asked.slice(0, at).reduce((sum, { statements }) => sum + statements.length, 0);
    return [{ blockId, codes: [...ratings.slice(start, start + (asked[at]?.statements.length ?? 0))] }];
  });

const given = (code: number | undefined): boolean => code !== undefined && code > 0 && code < 255;

const tally = (people: readonly { blockId: string }[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const { blockId } of people) counts.set(blockId, (counts.get(blockId) ?? 0) + 1);
  return counts;
};

/** Everything shown in each section and statement, with the people behind it. */
const disclosures = (input: ResultsInput, results: WaveResults): Shown[] =>
  results.tools.flatMap((tool) => tool.sections).flatMap(({ sectionId, groups, statements }) => {
    const answers = bytesOf(input, sectionId);
    const ids = (list: readonly { blockId: string; mean: unknown }[]) => list.filter(({ mean }) => !isHidden(mean)).map(({ blockId }) => blockId);
    return [
      { blockIds: ids(groups), counts: tally(answers.filter(({ codes }) => codes.some(given))) },
      ...statements.map((statement, column) => ({ blockIds: ids(statement.groups), counts: tally(answers.filter(({ codes }) => given(codes[column]))) })),
    ];
  });

/** Leadership may have a lower minimum, so it is audited apart from both sides. */
const leaksIn = (input: ResultsInput, results: WaveResults, { blockIds, counts }: Shown): number =>
  [true, false].reduce((found, leadership) => {
    const atoms = [...counts.keys()].filter((id) => id.startsWith('leadership') === leadership);
    const rows = blockIds.map((blockId) => atoms.map((atom) => (insideOf(results, blockId, atom) ? 1 : 0)));
    return found + leaks({ rows, people: atoms.map((atom) => counts.get(atom) ?? 0) }, leadership ? input.minimum.leadership : input.minimum.general).length;
  }, 0);

const random = seeded(20);
const waves = Array.from({ length: 60 }, (_, seed) => {
  const { counts, minimum } = randomOrganisation(random);
  return closedWave({ seed, counts, minimum, response: 0.3 + 0.7 * random(), open: 0.4 * random(), cannotJudge: 0.2 * random(), toolIds: ['1', '7'] });
});

describe('what results tell, audited over 60 random organisations', () => {
  it('no combination of the figures of a section or statement concerns fewer people than the minimum', () => {
    let [audited, found] = [0, 0];
    for (const input of waves) {
      const results = waveResults(input);
      for (const shown of disclosures(input, results)) {
        audited += shown.blockIds.length > 0 ? 1 : 0;
        found += leaksIn(input, results, shown);
      }
    }
    expect(found).toBe(0);
    expect(audited).toBeGreaterThan(500);
  });

  it('the audit finds leaks when every block of the wave is shown everywhere', () => {
    let found = 0;
    for (const input of waves) {
      const results = waveResults(input);
      const everything = results.blocks.map(({ id }) => id);
      for (const { counts } of disclosures(input, results)) found += leaksIn(input, results, { blockIds: everything, counts });
    }
    expect(found).toBeGreaterThan(20);
  });

  it('gaps, types and divides exist only where the blocks they compare are shown', () => {
    let gaps = 0;
    for (const input of waves) {
      const results = waveResults(input);
      for (const { groups, gap, leadershipGap } of results.tools.flatMap((tool) => tool.sections)) {
        const shown = (id: string) => groups.some(({ blockId, mean }) => blockId === id && !isHidden(mean));
        expect(gap !== undefined).toBe(shown('sales') && shown('marketing'));
        if (leadershipGap) expect([shown('sales'), shown('marketing'), shown('leadership')]).toEqual([true, true, true]);
        gaps += gap ? 1 : 0;
      }
    }
    expect(gaps).toBeGreaterThan(10);
  });
});
