import { FUNCTIONS, type FunctionName } from '../../../lib/vocabulary';
import { seeded } from '../../../lib/seeded';
import type { WorkspaceTx } from '../../../platform/db/database';
import { askability } from '../../people/public';
import { instrumentOf, recentWavesAsking, type WaveRow } from '../ballots-repo';
import { minutesFor, sectionsFor } from '../domain/instrument';
import { minimumProblem, reportability } from '../domain/reportability';
import { planTrees } from '../domain/tree';
import { groupLabel } from '../group-label';
import { DAYS_BETWEEN_WAVES, headCounts } from './launch';

const DRAWS = 1_000;
const DAY_MS = 86_400_000;

/** Everything the set-up page shows before launch: who is asked, how long it takes, which groups will be reportable, what still forbids it. */
export const wavePlan = async (tx: WorkspaceTx, row: WaveRow, now: Date) => {
  const { setup } = row;
  const instrument = await instrumentOf(tx, setup.instrumentId, setup.instrumentVersion);
  const { people, leftOut } = await askability(tx);
  const counts = headCounts(people, setup);
  const forecast = reportability(counts, { minimum: setup.minimum, merges: setup.merges, responseRate: setup.expectedResponse, random: seeded(20_260), draws: DRAWS });
  const plan = planTrees(counts, { minimum: setup.minimum, shape: setup.shapes, merges: setup.merges });
  const each = (of: (name: FunctionName) => number) => Object.fromEntries(FUNCTIONS.map((name) => [name, of(name)])) as Record<FunctionName, number>;
  const statements = (name: FunctionName) => (instrument ? sectionsFor(instrument, setup.toolIds, name).reduce((sum, section) => sum + section.statements.length, 0) : 0);
  const problems: { code: string; message: string }[] = [];
  const problem = (code: string, message: string) => problems.push({ code, message });
  if (!instrument) problem('instrument', 'The chosen questionnaire is not here any more.');
  if (setup.toolIds.length === 0) problem('tools', 'No tool is chosen.');
  if (minimumProblem(setup.minimum) === 'below_floor') problem('minimum', 'The minimum group is never below 3.');
  if (minimumProblem(setup.minimum) === 'leadership_above_general') problem('minimum', 'Leadership’s own minimum may be lower than the general one, not higher.');
  if (!setup.closesAt || new Date(setup.closesAt) <= now) problem('closesAt', 'The closing time must lie in the future.');
  if (setup.opensAt && setup.closesAt && new Date(setup.opensAt) >= new Date(setup.closesAt)) problem('opensAt', 'It would open after it closes.');
  if (plan.trees.length === 0) problem('people', 'No function has enough people to be asked anonymously.');
  for (const tree of plan.trees) if (instrument && statements(tree.path.function) === 0) problem('audience', `The chosen tools hold nothing for ${tree.path.function}.`);
  const asked = people.filter((person) => setup.functions.includes(person.function));
  const [recent] = await recentWavesAsking(tx, row.id, asked.map((person) => person.id), setup.functions, new Date(now.getTime() - DAYS_BETWEEN_WAVES * DAY_MS));
  if (recent) problem('distance', `Some of these people were asked less than ${DAYS_BETWEEN_WAVES} days ago, in “${recent.name}”. Answers taken close together could be told apart by who has left.`);
  return {
    invited: each((name) => counts.reduce((sum, count) => sum + (count.function === name ? count.people : 0), 0)),
    minutes: each((name) => (instrument ? minutesFor(instrument, setup.toolIds, name) : 0)),
    statements: each(statements),
    leftOut, notAsked: plan.notAsked, chosen: plan.shapes,
    shapes: forecast.shapes.map(({ shape, overall, blocks }) => ({
      shape, overall,
      blocks: blocks.map(({ node, depth, shown, amongOthers }) => ({ id: node.id, label: groupLabel(node.path).en, path: node.path, leaf: node.children.length === 0, invited: node.invited, depth, shown, amongOthers })),
    })),
    suggestions: forecast.suggestions, problems,
  };
};
