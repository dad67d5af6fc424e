import type { ImportMapping } from './mapping';
import type { RecordData } from './read-row';

/** A row's cells as they stand in its file; where only what was read of them is kept, that, in its columns. */
export const cellsAsWritten = (data: RecordData, { columns }: ImportMapping, headings: readonly string[]): string[] =>
  data.raw ??
  columns.map((column, at) => {
    if (column.to === 'field') return String(data.listed?.[column.field]?.join(';') ?? data[column.field] ?? '');
    if (column.to === 'entered') return data.entered?.find(({ stage, pipeline }) => stage === column.stage && pipeline === column.pipeline)?.at ?? '';
    const heading = headings[at] ?? '';
    return column.to === 'custom' && data.custom && Object.hasOwn(data.custom, heading) ? (data.custom[heading] ?? '') : '';
  });
