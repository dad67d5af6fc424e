import starters from './starter-terms.json';

/** What a term says, and the readings it was chosen from. */
export type TermText = { text: string };

/** A word that the two functions are known to read differently; neither reading is the right one. Domain guide: "Shared vocabulary". */
export type StarterTerm = { key: string; name: string; readings: readonly { key: 'contact' | 'organisation'; text: string }[] };

export const STARTER_TERMS: readonly StarterTerm[] = starters.map(({ key, name, contact, organisation }) => ({ key, name, readings: [{ key: 'contact', text: contact }, { key: 'organisation', text: organisation }] }));
