import { createHash, randomInt } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { refuse } from '../../../platform/http/refusal';
import { tracingSettings } from '../../../platform/doctor/server-settings';
import { generateBallotKey } from '../../../platform/crypto/blind-signature';
import { lookup } from '../../../platform/db/schema';
import type { Scope } from '../../../platform/rpc/with-workspace';
import { peopleToAsk, type PersonToAsk } from '../../people/public';
import { instrumentOf, lockWave, recentWavesAsking, type WaveRow } from '../ballots-repo';
import { sectionsFor, type Instrument } from '../domain/instrument';
import { LIST_HASH_BYTES, publicListText } from '../domain/public-list';
import { minimumProblem } from '../domain/reportability';
import { covers, leafFor, leavesOf, planTrees, type HeadCount, type Plan } from '../domain/tree';
import type { TreeNode } from '../domain/tree.types';
import type { WaveSetup } from '../domain/wave-setup';
import { invitation, leaf, leafKey, wave, waveSecret } from '../schema';
import { newWaveSecret, sealLeafKey, waveKeys } from '../wave-secrets';

export const DAYS_BETWEEN_WAVES = 90;
const DAY_MS = 86_400_000;
const ROWS_AT_ONCE = 1_000;

export type Launched = { invited: number; slips: number; notAsked: string[]; listHash: string };

type Asked = Pick<PersonToAsk, 'id' | 'function' | 'level' | 'territory'>;

/** Head counts of the people a set-up asks; the same numbers serve the preview and the launch. */
export const headCounts = (people: readonly Asked[], setup: Pick<WaveSetup, 'functions'>): HeadCount[] => {
  const cells = new Map<string, HeadCount>();
  for (const each of people) {
    if (!setup.functions.includes(each.function)) continue;
    const key = `${each.function}|${each.level}|${each.territory}`;
    const cell = cells.get(key) ?? { function: each.function, level: each.level, territory: each.territory, people: 0 };
    cells.set(key, { ...cell, people: cell.people + 1 });
  }
  return [...cells.values()];
};

/**
 * Freezes instrument, reporting trees and minimum, makes one key pair per leaf and one invitation per person. From here on
 * nothing about the groups can change. Refuses whatever would make the promise to respondents untrue.
 */
export const launch = async (scope: Scope, waveId: string): Promise<Launched> => {
  const row = await lockWave(scope.tx, waveId);
  if (!row) throw refuse.notFound('survey');
  if (row.state !== 'draft') throw refuse.conflict('This survey was launched already. Nothing was changed.', 'Reload the page to see how it is going.');
  const instrument = await checkSetup(scope, row);
  await checkDatabase(scope);
  const people = (await peopleToAsk(scope.tx)).filter((each) => row.setup.functions.includes(each.function));
  const plan = planTrees(headCounts(people, row.setup), { minimum: row.setup.minimum, shape: row.setup.shapes, merges: row.setup.merges });
  checkPlan(row, instrument, plan);
  await checkDistance(scope, row, people);
  const listHash = await freeze(scope, row, instrument, plan);
  const invitations = inviteAll(scope, row, plan, people);
  for (let at = 0; at < invitations.length; at += ROWS_AT_ONCE) await scope.tx.insert(invitation).values(invitations.slice(at, at + ROWS_AT_ONCE));
  await scope.tx.insert(lookup).values({ kind: 'wave', key: waveId, workspace: scope.workspaceId });
  const slips = invitations.filter((each) => each.personId === null).length;
  const launched = { invited: invitations.length, slips, notAsked: plan.notAsked, listHash };
  await scope.audit({ action: 'wave.launched', subjectKind: 'wave', subjectId: waveId, details: { ...launched, minimum: row.setup.minimum } });
  return launched;
};

const checkSetup = async (scope: Scope, { setup }: WaveRow): Promise<Instrument> => {
  const instrument = await instrumentOf(scope.tx, setup.instrumentId, setup.instrumentVersion);
  if (!instrument) throw refuse.invalid('The questionnaire of this survey is not here any more. Nothing was launched.', 'Choose a questionnaire again.');
  const problem = minimumProblem(setup.minimum);
  if (problem === 'below_floor') throw refuse.invalid('The minimum group is below three. Nothing was launched.', 'Choose at least 3; 5 is usual.');
  if (problem) throw refuse.invalid('Leadership’s minimum is above the general one. Nothing was launched.', 'Leadership may have a lower minimum, never a higher one.');
  const closes = setup.closesAt ? new Date(setup.closesAt) : undefined;
  if (!closes || closes <= scope.now) throw refuse.invalid('The survey has no closing time in the future. Nothing was launched.', 'Choose when it closes.');
  if (setup.opensAt && new Date(setup.opensAt) >= closes) throw refuse.invalid('The survey would open after it closes. Nothing was launched.', 'Choose an opening time before the closing time.');
  return instrument;
};

/** A server that is not ours may log statements; what respondents are told would then be untrue. */
const checkDatabase = async ({ services: { config } }: Scope): Promise<void> => {
  if (config.database.kind !== 'server') return;
  const found = await tracingSettings(config.database.appUrl);
  if (found.length > 0)
    throw refuse.conflict(
      `The database server would keep traces of who answered what: ${found.map(({ say }) => say).join('; ')}. Nothing was launched.`,
      `Ask whoever runs the database: ${found.map(({ mend }) => mend).join(' · ')}. Then launch again.`,
    );
};

const checkPlan = ({ setup }: WaveRow, instrument: Instrument, plan: Plan): void => {
  if (plan.trees.length === 0)
    throw refuse.invalid('No function has enough people to be asked anonymously. Nothing was launched.', `Import more people, or check each person’s function. At least ${setup.minimum.general} are needed.`);
  const empty = plan.trees.find((tree) => sectionsFor(instrument, setup.toolIds, tree.path.function).length === 0);
  if (empty) throw refuse.invalid(`The chosen tools hold no statement for ${empty.path.function}. Nothing was launched.`, 'Choose another tool, or leave this function out.');
};

/** Two waves on the same people within days could be subtracted from each other by whoever knows who left in between. */
const checkDistance = async (scope: Scope, row: WaveRow, people: readonly Asked[]): Promise<void> => {
  const since = new Date(scope.now.getTime() - DAYS_BETWEEN_WAVES * DAY_MS);
  const [clash] = await recentWavesAsking(scope.tx, row.id, people.map((each) => each.id), row.setup.functions, since);
  if (clash)
    throw refuse.conflict(
      `Some of these people were asked less than ${DAYS_BETWEEN_WAVES} days ago, in “${clash.name}”. Nothing was launched.`,
      'Wait until 90 days have passed since that survey closed: answers taken close together could be told apart by who has left.',
    );
};

const freeze = async (scope: Scope, row: WaveRow, instrument: Instrument, plan: Plan): Promise<string> => {
  const { tx, workspaceId, now } = scope;
  const keys = waveKeys(scope.services.config);
  // A launch that failed may have left its key file; the wave has no rows under it, so it is worth nothing.
  await keys.destroy(row.id);
  const waveKey = await keys.create(row.id);
  const leaves = plan.trees.flatMap(leavesOf);
  const made = await Promise.all(leaves.map(async (node) => ({ node, ...(await generateBallotKey()) })));
  const list = made.map(({ node, spki }) => ({ leaf: node.id, invited: node.invited, spki: spki.toString('base64url') }));
  const listHash = hashOfList(row.id, list);
  await tx.update(wave).set({
    state: 'open', instrument, trees: plan.trees, listHash, launchedAt: now, opensAt: row.setup.opensAt ? new Date(row.setup.opensAt) : now,
    closesAt: new Date(row.setup.closesAt ?? now), version: row.version + 1,
  }).where(eq(wave.id, row.id));
  await tx.insert(leaf).values(made.map(({ node, spki }) => ({ workspaceId, waveId: row.id, id: node.id, function: node.path.function, path: node.path, invited: node.invited, spki })));
  await tx.insert(leafKey).values(made.map(({ node, privateDer }) => ({ workspaceId, waveId: row.id, leafId: node.id, sealedPrivate: sealLeafKey(waveKey, row.id, node.id, privateDer) })));
  await tx.insert(waveSecret).values({ workspaceId, waveId: row.id, sealed: newWaveSecret(waveKey, row.id).sealed });
  return listHash;
};

export const hashOfList = (waveId: string, list: { leaf: string; invited: number; spki: string }[]): string =>
  createHash('sha384').update(publicListText(waveId, list)).digest().subarray(0, LIST_HASH_BYTES).toString('base64url');

/** People reached by slip get an invitation without a name. All are written in random order, so that no slip stands where its person stood. */
const inviteAll = (scope: Scope, row: WaveRow, plan: Plan, people: readonly Asked[]) =>
  shuffled(
    people.flatMap((each) => {
      const home: TreeNode | undefined = leafFor(plan.trees, each);
      if (!home) return [];
      const bySlip = (row.setup.bySlip ?? []).some((group) => covers(group, each));
      return [{ workspaceId: scope.workspaceId, waveId: row.id, id: scope.newId(), personId: bySlip ? null : each.id, leafId: home.id }];
    }),
  );

/** Fisher and Yates, with the system's randomness. */
export const shuffled = <T>(values: readonly T[]): T[] => {
  const all = [...values];
  for (let at = all.length - 1; at > 0; at -= 1) {
    const other = randomInt(at + 1);
    [all[at], all[other]] = [all[other] as T, all[at] as T];
  }
  return all;
};
