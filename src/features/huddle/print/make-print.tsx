import { renderToBuffer } from '@react-pdf/renderer';
import type { HuddleRecord } from '../contract';
import { registerFonts } from '../../../platform/pdf/fonts';
import { PaperPdf, type Paper } from './paper-pdf';
import { RecordPdf } from './record-pdf';

export type PrintRequest = { record: HuddleRecord } | { paper: Paper };

export const makePrint = async (request: PrintRequest): Promise<Uint8Array> => {
  registerFonts();
  return new Uint8Array(await renderToBuffer('record' in request ? <RecordPdf record={request.record} /> : <PaperPdf paper={request.paper} />));
};
