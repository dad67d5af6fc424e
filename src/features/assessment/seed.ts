import { randomUUID } from 'node:crypto';
import { seeded } from '../../lib/seeded';
import { FUNCTIONS } from '../../lib/vocabulary';
import type { WorkspaceTx } from '../../platform/db/database';
import { c3Toolkit } from './domain/built-in';
import { DEMO_COMMENTS, demoRatings, type DemoRespondent } from './domain/demo-answers';
import { leafFor, leavesOf, planTrees } from './domain/tree';
import type { TreeNode } from './domain/tree.types';
import type { WaveSetup } from './domain/wave-setup';
import { headCounts } from './commands/launch';
import { writeClosedWave } from './commands/write-closed-wave';
import { invitation, leaf } from './schema';

type Person = DemoRespondent & { id: string };

const DAY = 86_400_000;
const RESPONSE = { sales: 0.82, marketing: 0.95, leadership: 1 };
/** Every twelfth salesperson joined after the first wave. */
const JOINED_SINCE = 12;

/** Two closed waves, a year apart: a gap that narrows and one region that is ahead. Reproducible: the seed decides, not the day. */
export const seedWaves = async (tx: WorkspaceTx, workspaceId: string, people: readonly Person[], now: Date): Promise<void> => {
  const first = await seedWave(tx, { workspaceId, people: people.filter((_, at) => at % JOINED_SINCE !== 5), wave: 0, closedAt: new Date(now.getTime() - 320 * DAY), previous: null });
  await seedWave(tx, { workspaceId, people, wave: 1, closedAt: new Date(now.getTime() - 6 * DAY), previous: first });
};

type Seed = { workspaceId: string; people: readonly Person[]; wave: 0 | 1; closedAt: Date; previous: string | null };

const seedWave = async (tx: WorkspaceTx, { workspaceId, people, wave, closedAt, previous }: Seed): Promise<string> => {
  const random = seeded(4_400 + wave);
  const id = randomUUID();
  const toolIds = c3Toolkit.tools.map((tool) => tool.id);
  const minimum = { general: 5, leadership: 4 };
  const opensAt = new Date(closedAt.getTime() - 14 * DAY);
  const setup: WaveSetup = {
    instrumentId: c3Toolkit.id, instrumentVersion: c3Toolkit.version, toolIds, functions: [...FUNCTIONS], minimum, shapes: { sales: 'territory' }, merges: [], bySlip: [], expectedResponse: 0.8,
    comments: true, opensAt: opensAt.toISOString(), closesAt: closedAt.toISOString(), locales: ['en'], reminderDaysBefore: [7, 2], smallestGap: null,
  };
  const { trees } = planTrees(headCounts(people, setup), { minimum, shape: setup.shapes });
  const answering = people.filter((each) => random() < RESPONSE[each.function]);
  const spoken = { sales: 0, marketing: 0, leadership: 0 };
  const answers = answering.flatMap((each) => {
    const home = leafFor(trees, each);
    const comments = DEMO_COMMENTS[each.function];
    const comment = wave === 1 && random() < 0.35 ? (comments[spoken[each.function]++] ?? null) : null;
    return home ? [{ leafId: home.id, function: each.function, ratings: demoRatings(c3Toolkit, toolIds, each, wave, random), comment }] : [];
  });
  await writeClosedWave(
    tx,
    { workspaceId, id, name: wave === 0 ? 'First round' : 'Second round', setup, instrument: c3Toolkit, trees, previousWaveId: previous, launchedAt: opensAt, opensAt, closesAt: closedAt, closedAt, publishedAt: closedAt, createdAt: opensAt },
    answers,
  );
  await invite(tx, workspaceId, id, trees, people);
  return id;
};

/** Who was asked, so that turnover can be told; a closed wave's leaves hold no usable key any more. */
const invite = async (tx: WorkspaceTx, workspaceId: string, waveId: string, trees: readonly TreeNode[], people: readonly Person[]): Promise<void> => {
  await tx.insert(leaf).values(trees.flatMap(leavesOf).map((node) => ({ workspaceId, waveId, id: node.id, function: node.path.function, path: node.path, invited: node.invited, spki: Buffer.alloc(0) })));
  await tx.insert(invitation).values(
    people.flatMap((each) => {
      const home = leafFor(trees, each);
      return home ? [{ workspaceId, waveId, id: randomUUID(), personId: each.id, leafId: home.id }] : [];
    }),
  );
};
