import { sql } from 'drizzle-orm';
import type { WorkspaceTx } from '../../../platform/db/database';
import type { Services } from '../../../platform/rpc/context';
import { linksToHold } from '../domain/parties';
import type { RecordKind } from '../domain/matching/record';
import { lockMatching, lockRecords } from '../import-repo';
import { addFound, decidedByPeople, findRun, foundLinks, holdFound, keepFound, noteRun, prepareFound } from '../links-repo';
import { createMatcher, type Matcher } from '../matching/matcher';
import { regroup } from '../regroup';
import { markParties, project, type Projection } from '../touched';

type Parts = Pick<Services, 'db' | 'now'>;

const READ_AT_ONCE = 2_000;

const MATCHED_KINDS: Readonly<Record<RecordKind, readonly string[]>> = { person: ['lead', 'contact'], organisation: ['account'] };

/** Only what is compared is read, so that long rows of custom columns cost nothing. */
const COMPARED = sql`jsonb_strip_nulls(jsonb_build_object(${sql.raw(['name', 'firstName', 'lastName', 'company', 'email', 'phone', 'website', 'street', 'postcode', 'city', 'country'].map((field) => `'${field}', data -> '${field}'`).join(', '))}))`;

/** Records as they are compared, a batch as one text: taken apart in the thread that compares them, they leave nothing to collect in this one. */
const feed = async (tx: WorkspaceTx, workspaceId: string, kind: RecordKind, matcher: Matcher): Promise<number> => {
  let last = '00000000-0000-0000-0000-000000000000';
  for (let read = 0; ; ) {
    const { rows } = await tx.execute<{ n: number; last: string; batch: string }>(sql`
      select count(*)::int as n, max(id::text collate "C") as last, json_agg(json_build_array(id, data))::text as batch from (
        select id, ${COMPARED} as data from record where workspace_id = ${workspaceId}::uuid and id > ${last}::uuid and kind = any(${sql.param([...MATCHED_KINDS[kind]])}::text[]) order by id limit ${READ_AT_ONCE}) r`);
    const [found] = rows;
    if (!found || found.n === 0) return read;
    await matcher.add(found.batch);
    read += found.n;
    last = found.last;
  }
};

type Read = { readAt: Date; records: number };

const readRecords = (services: Parts, workspaceId: string, matchers: Readonly<Record<RecordKind, Matcher>>): Promise<Read> =>
  services.db.inWorkspace(workspaceId, async (tx) => {
    const readAt = services.now();
    let records = 0;
    for (const kind of ['person', 'organisation'] as const) records += await feed(tx, workspaceId, kind, matchers[kind]);
    return { readAt, records };
  });

const write = (services: Parts, workspaceId: string, { readAt, records }: Read, matchers: readonly Matcher[], projections: readonly Projection[]): Promise<void> =>
  services.db.inWorkspace(workspaceId, async (tx) => {
    await lockRecords(tx, workspaceId);
    const last = await findRun(tx);
    if (last?.readAt && last.readAt > readAt) return;
    const now = services.now();
    await prepareFound(tx);
    for (const matcher of matchers) {
      for (let pairs = await matcher.next(); pairs !== ''; pairs = await matcher.next()) await addFound(tx, pairs);
      // Nothing of it is needed for what follows.
      await matcher.stop();
    }
    const decided = await decidedByPeople(tx);
    const never = decided.filter(({ state }) => state === 'never');
    const held = never.length === 0 ? [] : linksToHold(decided.filter(({ state }) => state === 'linked'), never, await foundLinks(tx));
    if (held.length > 0) await holdFound(tx, held);
    await keepFound(tx, workspaceId, now);
    await markParties(tx, sql`select null::uuid where false`);
    await regroup(tx, workspaceId, 'all');
    await project(tx, { workspaceId, now }, projections);
    const { rows } = await tx.execute<{ linked: number; review: number }>(sql`select count(*) filter (where state = 'linked')::int as linked, count(*) filter (where state = 'review')::int as review from record_link where workspace_id = ${workspaceId}::uuid`);
    await noteRun(tx, workspaceId, { state: 'done', readAt, finishedAt: now, records, linked: rows[0]?.linked ?? 0, review: rows[0]?.review ?? 0 });
  });

/**
 * Compares all records of a workspace, people and organisations apart, and keeps what follows: sure pairs are linked, unsure ones wait for a
 * person, and what a person said is never changed. No record is locked while records are compared; everything is written in one transaction,
 * so that after a crash it is wholly there or not at all, and running again is harmless.
 */
export const matchRecords = (services: Parts, workspaceId: string, projections: readonly Projection[]): Promise<void> =>
  services.db.inWorkspace(workspaceId, async (tx) => {
    await lockMatching(tx, workspaceId);
    await matchAll(services, workspaceId, projections);
  });

const matchAll = async (services: Parts, workspaceId: string, projections: readonly Projection[]): Promise<void> => {
  const matchers = { person: createMatcher('person'), organisation: createMatcher('organisation') };
  try {
    await services.db.inWorkspace(workspaceId, (tx) => noteRun(tx, workspaceId, { state: 'running' }));
    const read = await readRecords(services, workspaceId, matchers);
    const never = await services.db.inWorkspace(workspaceId, async (tx) => (await decidedByPeople(tx)).filter(({ state }) => state === 'never'));
    for (const matcher of Object.values(matchers)) await matcher.run(never);
    await write(services, workspaceId, read, Object.values(matchers), projections);
  } catch (error) {
    await services.db.inWorkspace(workspaceId, (tx) => noteRun(tx, workspaceId, { state: 'failed', finishedAt: services.now() }));
    throw error;
  } finally {
    for (const matcher of Object.values(matchers)) await matcher.stop();
  }
};
