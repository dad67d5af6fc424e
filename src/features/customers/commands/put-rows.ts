import { createHash } from 'node:crypto';
import type { WorkspaceTx } from '../../../platform/db/database';
import { refuse } from '../../../platform/http/refusal';
import { arrive, timesOfAll, type Arrived } from '../domain/arrival';
import { isChangeable, isRecordKind, type EventKind, type RecordKind, type RowKind } from '../domain/fields';
import { readSent, type SentRow } from '../domain/read-fields';
import type { ReadRow } from '../domain/read-row';
import { eventKey, numberedKeys } from '../event-key';
import { forgetReturned, goneIds } from '../gone-records';
import { findSource } from '../import-repo';
import { addBatch, addEvents, changeEvents, eventsByKey, findBatch, recordsByKey, takeTurn, writeArrived, type BatchRow, type Putting, type RecordToWrite } from '../intake-repo';
import type { IntakeCounts, RejectedRow } from '../intake-schema';
import { markTouched, project, type Projection } from '../touched';

export type Sent = { sourceId: string; kind: RowKind; rows: readonly SentRow[]; messageId: string | null; hookId: string | null; label: string };
export type Outcome = { batch: BatchRow; repeated: boolean };

const digestOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('base64url');

type Good = ReadRow & { row: number };

/** What each key says once all rows have come in, after what was kept of it. */
const statesOf = (rows: readonly Good[], kept: (key: string) => Arrived | undefined): Map<string, Arrived> => {
  const states = new Map<string, Arrived>();
  for (const { key, data } of rows) {
    const before = states.get(key) ?? kept(key);
    const after = arrive(before, data);
    states.set(key, { ...after, changed: after.changed || (before?.changed ?? false) });
  }
  return states;
};

const putRecords = async (tx: WorkspaceTx, of: Putting, kind: RecordKind, rows: readonly Good[], newId: () => string): Promise<IntakeCounts> => {
  const kept = new Map((await recordsByKey(tx, of.sourceId, kind, [...new Set(rows.map((row) => row.key))])).map((row) => [row.key, row]));
  const states = statesOf(rows, (key) => {
    const there = kept.get(key);
    return there && { data: there.data, times: there.times && there.timesVersion === there.version ? there.times : timesOfAll(there.data), changed: false };
  });
  const back = await goneIds(tx, { ...of, kind }, [...states.keys()].filter((key) => !kept.has(key)));
  const writes = [...states].flatMap(([key, state]): RecordToWrite[] => {
    const there = kept.get(key);
    if (!state.changed) return [];
    return [{ id: there?.id ?? back.get(key) ?? newId(), key, data: state.data, times: state.times, version: (there?.version ?? 0) + 1, fresh: !there }];
  });
  await writeArrived(tx, of, kind, writes);
  if (back.size > 0) await forgetReturned(tx, of);
  const fresh = writes.filter((row) => row.fresh).length;
  return { new: fresh, changed: writes.length - fresh, same: rows.length - writes.length, rejected: 0 };
};

/** Orders, spend and activities: what their system says last counts, whatever arrives last. */
const putRestated = async (tx: WorkspaceTx, of: Putting, kind: EventKind, rows: readonly Good[]): Promise<IntakeCounts> => {
  const kept = new Map((await eventsByKey(tx, of.sourceId, kind, [...new Set(rows.map((row) => row.key))])).map((row) => [row.key, row]));
  const states = statesOf(rows, (key) => {
    const there = kept.get(key);
    return there && { data: there.data, times: timesOfAll(there.data), changed: false };
  });
  const fresh = [...states].flatMap(([key, { data }]) => (kept.has(key) || data.deleted === true ? [] : [{ key, data }]));
  const changed = [...states].flatMap(([key, { data, changed: differs }]) => {
    const there = kept.get(key);
    return there && differs ? [{ id: there.id, data }] : [];
  });
  await addEvents(tx, of, kind, fresh);
  await changeEvents(tx, of, kind, changed);
  return { new: fresh.length, changed: changed.length, same: rows.length - fresh.length - changed.length, rejected: 0 };
};

const putEvents = async (tx: WorkspaceTx, of: Putting, kind: EventKind, rows: readonly Good[]): Promise<IntakeCounts> => {
  if (isChangeable(kind)) return putRestated(tx, of, kind, rows);
  const keyed = new Map(rows.map((row) => [row.key, row]));
  const added = await addEvents(tx, of, kind, [...keyed.values()]);
  return { new: added.size, changed: 0, same: rows.length - added.size, rejected: 0 };
};

/**
 * Puts rows of one system in, in the caller's transaction, with all that follows from them. Rows that cannot be kept are named, the others are kept.
 * A message that was taken within the last 30 days changes nothing and is answered as it was then.
 * @throws 404 for a source that is not here, 409 for a message id that was used for something else, 503 while a file is being put in
 */
export const putRows = async (tx: WorkspaceTx, by: { workspaceId: string; now: Date; newId: () => string }, sent: Sent, projections: readonly Projection[]): Promise<Outcome> => {
  const { workspaceId, now, newId } = by;
  const from = await findSource(tx, sent.sourceId);
  if (!from || from.archivedAt) throw refuse.notFound('source');
  const digest = digestOf([sent.kind, sent.rows]);
  const numbered = numberedKeys();
  const read = sent.rows.map((row, at) => {
    const good = readSent(sent.kind, row, from.timeZone);
    return { row: at, ...good, key: numbered(sent.kind, eventKey(sent.kind, good.key, good.data, JSON.stringify(good.data))) };
  });
  await takeTurn(tx, workspaceId);
  const known = sent.messageId === null ? undefined : await findBatch(tx, sent.sourceId, sent.messageId);
  if (known && known.digest !== digest) throw refuse.conflict('A message with this id was taken, and it said something else. Nothing was saved.', 'Give every message an id of its own; a repeated one must say the same.');
  if (known) return { batch: known, repeated: true };
  const rejected: RejectedRow[] = read.flatMap(({ row, problem, detail }) => (problem ? [{ row, problem, detail }] : []));
  const good = read.filter((row) => row.problem === null);
  const of: Putting = { workspaceId, sourceId: sent.sourceId, batchId: newId(), now };
  const counts = isRecordKind(sent.kind) ? await putRecords(tx, of, sent.kind, good, newId) : await putEvents(tx, of, sent.kind, good);
  const batch: BatchRow = { workspaceId, id: of.batchId, sourceId: sent.sourceId, hookId: sent.hookId, messageId: sent.messageId, digest, kind: sent.kind, label: sent.label, counts: { ...counts, rejected: rejected.length }, rejected, receivedAt: now };
  await addBatch(tx, batch);
  if (counts.new + counts.changed > 0) {
    await markTouched(tx, workspaceId, { id: of.batchId, kind: sent.kind });
    await project(tx, { workspaceId, now }, projections);
  }
  return { batch, repeated: false };
};
