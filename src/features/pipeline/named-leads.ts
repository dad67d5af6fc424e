import { sql } from 'drizzle-orm';
import type { WorkspaceTx } from '../../platform/db/database';
import { idAt, type LeadColumns } from './domain/lead-columns';
import { heldLeads, readAhead } from './held-leads';

/** Of more leads than these a page is found soon enough by reading them in their order. */
const MOST = 2_000;
/** Portions that a search waits for; where more have changed, the database reads all names instead. */
const FEW = 8;

/** The row whose line holds this byte. */
const rowAt = (from: Uint32Array, byte: number): number => {
  let [low, high] = [0, from.length - 2];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((from[middle] ?? 0) <= byte) low = middle;
    else high = middle - 1;
  }
  return low;
};

const rowsWith = ({ texts, textsFrom }: LeadColumns, part: Buffer, most: number): number[] => {
  const bytes = Buffer.from(texts.buffer, texts.byteOffset, texts.byteLength);
  const rows: number[] = [];
  for (let at = bytes.indexOf(part); at >= 0 && rows.length <= most; ) {
    const row = rowAt(textsFrom, at);
    rows.push(row);
    at = bytes.indexOf(part, textsFrom[row + 1] ?? bytes.length);
  }
  return rows;
};

/**
 * Leads in whose name or company a text occurs, case aside, found in what is held of all of them: no index can be asked under row security for
 * part of a name. To be compared again by whoever reads them.
 * @returns nothing where there are many, or where what is held would have to be read first
 */
export const leadsNaming = async (tx: WorkspaceTx, workspaceId: string, search: string): Promise<string[] | undefined> => {
  if (/\p{Cc}/u.test(search) || (await readAhead(tx, workspaceId, FEW)) > 0) return undefined;
  const part = Buffer.from((await tx.execute<{ small: string }>(sql`select lower(${search}::text) as small`)).rows[0]?.small ?? search);
  const found: string[] = [];
  for (const leads of (await heldLeads(tx, workspaceId)).portions) {
    for (const row of rowsWith(leads, part, MOST)) found.push(idAt(leads, row));
    if (found.length > MOST) return undefined;
  }
  return found;
};
