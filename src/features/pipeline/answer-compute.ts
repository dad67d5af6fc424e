import { monthText } from '../../lib/moments';
import type { Contents } from './answer-contract';
import type { AnswerData, LookedAt } from './answer-data';
import { attributionAnswer } from './answer-attribution';
import { cohortFunnel, type CohortFunnel } from './domain/answers/cohorts';
import { dropFinding, marksFinding, slowFinding, usefulnessFinding } from './domain/answers/confidence';
import { dropOut, type DropReason } from './domain/answers/drop-out';
import { marksOfFast, marksOfWon, type FastMarks, type Marks } from './domain/answers/marks';
import type { AnswerLead, StageVisit } from './domain/answers/records';
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
type Kept = Record<string, string[]>;

const keep = (kept: Kept, key: string, ids: readonly string[]): string => {
  kept[key] = ids.slice(0, KEPT);
  return key;
};

const usefulnessAnswer = (leads: readonly AnswerLead[], basis: Basis, kept: Kept, under = ''): Omit<Contents['usefulness'], 'rules'> => {
  const found = usefulness(leads);
  const ends = new Map(leads.map(({ id, outcome }) => [id, outcome]));
  const group = (prefix: string) => ({ leads: ids, ...rest }: UsefulGroup) => {
    const key = keep(kept, `${under}${prefix}:${rest.name}`, ids);
    for (const end of ['won', 'open'] as const) keep(kept, `${key}:${end}`, ids.filter((id) => ends.get(id) === end));
    return { key, ...rest };
  };
  return { finding: usefulnessFinding(found), basis, byOrigin: found.byOrigin.map(group('origin')), difference: found.difference, originAdjusted: found.originAdjusted, bySource: found.bySource.slice(0, 40).map(group('source')), sourceAdjusted: found.sourceAdjusted };
};

/** The same of the leads that each rule counts. */
const byRule = <Content>({ rules }: AnswerData, content: (rule: RuleName) => Content) =>
  Object.fromEntries(RULE_NAMES.map((rule) => [rule, rules[rule] ? { counts: rules[rule], content: content(rule) } : null])) as Record<RuleName, { counts: CountedBy; content: Content } | null>;

const funnelOf = ({ cubes, days }: AnswerData, rule?: RuleName): CohortFunnel => {
  const counted = <Cell extends { rules: number }>(cells: readonly Cell[]): Cell[] => (rule ? cells.filter((cell) => isCounted(cell.rules, rule)) : [...cells]);
  return cohortFunnel({ origin: counted(cubes.origin), channel: counted(cubes.channel), territory: counted(cubes.territory), industry: counted(cubes.industry) }, counted(days));
};

const DAYS = [0, 1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60, 75, 90, 120, 150, 180];

const slowAnswer = (data: AnswerData, visits: readonly StageVisit[], open: AnswerData['stages'], basis: Basis): Computed['slow'] => {
  const kept: Kept = {};
  const names = new Map(open.map(({ id, name }) => [id, name]));
  const times = timeInStage(visits, open.map(({ id }) => id), data.now, DAYS);
  for (const { stage } of times) keep(kept, `stage:${stage}:all`, [...new Set(visits.filter((visit) => visit.stage === stage).map(({ lead }) => lead))]);
  const stages = times.map(({ stage, ...rest }, at) => ({
    key: keep(kept, `stage:${stage}`, visits.filter((visit) => visit.stage === stage && visit.to === null).map(({ lead }) => lead)),
    stageId: stage, stage: names.get(stage) ?? '', owner: open[at]?.owner ?? ('sales' as const), ...rest,
  }));
  return { content: { finding: slowFinding(times.map((time) => ({ ...time, stage: names.get(time.stage) ?? '' }))), basis, stages }, leads: kept };
};

const dropAnswer = (visits: readonly StageVisit[], open: AnswerData['stages'], basis: Basis): Computed['dropout'] => {
  const kept: Kept = {};
  const names = new Map(open.map(({ id, name }) => [id, name]));
  const drops = dropOut(visits, open.map(({ id }) => id));
  for (const { stage } of drops) keep(kept, `stage:${stage}:all`, [...new Set(visits.filter((visit) => visit.stage === stage).map(({ lead }) => lead))]);
  const told = (prefix: string, reasons: readonly DropReason[]) => reasons.slice(0, 12).map(({ leads, ...reason }) => ({ key: keep(kept, `${prefix}:${reason.reason ?? ''}`, leads), ...reason }));
  const stages = drops.map(({ stage, reasons, returnReasons, ...rest }, at) => ({
    key: keep(kept, `stage:${stage}`, reasons.flatMap(({ leads }) => leads)), returnedKey: keep(kept, `returned:${stage}`, returnReasons.flatMap(({ leads }) => leads)),
    stageId: stage, stage: names.get(stage) ?? '', owner: open[at]?.owner ?? ('sales' as const), ...rest,
    reasons: told(`reason:${stage}`, reasons), returnReasons: told(`return:${stage}`, returnReasons),
  }));
  return { content: { finding: dropFinding(drops.map((drop) => ({ ...drop, stage: names.get(drop.stage) ?? '' }))), basis, stages }, leads: kept };
};

const marksAnswer = (question: 'fast' | 'converting', found: Marks | FastMarks, basis: Basis): Computed['fast'] => {
  const kept: Kept = {};
  const marks = found.marks.slice(0, 40).map(({ leads, p: _, ...mark }) => ({ key: keep(kept, `mark:${mark.column}=${mark.value}`, leads), ...mark }));
  const { leads, outcome, looks, reason, leftOut } = found;
  return { content: { finding: marksFinding(question, found), basis, leads, outcome, looks, reason, days: 'days' in found ? found.days : null, marks, leftOut }, leads: kept };
};

const attributionOf = (data: AnswerData, basis: Basis): Computed['attribution'] => {
  const kept: Kept = {};
  const { content, leads } = attributionAnswer(data, basis);
  for (const [key, ids] of Object.entries(leads)) keep(kept, key, ids);
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

/** All answers, from plain values; the same data give the same answers. */
export const computeAnswers = (data: AnswerData): Computed => {
  const funnel = funnelOf(data);
  const funnels = byRule(data, (rule) => funnelOf(data, rule));
  const marked = new Set(funnel.cohorts.filter(({ mark }) => mark !== null).map(({ month }) => month));
  const { leads, columns } = answerLeads(data);
  const fit = leads.filter(({ entered }) => !marked.has(monthText(entered)));
  const used = fit.length > 0 ? fit : leads;
  const whole: Basis = { looked: leads.length, of: data.facts.leads, leftOutCohorts: [] };
  const basis: Basis = { ...whole, leftOutCohorts: used === fit ? [...marked].toSorted() : [] };
  const masks = new Map(data.leads.map(({ id, rules }) => [id, rules]));
  const kept: Kept = {};
  const visits = visitsOfAll(data);
  const open = data.stages.filter(({ role }) => endOf(role as StageRole | null) === 'open');
  return {
    funnel: { content: { ...funnel, rules: funnels }, leads: {} },
    usefulness: { content: { ...usefulnessAnswer(used, basis, kept), rules: byRule(data, (rule) => {
      const counted = used.filter(({ id }) => isCounted(masks.get(id) ?? 0, rule));
      const looked = data.leads.filter((lead) => isCounted(lead.rules, rule)).length;
      return usefulnessAnswer(counted, { ...basis, looked, of: Math.max(looked, funnels[rule]?.content.all.entrants ?? 0) }, kept, `${rule}:`);
    }) }, leads: kept },
    slow: slowAnswer(data, visits, open, whole),
    dropout: dropAnswer(visits, open, whole),
    fast: marksAnswer('fast', marksOfFast(leads, columns, data.now), whole),
    converting: marksAnswer('converting', marksOfWon(used, columns), basis),
    attribution: attributionOf(data, whole),
  };
};
