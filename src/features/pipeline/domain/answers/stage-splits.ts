import { chiSquareTest } from '../../../../lib/statistics/chi-square';
import { holm } from '../../../../lib/statistics/holm';
import { logRank } from '../../../../lib/statistics/log-rank';
import { newcombe } from '../../../../lib/statistics/proportions';
import { dropOut, lastStays, type StageDrop } from './drop-out';
import { MINIMUM_GROUP, type Interval, type StageVisit } from './records';
import { followUpOf, medianStay, staysIn, type MedianStay } from './time-in-stage';

/** What the questions about stages can be split by. */
export const STAGE_SPLITS = ['origin', 'channel'] as const;
export type StageSplit = (typeof STAGE_SPLITS)[number];

/** More groups than this cannot be told apart in one table; the largest are kept. */
export const MOST_SPLIT_GROUPS = 8;

/** Whether groups differ in one stage beyond chance, all stages of the split taken together; null where fewer than two groups are large enough. */
type Apart = { apart: boolean | null };

export type SlowGroup = { value: string } & MedianStay;
export type SlowSplit = Apart & { stage: string; groups: SlowGroup[] };

/** `still`: leads whose last stay is in this stage and lasts: neither lost nor gone on yet. */
export type DropGroup = { value: string; still: number; lostLeads: string[]; stillLeads: string[] } & Pick<StageDrop, 'leads' | 'lost' | 'share' | 'wilson95'>;
/** `difference`: first group's share minus the second's, where exactly two are large enough. */
export type DropSplit = Apart & { stage: string; groups: DropGroup[]; difference: { first: string; second: string; value: number; ci95: Interval } | null };

/** Stays by group, the group with most leads first. */
export const staysByGroup = (visits: readonly StageVisit[], groupOf: (lead: string) => string, most = MOST_SPLIT_GROUPS): Map<string, StageVisit[]> => {
  const groups = new Map<string, StageVisit[]>();
  for (const visit of visits) {
    const value = groupOf(visit.lead);
    const same = groups.get(value);
    if (same) same.push(visit);
    else groups.set(value, [visit]);
  }
  const size = (stays: readonly StageVisit[]): number => new Set(stays.map(({ lead }) => lead)).size;
  return new Map([...groups].map(([value, stays]) => ({ value, stays, leads: size(stays) })).toSorted((a, b) => b.leads - a.leads || (a.value < b.value ? -1 : 1)).slice(0, most).map(({ value, stays }) => [value, stays]));
};

/** Each stage is one look more, so each is held to a stricter test for it (Holm). Where nothing happened (no p) there was nothing to look at, and nothing is apart. */
const apartOf = (tests: readonly (number | null)[]): (boolean | null)[] => {
  const corrected = holm(tests.filter((p) => p !== null && !Number.isNaN(p)) as number[]);
  let at = 0;
  return tests.map((p) => (p === null ? null : Number.isNaN(p) ? false : (corrected[at++]?.adjusted ?? 1) <= 0.05));
};

/** Time in each stage by group, and whether groups leave it at a different pace (log-rank). Stays that last count as waiting in their group. */
export const slowBy = (groups: ReadonlyMap<string, readonly StageVisit[]>, stages: readonly string[], now: number, minimum = MINIMUM_GROUP): SlowSplit[] => {
  const told = stages.map((stage) => [...groups].map(([value, visits]) => ({ value, followUp: followUpOf(staysIn(visits, stage, now), now) })));
  const pace = told.map((row): number | null => {
    const large = row.filter(({ followUp }) => followUp.time.length >= minimum);
    if (large.length < 2) return null;
    const all = large.reduce((sum, { followUp }) => sum + followUp.time.length, 0);
    const whole = { time: new Float64Array(all), cause: new Uint8Array(all) };
    const group = new Int32Array(all);
    let at = 0;
    for (const [number, { followUp }] of large.entries()) {
      whole.time.set(followUp.time, at);
      whole.cause.set(followUp.cause, at);
      group.fill(number, at, at + followUp.time.length);
      at += followUp.time.length;
    }
    return logRank(whole, group, large.length).p;
  });
  const apart = apartOf(pace);
  return stages.map((stage, at) => ({ stage, apart: apart[at] ?? null, groups: (told[at] ?? []).map(({ value, followUp }) => ({ value, ...medianStay(followUp, minimum) })) }));
};

/** Leads lost in each stage by group, and whether their shares differ (Pearson; with two groups the difference, Newcombe). */
export const dropBy = (groups: ReadonlyMap<string, readonly StageVisit[]>, stages: readonly string[], minimum = MINIMUM_GROUP): DropSplit[] => {
  const told = [...groups].map(([value, visits]) => ({ value, last: lastStays(visits), drops: dropOut(visits, stages, minimum) }));
  const rows = stages.map((stage, at) =>
    told.map(({ value, last, drops }): DropGroup => {
      const { leads, lost, share, wilson95, reasons } = drops[at] ?? { leads: 0, lost: 0, share: null, wilson95: null, reasons: [] };
      const stillLeads = last.filter((stay) => stay.stage === stage && stay.end === null).map(({ lead }) => lead);
      return { value, leads, lost, share, wilson95, still: stillLeads.length, lostLeads: reasons.flatMap((reason) => reason.leads), stillLeads };
    }),
  );
  const large = rows.map((row) => row.filter(({ share }) => share !== null));
  const apart = apartOf(large.map((row) => (row.length < 2 ? null : chiSquareTest(row.map(({ lost, leads }) => [lost, leads - lost])).p)));
  return stages.map((stage, at) => {
    const [first, second, third] = large[at] ?? [];
    const gap = first && second && !third ? newcombe({ successes: first.lost, n: first.leads }, { successes: second.lost, n: second.leads }) : null;
    return { stage, apart: apart[at] ?? null, groups: rows[at] ?? [], difference: gap && first && second ? { first: first.value, second: second.value, value: gap.value, ci95: [gap.low, gap.high] } : null };
  });
};
