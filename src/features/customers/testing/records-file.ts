import type { FileFaultCode } from '../../../platform/files/limits';
import type { RowProblem } from '../domain/read-row';

/** What becomes of a file of records. Counts that are left out are zero. */
export type Expected =
  | { fault: FileFaultCode }
  | { mappingFault: 'needs_one_of' }
  | {
      new: number;
      merged?: number;
      rejected?: number;
      /** Codes of the rejected rows by line. */
      problems?: Record<number, RowProblem>;
      /** What is read of a row, by line; `undefined` for what must not be there. */
      rows?: Record<number, Record<string, unknown>>;
      /** Only a person can say how dates or numbers are meant. */
      asks?: ('dates' | 'decimals')[];
    };

export type RecordsFile = { name: string; bytes: () => Uint8Array | Promise<Uint8Array>; expected: Expected };

export const utf8 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf8'));
export const file = (name: string, text: string | (() => string), expected: Expected): RecordsFile => ({ name, bytes: () => utf8(typeof text === 'string' ? text : text()), expected });
