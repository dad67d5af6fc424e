import type { InferContractRouterOutputs } from '@orpc/contract';
import { DAY } from '../../../lib/moments';
import { refuse } from '../../../platform/http/refusal';
import { allow, type Scope } from '../../../platform/rpc/with-workspace';
import { resultsPublished, type WaveResults } from '../../assessment/public';
import { causesNow } from '../../diagnosis/public';
import { metricsOfQuarter, numberNow } from '../../goals/public';
import { newestHeadSince, peopleToAsk } from '../../people/public';
import { customersReached, lossReasons, tiesOf } from '../../pipeline/public';
import type { improvementContract } from '../contract';
import { namesRival, readSigns, type Challenge, type Seen } from '../domain/challenges';
import { isReading, MEASURES } from '../domain/measures';
import { balanceOf, silentFor } from '../domain/plan';
import { sellersAlone, territoriesApart } from '../domain/territories';
import { can } from '../policy';
import { presentAction } from '../present';
import { figuresOf, readSaid, type Told } from '../readings';
import { problems, raisedByHand, problemById } from '../repo';
import { improvementRaised } from '../schema';
import { eq } from 'drizzle-orm';

type Outputs = InferContractRouterOutputs<typeof improvementContract>;

/** Open actions that are overdue or due this fortnight, the reader's own first, of whichever problem. */
export const readAgenda = async (scope: Scope): Promise<Outputs['agenda']> => {
  const { today } = await figuresOf(scope);
  const rows = await problems(scope.tx);
  const running = rows.find(({ state }) => state === 'running');
  const all = rows.filter(({ state }) => state !== 'dropped').flatMap((row) => row.actions).map((row) => presentAction(row, scope, today));
  const near = all.filter(({ due }) => due === 'overdue' || due === 'soon');
  return {
    problem: running ? { id: running.id, title: running.title } : null, waiting: rows.filter(({ state }) => state === 'waiting').length,
    balance: balanceOf(running?.actions ?? [], running?.leadershipPart ?? ''),
    overdue: near.filter(({ due }) => due === 'overdue').length, soon: near.filter(({ due }) => due === 'soon').length, done: (running?.actions ?? []).filter(({ state }) => state === 'done').length,
    actions: near.toSorted((a, b) => Number(b.mine) - Number(a.mine) || (a.dueOn ?? '').localeCompare(b.dueOn ?? '')).slice(0, 8),
  };
};

/** What each measure says now: the newest published survey that tells it, or the last whole quarter. */
export const readMeasures = async (scope: Scope): Promise<Outputs['measures']> => {
  const figures = await figuresOf(scope);
  const waves = await figures.waves();
  const all: Outputs['measures'] = [];
  for (const [key, measure] of MEASURES) {
    const told: Told[] = measure.kind === 'said' ? waves.map((wave) => readSaid(wave, measure)).reverse() : [await figures.recorded(measure)];
    all.push({ measure: key, reading: told.find(isReading) ?? told[0] ?? { none: 'nothing_yet' } });
  }
  return all;
};

/** The evidence behind a problem's cause. */
export const readSolutions = async (scope: Scope, id: string): Promise<Outputs['solutions']> => {
  const { cause } = await problemById(scope.tx, id);
  const found = cause ? (await causesNow(scope)).find((each) => each.cause === cause) : undefined;
  return { cause, standing: found?.standing ?? null, evidence: (found?.evidence ?? []).map(({ id: item, kind, signal, figure }) => ({ id: item, kind, signal, figure })) };
};

const HALF_YEAR = 182;
const QUARTER = 90;

/** Lost with a reason in a span of days, and of those, for a rival's sake. */
const lostIn = async (scope: Scope, from: Date, to: Date): Promise<{ rival: number; of: number; reason: string }> => {
  const reasons = await lossReasons(scope.tx, scope.workspaceId, from, to);
  const [top] = reasons.filter(({ reason }) => namesRival(reason));
  return { rival: top?.n ?? 0, of: reasons.reduce((sum, { n }) => sum + n, 0), reason: top?.reason ?? '' };
};

/** Parts of a function that are territories, as the newest published survey tells of them. */
const territoriesIn = (wave: WaveResults | undefined): Seen['territories'] => {
  const parts = new Map((wave?.blocks ?? []).flatMap(({ id, kind, path }) => (kind === 'part' && path?.territories?.length ? [[id, path.function] as const] : [])));
  if (!wave || parts.size < 2) return null;
  const scores = wave.tools.flatMap(({ sections }) => sections).flatMap(({ sectionId, groups }) => groups.map((group) => ({ section: sectionId, ...group })));
  return territoriesApart(scores.flatMap(({ section, blockId, ci95 }) => {
    const does = parts.get(blockId);
    return does ? [{ section, function: does, interval: 'low' in ci95 ? ci95 : null }] : [];
  }));
};

const seen = async (scope: Scope): Promise<Seen> => {
  const midnight = Math.floor(scope.now.getTime() / DAY);
  const ago = (days: number): Date => new Date((midnight - days) * DAY);
  const [now, before] = [await lostIn(scope, ago(QUARTER), ago(0)), await lostIn(scope, ago(2 * QUARTER), ago(QUARTER))];
  const ties = await tiesOf(scope.tx, scope.workspaceId, ago(HALF_YEAR));
  const running = (await problems(scope.tx)).find(({ state }) => state === 'running');
  const lastWord = running?.checkIns[0]?.at ?? running?.startedAt;
  const head = await newestHeadSince(scope.tx);
  const { metrics } = await metricsOfQuarter(scope, -1);
  const told = (id: string): boolean => metrics.some((metric) => metric.id === id && metric.value !== null);
  const reach = await customersReached(scope.tx, scope.workspaceId, ago(QUARTER), ago(0));
  const today = new Date(midnight * DAY).toISOString().slice(0, 10);
  return {
    lost: { now, before }, pace: (await numberNow(scope))?.pace ?? null, silentDays: lastWord ? silentFor(lastWord.toISOString().slice(0, 10), today) : null, ties: { top: ties.top, of: ties.owned },
    headDays: head ? silentFor(head, today) : null, touches: { unseen: reach.unseen, of: reach.touches }, load: { crowded: reach.crowded, of: reach.reached },
    territories: territoriesIn((await resultsPublished(scope.tx)).at(-1)), alone: sellersAlone(await peopleToAsk(scope.tx)), ownerless: { none: ties.passed - ties.owned, of: ties.passed },
    spend: { given: metrics.some(({ id, n, value, reason }) => id === 'return_on_marketing' && (value !== null || n > 0 || reason !== 'not_given')) || told('acquisition_cost'), linked: told('return_on_marketing') },
  };
};

export const readChallenges = async (scope: Scope): Promise<Outputs['challenges']> => ({
  mayWrite: can(scope.me, 'programme:write'), signs: readSigns(await seen(scope)),
  raised: (await raisedByHand(scope.tx)).map(({ challenge, note, name, at }) => ({ challenge, note, name, at: at.toISOString() })),
});

/** @throws 422 for a challenge raised without a note */
export const raise = async (scope: Scope, challenge: Challenge, note: string | null): Promise<{ done: true }> => {
  allow(can(scope.me, 'programme:write'), 'raise a challenge', 'Ask a head or a facilitator.');
  if (note === '') throw refuse.invalid('A challenge is raised with a note. Nothing was saved.', 'Say in a sentence what you see.', [{ path: 'note', message: 'empty' }]);
  const said = { note: note ?? '', name: scope.me.label, at: scope.now };
  if (note === null) await scope.tx.delete(improvementRaised).where(eq(improvementRaised.challenge, challenge));
  else await scope.tx.insert(improvementRaised).values({ workspaceId: scope.workspaceId, challenge, ...said }).onConflictDoUpdate({ target: [improvementRaised.workspaceId, improvementRaised.challenge], set: said });
  await scope.audit({ action: note === null ? 'improvement.challenge_lowered' : 'improvement.challenge_raised', subjectKind: 'challenge', subjectId: challenge, details: { name: challenge } });
  return { done: true };
};
