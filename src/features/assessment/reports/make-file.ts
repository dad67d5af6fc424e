import type { CodeSheet } from './code-sheet';
import { makeReport, type Report } from './make-report';
import type { ReportRequest } from './request';

export type CodeSheetRequest = { format: 'code-sheet'; fileName: string; sheet: CodeSheet };
export type FileRequest = ReportRequest | CodeSheetRequest;

/** A report of results, or the slips people answer from; both take seconds of computing for a large company. */
export const makeFile = async (request: FileRequest): Promise<Report> => {
  if (request.format !== 'code-sheet') return makeReport(request);
  const { makeCodeSheet } = await import('./code-sheet');
  return { fileName: request.fileName, contentType: 'application/pdf', body: await makeCodeSheet(request.sheet) };
};
