import { DAY } from '../../lib/moments';
import type { Scope } from '../../platform/rpc/with-workspace';
import { reviewsHeld, termsNow, wordKept } from '../agreements/public';
import { resultsLatest, type WaveResults } from '../assessment/public';
import { pairsStanding } from '../customers/public';
import { sharedGoals } from '../goals/public';
import { pastAndPlace } from '../people/public';
import { answeredOf } from '../pipeline/public';
import { EVIDENCE, type EvidenceId, type Reading } from './domain/causes';
import type { Recorded } from './domain/checklist';
import { quartersSince, recordedEvidence, type Counts, type Figure } from './domain/recorded-evidence';
import { saidEvidence, type Said } from './domain/said-evidence';

const YEAR = 365;
/** A lead passed on later than this may still be under way with somebody. */
const SETTLED_AFTER = 30;

/** What a part was split by; a part of a part mixes both and speaks for neither. */
const cutBy = (path: WaveResults['blocks'][number]['path']): 'level' | 'territory' | null => (path?.levels && !path.territories ? 'level' : path?.territories && !path.levels ? 'territory' : null);

type Section = WaveResults['tools'][number]['sections'][number];

/** Gated results in the form that evidence is read from; nothing is computed that the gate has not let out. */
export const saidOf = (results: WaveResults): Said => ({
  instrumentId: results.wave.instrumentId,
  smallestGap: results.smallestGap,
  blocks: results.blocks.map(({ id, kind, function: of, path }) => ({ id, kind, function: of ?? null, by: cutBy(path) })),
  sections: results.tools.flatMap((tool) => tool.sections).map(({ sectionId, groups, gap }: Section) => ({
    sectionId, verdict: gap?.verdict ?? null, groups: groups.map(({ blockId, mean, band, method }) => ({ blockId, mean, band, rwg: method.rwg })),
  })),
  divide: results.culturalDivide
    ? { finding: results.culturalDivide.finding, expectations: (results.culturalDivide.expectations ?? []).map(({ own, expected }) => ({ own: own.mean, expected: expected.mean })) }
    : null,
});

const counted = async (scope: Scope): Promise<{ counts: Counts; recorded: Recorded }> => {
  const { tx, now, workspaceId } = scope;
  const ago = (days: number): Date => new Date(Math.floor(now.getTime() / DAY - days) * DAY);
  const { open, signed } = await termsNow(tx);
  const people = await pastAndPlace(tx);
  const word = await wordKept(scope);
  const leads = await answeredOf(tx, workspaceId, ago(YEAR), ago(SETTLED_AFTER));
  const pairs = await pairsStanding(tx, workspaceId);
  const goals = await sharedGoals(tx);
  const held = await reviewsHeld(tx, ago(YEAR).toISOString().slice(0, 10));
  const all = pairs.linked + pairs.open;
  return {
    counts: {
      terms: { signed: signed.length, open: open.length }, past: { crossed: people.crossed, known: people.pastKnown }, place: { near: people.near, known: people.placeKnown },
      reviews: { held, quarters: quartersSince(word.first, now) }, word: { kept: word.kept, due: word.due }, leads, pairs, target: { signed: goals.targetSigned, leads: leads.leads },
    },
    recorded: { recordsMatched: all === 0 ? null : pairs.linked / all, targetSigned: goals.targetSigned, dashboardsShared: goals.dashboards, reviewsClosed: held, commitmentsBothWays: word.bothWays, pipelineLeads: leads.leads },
  };
};

export type Gathered = {
  results: WaveResults | null;
  readings: Partial<Record<EvidenceId, Reading>>;
  figures: Partial<Record<EvidenceId, Figure | null>>;
  recorded: Recorded;
};

/** All that speaks for or against the five causes. What was said reaches only those who may see the survey. */
export const gather = async (scope: Scope): Promise<Gathered> => {
  const results = await resultsLatest(scope.tx, scope.me);
  const { counts, recorded } = await counted(scope);
  const work = recordedEvidence(counts);
  const said: Partial<Record<EvidenceId, Reading>> = results ? saidEvidence(saidOf(results)) : Object.fromEntries(EVIDENCE.flatMap(({ id, kind }) => (kind === 'said' ? [[id, { untold: 'not_yours' }]] : [])));
  return {
    results, recorded,
    readings: { ...said, ...Object.fromEntries(Object.entries(work).map(([id, each]) => [id, each.reading])) },
    figures: Object.fromEntries(Object.entries(work).map(([id, each]) => [id, each.figure])),
  };
};
