import type { TableProblem } from '../../../lib/table';
import type { FileFaultCode } from '../../../platform/files/limits';
import type { RowProblem } from '../domain/read-row';

/** What becomes of a file. Counts that are left out are zero; lists hold every code that occurs, once, in order. */
export type Expected =
  | { fault: FileFaultCode }
  | { mappingFault: 'no_headings' | 'no_email_column' }
  | {
      new: number;
      merged?: number;
      rejected?: number;
      table?: TableProblem['code'][];
      rows?: RowProblem['code'][];
      encoding?: string;
      delimiter?: string;
      /** Rows by line: name, or any value. */
      people?: Record<number, Record<string, unknown>>;
    };

export type CorpusFile = { name: string; bytes: () => Uint8Array | Promise<Uint8Array>; expected: Expected };
