/** The 18-character ids of Salesforce: three characters say which of the 15 before them are capitals, so that programs may ignore case. */
const SUFFIX = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

const suffixOf = (id: string): string =>
  [0, 5, 10].map((from) => SUFFIX[[...id.slice(from, from + 5)].reduce((bits, letter, at) => (letter >= 'A' && letter <= 'Z' ? bits | (1 << at) : bits), 0)] ?? '').join('');

/** The form in which both spellings of one Salesforce id are equal; any other id as it stands. */
export const foldId = (id: string): string => (id.length === 18 && /^[A-Za-z0-9]{18}$/u.test(id) && suffixOf(id.slice(0, 15)) === id.slice(15).toUpperCase() ? id.slice(0, 15) : id);

/** What an id of Salesforce is of, by its first three characters (Object Reference, key prefixes). */
export const kindOfId = (id: string): 'lead' | 'contact' | 'account' | 'deal' | undefined => {
  if (!/^[A-Za-z0-9]{15}$/u.test(id)) return undefined;
  return ({ '00Q': 'lead', '003': 'contact', '001': 'account', '006': 'deal' } as const)[id.slice(0, 3)];
};

/** Ids that one cell lists, the main one first: `12;34`, or `12, 34` where nothing but ids stands. */
export const listedIds = (text: string): string[] => {
  const parts = text.split(';');
  const ids = parts.length === 1 && /^\w+(?:\s*,\s*\w+)+$/u.test(text) ? text.split(',') : parts;
  return [...new Set(ids.map((id) => foldId(id.trim())).filter((id) => id !== ''))];
};
