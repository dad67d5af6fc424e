import type { Table } from '../../../lib/table';
import { FileFault, TABLE_LIMITS } from '../../../platform/files/limits';
import { readTable } from '../../../platform/files/read-table';
import { refuse } from '../../../platform/http/refusal';
import { findHeadingRow } from '../domain/headings';
import messages from '../messages/en.json';

const wording = (key: string, detail: string): string => ((messages as Record<string, string>)[key] ?? key).replaceAll('{detail}', detail);

/** More people than any sales and marketing organisation has; planning them keeps the server busy for about a second. */
const LIMITS = { ...TABLE_LIMITS, rows: 50_000 };

/** Reads what somebody uploaded. @throws 422 that says what is wrong with the file and what to do */
export const readUpload = async (file: File): Promise<Table> => {
  try {
    return await readTable(new Uint8Array(await file.arrayBuffer()), { limits: LIMITS, headingRow: findHeadingRow });
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    throw refuse.invalid(wording(`fault.${error.code}`, error.detail), wording(`fault.${error.code}.todo`, error.detail));
  }
};
