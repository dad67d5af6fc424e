import { faultSentence } from '../../../platform/files/fault-sentences';
import { FileFault, TABLE_LIMITS } from '../../../platform/files/limits';
import { readTable } from '../../../platform/files/read-table';
import { link, type LinkResult } from '../domain/matching/link';
import type { Setting } from '../domain/matching/vetoes';
import { readRecords, recordsFor, settingOf, type FileRecords } from '../match-records';

export type LinkFileOptions = { threshold: number; oneToOne: boolean };

export type LinkedFiles = { result: LinkResult; setting: Setting; files: FileRecords[] };

/** One of the files cannot be used; `file` is its place in the call. */
export class LinkFault extends Error {
  constructor(
    readonly file: number,
    message: string,
  ) {
    super(message);
  }
}

/** Files people match on their own machine may be large; these bounds only keep a damaged one from filling the memory. */
const LIMITS = { ...TABLE_LIMITS, fileBytes: 512 * 1024 * 1024, rows: 1_000_000 };

const readFileRecords = async (bytes: Uint8Array, place: number): Promise<FileRecords> => {
  try {
    return readRecords(await readTable(bytes, { limits: LIMITS }));
  } catch (error) {
    if (error instanceof FileFault) throw new LinkFault(place, faultSentence(error, true));
    throw error;
  }
};

/**
 * Finds the records of two files, or of one, that are one customer. Needs no database and keeps nothing.
 * @throws LinkFault when a file cannot be read or holds nothing to compare
 */
export const linkFiles = async (contents: readonly Uint8Array[], { threshold, oneToOne }: LinkFileOptions): Promise<LinkedFiles> => {
  const files: FileRecords[] = [];
  for (const [place, bytes] of contents.entries()) files.push(await readFileRecords(bytes, place));
  files.forEach(({ columns }, place) => {
    if (!columns.some(({ role }) => role !== 'id')) throw new LinkFault(place, 'no column was recognised. Columns such as given name, surname, company, email, phone, street, city are compared');
  });
  const setting = settingOf(files);
  const [first = [], second] = files.map((file) => recordsFor(setting, file));
  return { result: link({ setting, thresholds: { sure: threshold }, oneToOne }, first, second), setting, files };
};
