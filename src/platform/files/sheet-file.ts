import { fileNameOf, type Sheet } from '../../lib/sheet';

export const SHEET_FORMATS = ['pdf', 'pptx'] as const;
export type SheetFormat = (typeof SHEET_FORMATS)[number];

const TYPES: Readonly<Record<SheetFormat, string>> = { pdf: 'application/pdf', pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation' };

/** Sheets as a file of pages or slides. What makes them is loaded when it is asked for. */
export const sheetFile = async (format: SheetFormat, title: string, nameWords: readonly string[], sheets: readonly Sheet[]): Promise<File> => {
  const bytes = format === 'pdf' ? await (await import('../pdf/sheet-pdf')).sheetPdf(title, sheets) : await (await import('../slides/sheet-slides')).sheetSlides(title, sheets);
  return new File([new Uint8Array(bytes)], fileNameOf(nameWords, format), { type: TYPES[format] });
};
