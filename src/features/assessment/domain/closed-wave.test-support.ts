import type { FunctionName } from '../../../lib/vocabulary';
import { seeded } from '../../../lib/seeded';
import { BLANK, CANNOT_JUDGE, type ClosedAnswer, type ResultsInput } from './answers';
import { c3Toolkit } from './built-in';
import { finalBlockOfLeaf } from './closed-tree';
import { gate } from './gate';
import { sectionsFor, type Instrument } from './instrument';
import { planTrees, type HeadCount } from './tree';
import type { Minimum, TreeNode } from './tree.types';

export type WaveOptions = {
  seed?: number;
  instrument?: Instrument;
  toolIds?: string[];
  counts?: HeadCount[];
  minimum?: Minimum;
  /** Share of the invited who answer, of statements left open, of "can't judge". */
  response?: number;
  open?: number;
  cannotJudge?: number;
  /** The rating somebody gives; `leaf` is the node id. Absent: spread over the scale. */
  rate?: (random: () => number, who: { function: FunctionName; leaf: string }, statementId: string) => number;
};

/** Sixty salespeople, ten marketers, six leaders over five territories. */
export const typicalCompany: HeadCount[] = [
  ...['North', 'South', 'East', 'West', 'Centre'].flatMap((territory): HeadCount[] => [
    { function: 'sales', level: 'manager', territory, people: 2 },
    { function: 'sales', level: 'front_line', territory, people: 10 },
  ]),
  { function: 'marketing', level: 'manager', territory: '', people: 2 },
  { function: 'marketing', level: 'front_line', territory: '', people: 8 },
  { function: 'leadership', level: 'leader', territory: '', people: 6 },
];

const leavesOf = (node: TreeNode): TreeNode[] => (node.children.length === 0 ? [node] : node.children.flatMap(leavesOf));

/** A closed wave, made up and repeatable: answers, gated blocks, frozen trees. */
export const closedWave = (options: WaveOptions = {}): ResultsInput => {
  const { instrument = c3Toolkit, minimum = { general: 5, leadership: 4 }, counts = typicalCompany } = options;
  const { response = 0.8, open = 0.03, cannotJudge = 0.05 } = options;
  const toolIds = options.toolIds ?? instrument.tools.map((tool) => tool.id);
  const random = seeded(options.seed ?? 1);
  const { min, max } = instrument.scale;
  const rate = options.rate ?? (() => min + Math.floor(random() * (max - min + 1)));
  const { trees } = planTrees(counts, { minimum });
  const statements = (name: FunctionName) => sectionsFor(instrument, toolIds, name).flatMap((section) => section.statements.map(({ id }) => id));

  const cast: { leaf: TreeNode; answer: ClosedAnswer }[] = [];
  for (const leaf of trees.flatMap(leavesOf)) {
    const name = leaf.path.function;
    const asked = statements(name);
    for (let person = 0; person < leaf.invited; person += 1) {
      if (random() >= response) continue;
      const ratings = Uint8Array.from(asked, (id) => {
        const kind = random();
        if (kind < open) return BLANK;
        return kind < open + cannotJudge ? CANNOT_JUDGE : rate(random, { function: name, leaf: leaf.id }, id) - min + 1;
      });
      cast.push({ leaf, answer: { function: name, blockId: leaf.id, ratings } });
    }
  }
  const count = (id: string) => cast.filter(({ leaf }) => leaf.id === id || leaf.id.startsWith(`${id}/`)).length;
  const counted = new Map<string, number>();
  const blocks = gate(trees, (id) => counted.get(id) ?? (counted.set(id, count(id)), counted.get(id) ?? 0), minimum);
  const finals = finalBlockOfLeaf(trees, blocks);
  return {
    wave: { id: 'wave-2', name: 'Second wave', instrumentId: instrument.id, instrumentVersion: instrument.version, openedAt: '2026-03-01T08:00:00Z', closedAt: '2026-03-15T17:00:00Z' },
    instrument,
    toolIds,
    trees,
    minimum,
    blocks,
    smallestGap: null,
    comments: [],
    answers: cast.flatMap(({ leaf, answer }) => {
      const blockId = finals.get(leaf.id);
      return blockId === undefined ? [] : [{ ...answer, blockId }];
    }),
  };
};
