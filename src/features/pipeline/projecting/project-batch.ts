import { plain } from '../../../lib/plain';
import { bareArray, bareColumn, textColumn, type SentColumn } from '../../../platform/db/array-literal';
import type { FactRecord, FactsRead, FactStep, PartyHistory, PartyRecord } from '../../customers/public';
import { withHandoffs, type HandoffFacts } from '../domain/handoffs';
import { stateColumns } from '../domain/lead-state';
import { inOrder, replay, withoutRepeats, type LogEntry, type StageInfo } from '../domain/log';
import { projectLead, type Projection as LeadProjection, type StageFinder } from '../domain/project-lead';
import { usualRole } from '../domain/stage-words';
import type { StageRole } from '../domain/stages';
import { leadTexts, type LeadColumns, type NewLead } from '../lead-texts';

export type Place = StageInfo & { pipelineId: string; archivedAt: number | null; movesTo: string | null };

/** How systems' words and dates become stages: stages by their id, and ids by folded name, by role, and by `sourceId|folded word`. */
export type Process = { stages: ReadonlyMap<string, Place>; byName: ReadonlyMap<string, string>; byRole: ReadonlyMap<StageRole, string>; words: ReadonlyMap<string, string> };

/** What people did here with these leads, by lead; it outlasts what is read from records. */
export type Kept = readonly [log: ReadonlyMap<string, LogEntry[]>, handoffs: ReadonlyMap<string, HandoffFacts[]>];

/** @property there those of the parties that are leads already */
export type Batch = { parties: readonly string[]; there: readonly string[]; facts: FactsRead; kept: Kept };

export type UnknownWord = { sourceId: string; word: string; spelling: string };

/** Entries of logs as the database reads them: the array literal of their leads; instants in milliseconds since 1970, stages, reasons, actors and records. */
export type LogColumns = { leads: string; others: readonly [at: SentColumn, stage: SentColumn, reason: SentColumn, actor: SentColumn, record: SentColumn] };

/** What a batch became, as the database reads it. */
export type Projected = {
  /** Ids of the leads that were there, and of those that are none any more; null where there are none. */
  there: string | null;
  gone: string | null;
  log: LogColumns;
  leads: LeadColumns;
  unknown: readonly UnknownWord[];
};

const finderOf = ({ byName, byRole, words }: Process): StageFinder => {
  // A file says the same few words over and over.
  const known = new Map<string, string | undefined>();
  return {
    byRole: (role) => byRole.get(role),
    byWord: (sourceId, word) => {
      const asked = `${sourceId}|${word}`;
      if (known.has(asked)) return known.get(asked);
      const folded = plain(word);
      const role = usualRole(word);
      const found = words.get(`${sourceId}|${folded}`) ?? byName.get(folded) ?? (role ? byRole.get(role) : undefined);
      if (known.size < 10_000) known.set(asked, found);
      return found;
    },
  };
};

/** What a system puts at a stage after it was archived stands at the stage that took its leads; what it said before stays where it was. */
const afterArchiving = (entry: LogEntry, stages: Process['stages']): LogEntry => {
  let place = stages.get(entry.stageId);
  for (let left = stages.size; left > 0 && place && place.archivedAt !== null && place.movesTo && entry.at >= place.archivedAt; left -= 1) place = stages.get(place.movesTo);
  return place && place.id !== entry.stageId ? { ...entry, stageId: place.id } : entry;
};

const grouped = <T extends { partyId: string }>(rows: readonly T[]): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.partyId);
    if (group) group.push(row);
    else groups.set(row.partyId, [row]);
  }
  return groups;
};

/** A contact is in the process once a system says so; a mere address is not a lead. */
const PROCESS_FIELDS = ['stage', 'status', 'qualifiedAt', 'passedAt', 'acceptedAt', 'returnedAt', 'entered'] as const;
const inProcess = (records: readonly PartyRecord[], deals: readonly PartyRecord[], history: readonly PartyHistory[]): boolean =>
  deals.length > 0 || history.length > 0 || records.some((row) => row.kind === 'lead' || PROCESS_FIELDS.some((field) => row.data[field] !== undefined));

/** What its system has deleted or merged into another is no longer in the process. */
const isThere = ({ data }: PartyRecord): boolean => data.deleted !== true;

type Made = { id: string; projection: LeadProjection; log: LogEntry[]; handoffs: readonly HandoffFacts[]; recordId: string };

const instantOrNull = (at: number | null): Date | null => (at === null ? null : new Date(at));

const leadRow = ({ id, projection, log, handoffs }: Made, stages: Process['stages']): NewLead | undefined => {
  const state = replay(log, stages);
  const place = stages.get(state?.stageId ?? '');
  if (!state || !place) return undefined;
  const passing = withHandoffs(projection, handoffs);
  return {
    id, pipelineId: place.pipelineId, sourceId: projection.sourceId, origin: projection.origin, name: projection.name, company: projection.company, channel: projection.channel,
    owner: projection.owner, ...stateColumns(state), amount: projection.amount, passedAt: instantOrNull(passing.passedAt), arrivedAt: instantOrNull(projection.arrivedAt), contactedAt: instantOrNull(projection.contactedAt),
    returnedAt: instantOrNull(passing.returnedAt), returnReason: passing.returnReason, nurtureUntil: state.end === 'recycled' ? instantOrNull(passing.nurtureUntil) : null,
    marketingRecords: projection.marketingRecords, salesRecords: projection.salesRecords,
    passes: passing.passes.map((at) => new Date(at)), marketingEntries: projection.marketingEntries.map((at) => new Date(at)), salesOwner: projection.salesOwner, territory: projection.territory, industry: projection.industry,
  };
};

const logTexts = (made: readonly Made[]): LogColumns => {
  const [leads, instants, stages, reasons, actors, records]: [string[], number[], string[], (string | null)[], (string | null)[], string[]] = [[], [], [], [], [], []];
  for (const { id, log, recordId } of made) {
    for (const { at, stageId, reason, actor } of log) {
      leads.push(id);
      instants.push(at);
      stages.push(stageId);
      reasons.push(reason);
      actors.push(actor);
      records.push(recordId);
    }
  }
  return { leads: bareArray(leads), others: [bareColumn(instants), bareColumn(stages), textColumn(reasons), textColumn(actors), bareColumn(records)] };
};

/** Words for stages that nobody has given a meaning yet, once each. */
const unknownWords = (made: readonly Made[]): UnknownWord[] => {
  const words = new Map<string, UnknownWord>();
  for (const { projection: { sourceId, unknown } } of made) for (const spelling of unknown) words.set(`${sourceId}|${plain(spelling)}`, { sourceId, word: plain(spelling), spelling });
  return [...words.values()].slice(0, 500);
};

/** Records as they were read, or as they were just written: those all of one system, each a party of its own. */
const factRecords = (people: FactsRead['people']): FactRecord[] =>
  typeof people === 'string' ? (JSON.parse(people) as FactRecord[]) : (JSON.parse(people.data) as FactRecord['data'][]).map((data, at) => ({ partyId: people.ids[at] ?? '', recordId: people.ids[at] ?? '', sourceId: people.sourceId, kind: people.kind, data }));

const factsOf = ({ people, deals, history, sides, firstActivity }: FactsRead) => {
  const withSide = (row: FactRecord): PartyRecord[] => {
    const side = sides.get(row.sourceId);
    return side ? [{ ...row, side }] : [];
  };
  const partyOfDeal = new Map(deals.map((row) => [row.recordId, row.partyId]));
  const steps = (JSON.parse(history) as FactStep[]).map(([party, deal, sourceId, at, stage, reason, actor]): PartyHistory => ({ partyId: party ?? partyOfDeal.get(deal ?? '') ?? '', sourceId, stage: stage ?? '', at, reason, actor }));
  return { people: grouped(factRecords(people).flatMap(withSide).filter(isThere)), deals: grouped(deals.flatMap(withSide).filter(isThere)), history: grouped(steps), firstActivity };
};

/** Works leads and their logs out of everything there is about people, batch by batch; plain data in, plain data out, so that a thread can do it. */
export const batchProjector = (process: Process) => {
  const finder = finderOf(process);
  return ({ parties, there, facts, kept: [kept, handoffs] }: Batch): Projected => {
    const { people, deals, history, firstActivity } = factsOf(facts);
    const made = parties.flatMap((id): Made[] => {
      const [records, own, past] = [people.get(id) ?? [], deals.get(id) ?? [], history.get(id) ?? []];
      const recordId = (records[0] ?? own[0])?.recordId;
      if (!recordId || !inProcess(records, own, past)) return [];
      const projection = projectLead(records, own, past, firstActivity.get(id) ?? null, finder);
      if (!projection) return [];
      return [{ id, projection, recordId, handoffs: handoffs.get(id) ?? [], log: withoutRepeats(inOrder(projection.log.map((entry) => afterArchiving(entry, process.stages)), process.stages)) }];
    });
    const rows = made.flatMap((each) => leadRow({ ...each, log: [...each.log, ...(kept.get(each.id) ?? [])] }, process.stages) ?? []);
    const stay = new Set(rows.map((row) => row.id));
    const staying = made.filter((each) => stay.has(each.id));
    const gone = there.filter((id) => !stay.has(id));
    return { there: there.length > 0 ? bareArray(there) : null, gone: gone.length > 0 ? bareArray(gone) : null, log: logTexts(staying), leads: leadTexts(rows), unknown: unknownWords(staying) };
  };
};
