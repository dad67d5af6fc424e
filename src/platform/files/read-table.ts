import type { Table } from '../../lib/table';
import { FileFault, TABLE_LIMITS, type TableLimits } from './limits';
import { firstRow, readCsv, type HeadingRow } from './read-csv';
import { readXlsx } from './read-xlsx';
import { isZip } from './zip';

const begins = (bytes: Uint8Array, ...mark: number[]): boolean => mark.every((byte, index) => bytes[index] === byte);

const includesAscii = (bytes: Uint8Array, text: string): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from(text, 'utf16le'));

/** Files that are certainly no table, by what they begin with; a file's name proves nothing. @throws FileFault */
export const assertTabular = (bytes: Uint8Array): void => {
  if (begins(bytes, 0xd0, 0xcf, 0x11, 0xe0)) throw new FileFault(includesAscii(bytes, 'EncryptedPackage') ? 'locked_excel' : 'old_excel');
  const head = Buffer.from(bytes.subarray(0, 512)).toString('latin1').replace(/^ï»¿/u, '').trimStart().toLowerCase();
  if (/^(<!doctype html|<html|<head|<table|<meta)/u.test(head)) throw new FileFault('web_page');
  if (/^(<\?xml|<svg|%pdf-|\{\\rtf|gif8|\{|\[\{)/u.test(head)) throw new FileFault('not_a_table');
  if (begins(bytes, 0x89, 0x50, 0x4e, 0x47) || begins(bytes, 0xff, 0xd8, 0xff) || begins(bytes, 0x1f, 0x8b) || begins(bytes, 0x37, 0x7a, 0xbc, 0xaf) || begins(bytes, 0x52, 0x61, 0x72, 0x21))
    throw new FileFault('not_a_table');
};

/**
 * Reads a CSV or XLSX file; which of the two is told by its bytes.
 * @param headingRow chooses among the first rows; by default the first row that is not blank
 * @throws FileFault with a code that the page words
 */
export const readTable = async (bytes: Uint8Array, options: { limits?: TableLimits; headingRow?: HeadingRow } = {}): Promise<Table> => {
  const limits = options.limits ?? TABLE_LIMITS;
  const headingRow = options.headingRow ?? firstRow;
  if (bytes.length === 0) throw new FileFault('file_empty');
  if (bytes.length > limits.fileBytes) throw new FileFault('file_too_big', String(Math.floor(limits.fileBytes / 1024 / 1024)));
  assertTabular(bytes);
  return isZip(bytes) ? readXlsx(bytes, limits, headingRow) : readCsv(bytes, limits, headingRow);
};
