import type { WorkspaceTx } from '../../platform/db/database';
import { wordingOf } from '../agreements/public';
import { inOrder, type LogEntry } from './domain/log';
import { lastOfEach, versionsOfLog } from './domain/term-versions';
import { versionsOf } from './handoff-repo';
import { stagePlaces } from './log-repo';
import type { stageEvent } from './schema';
import { termLinks, termVersions } from './term-repo';

type LogRow = Pick<typeof stageEvent.$inferSelect, 'id' | 'at' | 'stageId' | 'reason' | 'actor' | 'withdraws'>;

/**
 * The versions of terms that a lead keeps: by its log, of each stage it came to; and of other terms those that counted when it was last offered.
 * @returns `entries` by the entry's id
 */
export const termsKept = async (tx: WorkspaceTx, leadId: string, rows: readonly LogRow[]) => {
  const log = inOrder(rows.map((row): LogEntry => ({ ...row, at: row.at.getTime() })), await stagePlaces(tx));
  const kept = versionsOfLog(log, await termLinks(tx), await termVersions(tx));
  const own = lastOfEach(kept.values());
  const offered = (await wordingOf(tx, await versionsOf(tx, leadId))).filter(({ id }) => !own.some(({ termId }) => termId === id));
  return {
    entries: new Map([...kept].map(([{ id }, { name, version }]) => [id ?? '', { name, version }])),
    all: [
      ...own.map(({ termId, name, version, text, stageId, at }) => ({ id: termId, name, version, text, stageId, at: new Date(at).toISOString() })),
      ...offered.map(({ id, name, version, text }) => ({ id, name, version, text, stageId: null, at: null })),
    ],
  };
};
