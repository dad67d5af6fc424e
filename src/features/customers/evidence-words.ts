import type { Evidence } from './domain/matching/link';
import type { Veto } from './domain/matching/vetoes';
import messages from './messages/matching.en.json';

const TEXTS: Readonly<Record<string, string>> = messages;

const text = (key: string): string => {
  const found = TEXTS[key];
  if (found === undefined) throw new Error(`no text for "${key}"`);
  return found;
};

/** "Given name: another usual spelling (Bob, Robert)". */
export const evidenceInWords = ({ field, level, a, b }: Evidence): string => `${text(`field.${field}`)}: ${text(`level.${level}`)} (${a === b ? a : `${a} | ${b}`})`;

export const vetoInWords = (veto: Veto): string => text(`veto.${veto}`);
