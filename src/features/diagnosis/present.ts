import type { z } from 'zod';
import { SIDES, type Side } from '../../lib/vocabulary';
import type { Scope } from '../../platform/rpc/with-workspace';
import { resultsPublished, type WaveResults } from '../assessment/public';
import type { diagnosisView } from './contract';
import { adviseOn, REASONS, type Relationship } from './domain/alignment';
import { USUAL, weighCauses } from './domain/causes';
import { standingOf, type Said as ItemWord } from './domain/checklist';
import { nextOf, placeOf } from './domain/configuration';
import { CHAIN, overWaves, type WaveSaid } from './domain/over-waves';
import { saidEvidence } from './domain/said-evidence';
import { togetherAcross, type GroupSaid } from './domain/together';
import { gather, saidOf } from './gather';
import { can } from './policy';
import { itemWords, stated, verdicts, type ItemRow } from './repo';

type View = z.infer<typeof diagnosisView>;

/** The smallest groups shown of either function, none of them inside another. */
const groupsOf = (results: WaveResults): GroupSaid[] => {
  const sections = results.tools.flatMap((tool) => tool.sections);
  return results.blocks.filter(({ id, kind, function: of }) => kind !== 'overall' && of !== 'leadership' && !results.blocks.some(({ parent }) => parent === id))
    .map(({ id }) => ({ means: Object.fromEntries(sections.flatMap(({ sectionId, groups }) => { const mean = groups.find(({ blockId }) => blockId === id)?.mean; return typeof mean === 'number' ? [[sectionId, mean]] : []; })) }));
};

const chainOf = (results: WaveResults): View['chain'] => {
  if (results.wave.instrumentId !== 'c3') return null;
  const sections = results.tools.flatMap((tool) => tool.sections);
  const links = (ids: readonly string[]) =>
    sections.filter(({ sectionId }) => ids.includes(sectionId)).flatMap(({ sectionId, groups }) =>
      SIDES.flatMap((side) => {
        const block = results.blocks.find((each) => each.kind === 'function' && each.function === side);
        const group = groups.find(({ blockId }) => blockId === block?.id);
        return group && typeof group.mean === 'number' && typeof group.band === 'string' ? [{ sectionId, side, mean: group.mean, band: group.band }] : [];
      }),
    );
  return { currents: links(CHAIN.currents), characteristics: links(CHAIN.characteristics), consequences: links(CHAIN.consequences), across: togetherAcross(groupsOf(results)) };
};

/** One survey as time is told by: both functions' figures, what the results tell of change, and the evidence. */
const waveSaid = (results: WaveResults): WaveSaid => {
  const blocks = new Map(results.blocks.flatMap(({ id, kind, function: of }) => (kind === 'function' && (of === 'sales' || of === 'marketing') ? [[id, of] as const] : [])));
  const sections = results.tools.flatMap((tool) => tool.sections);
  const told = <T extends { blockId: string }, R>(row: T, make: (side: Side) => R): R[] => { const side = blocks.get(row.blockId); return side ? [make(side)] : []; };
  return {
    id: results.wave.id, name: results.wave.name, closedAt: results.wave.closedAt, readings: saidEvidence(saidOf(results)), since: results.change?.previousWaveId ?? null,
    means: sections.flatMap(({ sectionId, groups }) => groups.flatMap((group) => told(group, (side) => ({ sectionId, side, mean: group.mean })))).flatMap(({ mean, ...of }) => (typeof mean === 'number' ? [{ ...of, mean }] : [])),
    changes: (results.change?.sections ?? []).flatMap((row) => told(row, (side) => ({ sectionId: row.sectionId, side, value: row.difference, low: 'low' in row.ci95 ? row.ci95.low : null, high: 'high' in row.ci95 ? row.ci95.high : null }))),
  };
};

/** Published surveys, and the newest this reader may see; those of the C3 toolkit alone ask the same. */
const overOf = (published: readonly WaveResults[], newest: WaveResults | null): View['overWaves'] => {
  const all = newest && published.every(({ wave }) => wave.id !== newest.wave.id) ? [...published, newest] : published;
  const ordered = all.filter(({ wave }) => wave.instrumentId === 'c3').toSorted((a, b) => a.wave.closedAt.localeCompare(b.wave.closedAt));
  return overWaves(ordered.map(waveSaid), SIDES);
};

const alignmentOf = (relationship: Relationship | null, reasons: Readonly<Record<string, boolean>>): View['alignment'] => {
  if (relationship === null) return { relationship, reasons, lean: 'open', leave: [], tighten: [], notSaid: [], next: null, steps: [], bothLists: { leave: [], tighten: [] } };
  const { steps, ...advice } = adviseOn(relationship, reasons);
  const lists = relationship === 'integrated' ? { leave: [], tighten: [] } : REASONS[relationship];
  return { relationship, reasons, ...advice, steps: [...steps], bothLists: { leave: [...lists.leave], tighten: [...lists.tighten] } };
};

const wordOf = ({ state, owner, dueOn, note }: ItemRow): ItemWord | null => (state === null ? null : { state, owner, due: dueOn, note });

/** Everything the page of the diagnosis shows, from what is stated, said and recorded now. */
export const readDiagnosis = async (scope: Scope): Promise<View> => {
  const row = await stated(scope.tx);
  const judged = await verdicts(scope.tx);
  const words = new Map((await itemWords(scope.tx)).map((each) => [each.item, each]));
  const { results, readings, figures, recorded } = await gather(scope);
  const placed = placeOf(row?.facts ?? {});
  const today = row?.corrected ?? placed?.nearest ?? null;
  const next = today ? nextOf(today) : null;
  const checklist = standingOf(recorded, Object.fromEntries([...words].flatMap(([item, each]) => { const word = wordOf(each); return word ? [[item, word]] : []; })));
  return {
    survey: results ? { id: results.wave.id, name: results.wave.name, closedAt: results.wave.closedAt, instrumentId: results.wave.instrumentId } : null,
    mayWrite: can(scope.me, 'diagnosis:write'),
    version: row?.version ?? 0, changedAt: row?.changedAt.toISOString() ?? null, changedByName: row?.changedByName ?? '',
    configuration: { facts: { ...row?.facts }, placing: placed, corrected: row?.corrected ?? null, correctedNote: row?.correctedNote ?? '', today, next },
    causes: weighCauses(readings).map(({ cause, standing, balance, told, items }) => {
      const verdict = judged.get(cause);
      return {
        cause, standing, balance, told,
        usual: { today: today ? USUAL[cause][today] : null, next: next ? USUAL[cause][next] : null },
        items: items.map((each) => ({ ...each, figure: figures[each.id] ?? null })),
        verdict: verdict ? { id: verdict.id, verdict: verdict.verdict, note: verdict.note, name: verdict.name, at: verdict.at.toISOString(), mine: verdict.userId === scope.me.userId } : null,
      };
    }),
    chain: results ? chainOf(results) : null,
    overWaves: overOf(await resultsPublished(scope.tx), results),
    alignment: alignmentOf(row?.relationship ?? null, row?.reasons ?? {}),
    checklist: {
      items: checklist.items.map(({ item, column, state, by, evidence }) => {
        const own = words.get(item);
        return { item, column, state, by, evidence, owner: own?.owner ?? '', dueOn: own?.dueOn ?? null, note: own?.note ?? '', version: own?.version ?? 0 };
      }),
      done: checklist.done,
    },
    views: row?.views ?? {},
  };
};
