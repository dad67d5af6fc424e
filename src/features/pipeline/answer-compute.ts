import { monthText } from '../../lib/moments';
import type { Contents } from './answer-contract';
import type { AnswerData, LookedAt } from './answer-data';
import { attributionAnswer } from './answer-attribution';
import { cohortFunnel, type CohortFunnel } from './domain/answers/cohorts';
import { dropFinding, marksFinding, slowFinding, usefulnessFinding } from './domain/answers/confidence';
import { dropOut, type DropReason } from './domain/answers/drop-out';
import { marksOfFast, marksOfWon, type FastMarks, type Marks } from './domain/answers/marks';
import type { AnswerLead, StageVisit } from './domain/answers/records';
import { dropBy, slowBy, STAGE_SPLITS, staysByGroup, type StageSplit } from './domain/answers/stage-splits';
import { timeInStage } from './domain/answers/time-in-stage';
import { comparable } from './domain/answers/traits';
import { usefulness, type UsefulGroup } from './domain/answers/usefulness';
import { visitsOf } from './domain/answers/visits';
import type { LogEntry, StageInfo } from './domain/log';
import { RULE_NAMES, type RuleName } from './domain/reconcile';
import { endOf, type StageRole } from './domain/stages';
import { isCounted, type CountedBy } from './domain/rule-bits';

/** Leads kept behind each figure; a page says how many more there are. */
const KEPT = 200;

export type Computed = { [Name in keyof Contents]: { content: Contents[Name]; leads: Record<string, string[]> } };

type Basis = Contents['usefulness']['basis'];
type Told<Name extends keyof Contents> = Omit<Contents[Name], 'rules'>;
/** Keeps the leads behind a figure and says under which key. */
type Keep = (name: string, ids: readonly string[]) => string;

const keeper = (kept: Record<string, string[]>, under = ''): Keep => (name, ids) => {
  kept[`${under}${name}`] = ids.slice(0, KEPT);
  return `${under}${name}`;
};

const usefulnessAnswer = (leads: readonly AnswerLead[], basis: Basis, keep: Keep): Told<'usefulness'> => {
  const found = usefulness(leads);
  const ends = new Map(leads.map(({ id, outcome }) => [id, outcome]));
  const group = (prefix: string) => ({ leads: ids, ...rest }: UsefulGroup) => {
    const name = `${prefix}:${rest.name}`;
    const key = keep(name, ids);
    for (const end of ['won', 'open'] as const) keep(`${name}:${end}`, ids.filter((id) => ends.get(id) === end));
    return { key, ...rest };
  };
  return { finding: usefulnessFinding(found), basis, byOrigin: found.byOrigin.map(group('origin')), difference: found.difference, originAdjusted: found.originAdjusted, bySource: found.bySource.slice(0, 40).map(group('source')), sourceAdjusted: found.sourceAdjusted };
};

type Counted = Pick<AnswerData, 'cubes' | 'days'>;

/** The same of the leads that each rule counts. */
const byRule = <Content>({ rules }: Pick<AnswerData, 'rules'>, content: (rule: RuleName) => Content) =>
  Object.fromEntries(RULE_NAMES.map((rule) => [rule, rules[rule] ? { counts: rules[rule], content: content(rule) } : null])) as Record<RuleName, { counts: CountedBy; content: Content } | null>;

const funnelOf = ({ cubes, days }: Counted, rule?: RuleName): CohortFunnel => {
  const counted = <Cell extends { rules: number }>(cells: readonly Cell[]): Cell[] => (rule ? cells.filter((cell) => isCounted(cell.rules, rule)) : [...cells]);
  return cohortFunnel({ origin: counted(cubes.origin), channel: counted(cubes.channel), territory: counted(cubes.territory), industry: counted(cubes.industry) }, counted(days));
};

const DAYS = [0, 1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60, 75, 90, 120, 150, 180];

/** The group of a lead under a split; who brought it in, or its source. */
type GroupOf = (split: StageSplit, lead: string) => string;
/** Stays of those leads that count, with the groups they are split into. */
type Stays = { visits: readonly StageVisit[]; groupOf: GroupOf };

const splitBy = <Split>({ visits, groupOf }: Stays, told: (split: StageSplit, groups: ReadonlyMap<string, readonly StageVisit[]>) => Split[]): Record<StageSplit, Split[]> =>
  Object.fromEntries(STAGE_SPLITS.map((split) => [split, told(split, staysByGroup(visits, (lead) => groupOf(split, lead)))])) as Record<StageSplit, Split[]>;

const distinct = (visits: readonly StageVisit[]): string[] => [...new Set(visits.map(({ lead }) => lead))];

const slowSplits = (now: number, stays: Stays, stages: readonly string[], keep: Keep): Told<'slow'>['splits'] =>
  splitBy(stays, (split, by) => slowBy(by, stages, now).map(({ stage, groups, ...rest }) => ({
    stageId: stage, ...rest, groups: groups.map((group) => {
      const own = (by.get(group.value) ?? []).filter((visit) => visit.stage === stage);
      const key = keep(`${split}:${group.value}:stage:${stage}`, distinct(own));
      keep(`${split}:${group.value}:stage:${stage}:waiting`, distinct(own.filter(({ to }) => to === null)));
      return { key, ...group };
    }),
  })));

const dropSplits = (stays: Stays, stages: readonly string[], keep: Keep): Told<'dropout'>['splits'] =>
  splitBy(stays, (split, by) => dropBy(by, stages).map(({ stage, groups, ...rest }) => ({
    stageId: stage, ...rest, groups: groups.map(({ lostLeads, stillLeads, ...group }) => {
      const key = keep(`${split}:${group.value}:stage:${stage}`, distinct((by.get(group.value) ?? []).filter((visit) => visit.stage === stage)));
      keep(`${split}:${group.value}:stage:${stage}:lost`, lostLeads);
      keep(`${split}:${group.value}:stage:${stage}:still`, stillLeads);
      return { key, ...group };
    }),
  })));

const slowAnswer = (now: number, of: Stays, open: AnswerData['stages'], basis: Basis, keep: Keep): Told<'slow'> => {
  const { visits } = of;
  const names = new Map(open.map(({ id, name }) => [id, name]));
  const times = timeInStage(visits, open.map(({ id }) => id), now, DAYS);
  for (const { stage } of times) keep(`stage:${stage}:all`, [...new Set(visits.filter((visit) => visit.stage === stage).map(({ lead }) => lead))]);
  const stages = times.map(({ stage, ...rest }, at) => ({
    key: keep(`stage:${stage}`, visits.filter((visit) => visit.stage === stage && visit.to === null).map(({ lead }) => lead)),
    stageId: stage, stage: names.get(stage) ?? '', owner: open[at]?.owner ?? ('sales' as const), ...rest,
  }));
  return { finding: slowFinding(times.map((time) => ({ ...time, stage: names.get(time.stage) ?? '' }))), basis, splits: slowSplits(now, of, open.map(({ id }) => id), keep), stages };
};

const dropAnswer = (of: Stays, open: AnswerData['stages'], basis: Basis, keep: Keep): Told<'dropout'> => {
  const { visits } = of;
  const names = new Map(open.map(({ id, name }) => [id, name]));
  const drops = dropOut(visits, open.map(({ id }) => id));
  for (const { stage } of drops) keep(`stage:${stage}:all`, [...new Set(visits.filter((visit) => visit.stage === stage).map(({ lead }) => lead))]);
  const told = (prefix: string, reasons: readonly DropReason[]) => reasons.slice(0, 12).map(({ leads, ...reason }) => ({ key: keep(`${prefix}:${reason.reason ?? ''}`, leads), ...reason }));
  const stages = drops.map(({ stage, reasons, returnReasons, ...rest }, at) => ({
    key: keep(`stage:${stage}`, reasons.flatMap(({ leads }) => leads)), returnedKey: keep(`returned:${stage}`, returnReasons.flatMap(({ leads }) => leads)),
    stageId: stage, stage: names.get(stage) ?? '', owner: open[at]?.owner ?? ('sales' as const), ...rest,
    reasons: told(`reason:${stage}`, reasons), returnReasons: told(`return:${stage}`, returnReasons),
  }));
  return { finding: dropFinding(drops.map((drop) => ({ ...drop, stage: names.get(drop.stage) ?? '' }))), basis, splits: dropSplits(of, open.map(({ id }) => id), keep), stages };
};

const marksAnswer = (question: 'fast' | 'converting', found: Marks | FastMarks, basis: Basis, keep: Keep): Told<'fast'> => {
  const marks = found.marks.slice(0, 40).map(({ leads, p: _, byOrigin, ...mark }) => {
    const key = `mark:${mark.column}=${mark.value}`;
    return { key: keep(key, leads), ...mark, byOrigin: byOrigin.map(({ leads: ids, ...within }) => ({ key: keep(`${key}:${within.origin}`, ids), ...within })) };
  });
  const { leads, outcome, looks, reason, leftOut } = found;
  return { finding: marksFinding(question, found), basis, leads, outcome, looks, reason, days: 'days' in found ? found.days : null, marks, leftOut };
};

const attributionOf = (data: AnswerData, basis: Basis): Computed['attribution'] => {
  const kept: Record<string, string[]> = {};
  const keep = keeper(kept);
  const { content, leads } = attributionAnswer(data, basis);
  for (const [key, ids] of Object.entries(leads)) keep(key, ids);
  return { content, leads: kept };
};

const visitsOfAll = (data: AnswerData): StageVisit[] => {
  const stages = new Map(data.stages.map((stage): [string, StageInfo] => [stage.id, { id: stage.id, position: stage.position, end: endOf(stage.role as StageRole | null) }]));
  const logs = new Map<string, LogEntry[]>();
  for (const { lead, ...move } of data.moves) {
    const entry = { ...move, actor: null };
    const log = logs.get(lead);
    if (log) log.push(entry);
    else logs.set(lead, [entry]);
  }
  return [...logs].flatMap(([lead, log]) => visitsOf(lead, log, stages));
};

const answerLeads = (data: AnswerData): { leads: AnswerLead[]; columns: string[] } => {
  const { columns, traits } = comparable(data.traits);
  const ended = ({ end, endedAt }: LookedAt): number | null => (end === 'won' || end === 'lost' ? endedAt : null);
  return {
    columns: ['source', ...columns],
    leads: data.leads.map((lead, at) => ({
      id: lead.id, origin: lead.origin, source: lead.channel ?? '', outcome: lead.end === 'recycled' ? 'open' : lead.end, entered: lead.enteredAt, decided: ended(lead), attributes: { source: lead.channel, ...traits[at] },
    })),
  };
};

/** The funnel of all leads, and of those that each rule counts. */
export const funnelAnswer = (data: Counted & Pick<AnswerData, 'rules'>): Contents['funnel'] => ({ ...funnelOf(data), rules: byRule(data, (rule) => funnelOf(data, rule)) });

/** All answers, from plain values; the same data give the same answers. */
export const computeAnswers = (data: AnswerData): Computed => {
  const funnel = funnelAnswer(data);
  const marked = new Set(funnel.cohorts.filter(({ mark }) => mark !== null).map(({ month }) => month));
  const { leads, columns } = answerLeads(data);
  const fit = leads.filter(({ entered }) => !marked.has(monthText(entered)));
  const used = fit.length > 0 ? fit : leads;
  const whole: Basis = { looked: leads.length, of: data.facts.leads, leftOutCohorts: [] };
  const basis: Basis = { ...whole, leftOutCohorts: used === fit ? [...marked].toSorted() : [] };
  const masks = new Map(data.leads.map(({ id, rules }) => [id, rules]));
  const visits = visitsOfAll(data);
  const open = data.stages.filter(({ role }) => endOf(role as StageRole | null) === 'open');
  /** The same of all leads and of those that each rule counts. */
  const each = <Content>(told: (counts: (id: string) => boolean, basisOf: (of: Basis) => Basis, keep: Keep) => Content) => {
    const kept: Record<string, string[]> = {};
    const rules = byRule(data, (rule) => {
      const looked = data.leads.filter((lead) => isCounted(lead.rules, rule)).length;
      const basisOf = (of: Basis): Basis => ({ ...of, looked, of: Math.max(looked, funnel.rules[rule]?.content.all.entrants ?? 0) });
      return told((id) => isCounted(masks.get(id) ?? 0, rule), basisOf, keeper(kept, `${rule}:`));
    });
    return { content: { ...told(() => true, (of) => of, keeper(kept)), rules }, leads: kept };
  };
  const those = (counts: (id: string) => boolean, from: readonly AnswerLead[]) => from.filter(({ id }) => counts(id));
  const groups = new Map(data.leads.map(({ id, origin, channel }) => [id, { origin, channel: channel ?? '' }]));
  const groupOf: GroupOf = (split, lead) => groups.get(lead)?.[split] ?? '';
  const stays = (counts: (id: string) => boolean): Stays => ({ visits: visits.filter(({ lead }) => counts(lead)), groupOf });
  return {
    funnel: { content: funnel, leads: {} },
    usefulness: each((counts, basisOf, keep) => usefulnessAnswer(those(counts, used), basisOf(basis), keep)),
    slow: each((counts, basisOf, keep) => slowAnswer(data.now, stays(counts), open, basisOf(whole), keep)),
    dropout: each((counts, basisOf, keep) => dropAnswer(stays(counts), open, basisOf(whole), keep)),
    fast: each((counts, basisOf, keep) => marksAnswer('fast', marksOfFast(those(counts, leads), columns, data.now), basisOf(whole), keep)),
    converting: each((counts, basisOf, keep) => marksAnswer('converting', marksOfWon(those(counts, used), columns), basisOf(basis), keep)),
    attribution: attributionOf(data, whole),
  };
};
