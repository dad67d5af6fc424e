import type { CorpusFile } from './corpus-file';
import { corpusOfSheets } from './corpus-sheets';
import { corpusOfSlips } from './corpus-slips';
import { corpusOfTexts } from './corpus-texts';

/** Files as people and their programs make them, and some as an attacker would. All are generated, none holds real people. */
export const CORPUS: readonly CorpusFile[] = [...corpusOfTexts, ...corpusOfSlips, ...corpusOfSheets];
