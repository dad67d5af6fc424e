import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { WorkspaceTx } from '../../../platform/db/database';
import type { Services } from '../../../platform/rpc/context';
import { labelKey } from '../../../lib/plain';
import { instantOf } from '../../../lib/zoned-time';
import { peopleToAsk } from '../../people/public';
import { leadsChanged, leadsNotYet, revisionOf, stageSteps, type LeadTimes } from '../../pipeline/public';
import { workspaceFacts } from '../../workspace/public';
import { calendarRows, dropStale, knownClocks, noteSeen, putClocks, type NewClock } from '../clocks-repo';
import { clockOf } from '../domain/clock';
import { appliesTo, clockFacts, limitOf, readsLog, type Commitment } from '../domain/commitment';
import { spansOf } from '../domain/spans';
import { teamsOf, type Teams } from '../domain/teams';
import { usualCalendar, workingTime, type Calendar, type WorkingTime } from '../domain/working-time';
import { commitmentsInForce, type VersionRow, type Whole } from '../terms-repo';
import { notify } from './notify';

/** Leads a page. */
const AT_ONCE = 2_000;

type Hours = { time: WorkingTime; workingDays: number };
/** Working time by territory, and a print of everything it depends on. */
type Offices = { of(owner: string | null): Hours; print: string; teams: Teams; zone: string };

const hoursOf = (calendar: Calendar): Hours => ({ time: workingTime(calendar), workingDays: Math.max(1, calendar.week.filter((hours) => hours.length > 0).length) });

/** Who owns what in which territory, and the workspace's zone. */
export const loadTeams = async (tx: WorkspaceTx): Promise<{ teams: Teams; zone: string }> => ({ teams: teamsOf(await peopleToAsk(tx)), zone: (await workspaceFacts(tx)).timeZone });

const loadOffices = async (tx: WorkspaceTx): Promise<Offices> => {
  const { timeZone } = await workspaceFacts(tx);
  const rows = await calendarRows(tx);
  const people = await peopleToAsk(tx);
  const teams = teamsOf(people);
  const everywhere = hoursOf(rows.find((row) => row.territoryKey === '')?.calendar ?? usualCalendar(timeZone));
  const own = new Map(rows.filter((row) => row.territoryKey !== '').map((row) => [row.territoryKey, hoursOf(row.calendar)]));
  // Where people belong matters only while a territory has hours of its own.
  const placed = own.size === 0 ? [] : people.map(({ name, email, territory }) => [name, email, territory]);
  return {
    of: (owner) => own.get(labelKey(teams.of(owner)?.territory ?? '')) ?? everywhere,
    print: createHash('sha256').update(JSON.stringify([timeZone, rows.map((row) => [row.territoryKey, row.calendar]), placed])).digest('base64url').slice(0, 16),
    teams, zone: timeZone,
  };
};

export const startsAt = (commitment: Commitment, zone: string): number => (instantOf(`${commitment.startsOn}T00:00`, zone) ?? new Date(0)).getTime();

const instantOrNull = (at: number | null): Date | null => (at === null ? null : new Date(at));

type Under = { workspaceId: string; agreementId: string; version: number; basis: string; commitment: Commitment; offices: Offices };

const clockRow = (under: Under, lead: LeadTimes, steps: Awaited<ReturnType<typeof stageSteps>>): NewClock => {
  const { commitment, offices, basis, version, workspaceId, agreementId } = under;
  const facts = clockFacts(commitment, lead, steps.get(lead.id) ?? []);
  const { time, workingDays } = offices.of(lead.owner);
  const counts = facts !== null && appliesTo(commitment, lead);
  const clock = facts && counts ? clockOf(facts, limitOf(commitment, workingDays), time) : null;
  return {
    workspaceId, agreementId, leadId: lead.id, leadVersion: lead.version, basis, version, counts, startedAt: new Date(facts?.startedAt ?? 0), dueAt: instantOrNull(clock?.dueAt ?? null),
    warnAt: instantOrNull(clock?.warnAt ?? null), escalateAt: instantOrNull(clock?.escalateAt ?? null), metAt: instantOrNull(clock?.metAt ?? null), stopped: clock?.stopped ?? false,
  };
};

/** Does a page of the work in a transaction of its own: what is done stays done, and nobody waits for the rest. */
type Turn = <T>(work: (tx: WorkspaceTx) => Promise<T>) => Promise<T>;

const workOutSpan = async (turn: Turn, under: Under, span: { from: number; to: number | null }): Promise<void> => {
  const known = knownClocks(under.agreementId, under.basis);
  const wanted = { start: under.commitment.from, from: new Date(span.from), to: instantOrNull(span.to) };
  const page = (after: string | null) =>
    turn(async (tx) => {
      const leads = await leadsNotYet(tx, known, wanted, after, AT_ONCE);
      const steps = readsLog(under.commitment) ? await stageSteps(tx, leads.map((lead) => lead.id)) : new Map();
      await putClocks(tx, leads.map((lead) => clockRow(under, lead, steps)));
      return leads.length < AT_ONCE ? null : (leads.at(-1)?.id ?? null);
    });
  for (let after = await page(null); after !== null; after = await page(after));
};

const isResponse = <V extends VersionRow>(version: V): version is V & { commitment: Commitment } => version.commitment?.kind === 'response';

/** Brings one commitment's clocks in step with leads, versions and working hours; does nothing when none of them changed. */
const workOutOne = async (tx: WorkspaceTx, turn: Turn, workspaceId: string, row: Whole, offices: Offices, now: Date): Promise<void> => {
  const signed = row.versions.filter((version) => version.signedAt && !version.ends).filter(isResponse);
  const bases = signed.map((version) => `${version.version}:${offices.print}`);
  const seen = `${await revisionOf(tx)}|${bases.join()}`;
  if (row.seen !== seen) {
    for (const { version, from, to } of spansOf(signed, (each) => startsAt(each.commitment, offices.zone))) {
      const basis = `${version.version}:${offices.print}`;
      await workOutSpan(turn, { workspaceId, agreementId: row.id, version: version.version, basis, commitment: version.commitment, offices }, { from, to });
    }
    const gone: string[] = [];
    for (const basis of bases) gone.push(...(await leadsChanged(tx, knownClocks(row.id, basis))));
    await dropStale(tx, row.id, bases, gone);
  }
  await noteSeen(tx, row.id, seen, now);
};

/** One server at a time looks after a workspace; another one that comes meanwhile has nothing to do. */
const alone = async (tx: WorkspaceTx, workspaceId: string): Promise<boolean> =>
  (await tx.execute<{ got: boolean }>(sql`select pg_try_advisory_xact_lock(4402, hashtext(${workspaceId})) as got`)).rows[0]?.got === true;

/** Works out every clock of a workspace, then notes and mails what its commitments' clocks have reached. */
export const workOut = async (services: Services, workspaceId: string): Promise<void> => {
  const mailed = await services.db.inWorkspace(workspaceId, async (tx) => {
    if (!(await alone(tx, workspaceId))) return 0;
    const commitments = await commitmentsInForce(tx);
    if (commitments.length === 0) return 0;
    const [offices, now] = [await loadOffices(tx), services.now()];
    const turn: Turn = (work) => services.db.inWorkspace(workspaceId, work);
    for (const row of commitments) await workOutOne(tx, turn, workspaceId, row, offices, now);
    return notify(tx, { workspaceId, now, newId: services.newId, baseUrl: services.config.baseUrl, offices }, commitments);
  });
  if (mailed > 0) await services.jobs.send('outbox-send', { workspaceId });
};
