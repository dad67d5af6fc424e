import { recordsCells } from './records-cells';
import type { RecordsFile } from './records-file';
import { recordsTexts } from './records-texts';

/** Exports as systems and people make them, and some as an attacker would; all generated. */
export const RECORDS_CORPUS: readonly RecordsFile[] = [...recordsTexts, ...recordsCells];
