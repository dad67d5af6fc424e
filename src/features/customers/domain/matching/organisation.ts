import { fold, withoutDigraphs, words } from './fold';
import { closeness } from './names';
import { oneSlipApart, wordOverlap } from './similarity';

/** An organisation's name: what distinguishes it, and the legal form apart. */
export type OrganisationName = { core: string; joined: string; parts: readonly string[]; sorted: string; form: string };

/** Legal forms by what people write, folded and without dots; several spellings of one form share a value. */
const FORMS: ReadonlyMap<string, string> = new Map(Object.entries({
  gmbh: 'gmbh', mbh: 'gmbh', ag: 'ag', kg: 'kg', kgaa: 'kgaa', ohg: 'ohg', gbr: 'gbr', ug: 'ug', ev: 'ev', eg: 'eg', se: 'se',
  ltd: 'ltd', limited: 'ltd', plc: 'plc', llp: 'llp', lp: 'lp', inc: 'inc', incorporated: 'inc', corp: 'corp', corporation: 'corp', llc: 'llc', pllc: 'llc',
  bv: 'bv', nv: 'nv', vof: 'vof', cv: 'cv', sa: 'sa', sas: 'sas', sasu: 'sas', sarl: 'sarl', eurl: 'eurl', sl: 'sl', slu: 'sl', srl: 'srl', spa: 'spa', lda: 'lda', ltda: 'ltda',
  ab: 'ab', as: 'as', asa: 'asa', aps: 'aps', oy: 'oy', oyj: 'oyj', kft: 'kft', zrt: 'zrt', sro: 'sro', doo: 'doo', spzoo: 'spzoo', pty: 'ltd', pte: 'ltd', kk: 'kk', bvba: 'bv', sprl: 'srl',
}));
const PHRASES: readonly [RegExp, string][] = [
  [/\bsp z o ?o\b/gu, 'spzoo'], [/\bs p a\b/gu, 'spa'], [/\bs r l\b/gu, 'srl'], [/\bs r o\b/gu, 'sro'], [/\bs a r l\b/gu, 'sarl'], [/\bs a s\b/gu, 'sas'], [/\bs a\b/gu, 'sa'], [/\bs l\b/gu, 'sl'],
  [/\bb v\b/gu, 'bv'], [/\bn v\b/gu, 'nv'], [/\be v\b/gu, 'ev'], [/\bd o o\b/gu, 'doo'], [/\bl l c\b/gu, 'llc'], [/\bp l c\b/gu, 'plc'], [/\ba g\b/gu, 'ag'],
];
/** Words that say no more than "company". */
const EMPTY = new Set(['the', 'co', 'company', 'cie', 'und', 'and', 'et', 'y', 'de', 'of']);

/** A name that is only a form or an empty word keeps it, so that nothing is ever compared as blank. */
export const organisationName = (raw: string): OrganisationName => {
  const text = PHRASES.reduce((done, [spelled, form]) => done.replace(spelled, form), fold(raw.replace(/&/gu, ' and ')));
  const all = words(text);
  // A form stands behind the name (or, in a few countries, in front); one in the middle is part of the name.
  let end = all.length;
  const forms: string[] = [];
  while (end > 1 && (FORMS.has(all[end - 1] as string) || EMPTY.has(all[end - 1] as string))) {
    end -= 1;
    const form = FORMS.get(all[end] as string);
    if (form) forms.unshift(form);
  }
  const kept = all.slice(0, end).filter((part) => !EMPTY.has(part));
  const parts = kept.length > 0 ? kept : all;
  const core = withoutDigraphs(parts.join(' '));
  const plain = parts.map(withoutDigraphs);
  return { core, joined: plain.join(''), parts: plain, sorted: [...plain].sort().join(' '), form: [...new Set(forms)].join('+') };
};

export type OrganisationLevel = 'same' | 'variant' | 'other_form' | 'near' | 'within' | 'similar' | 'different';

/**
 * `within`: one name holds all words of the other and more — a branch, a subsidiary, or a fuller spelling; `other_form`: the names
 * agree, the legal forms do not, so two entities may be meant.
 */
export const compareOrganisation = (left: OrganisationName, right: OrganisationName): OrganisationLevel => {
  const forms = left.form !== right.form && left.form !== '' && right.form !== '';
  if (left.core === right.core) return forms ? 'other_form' : 'same';
  if (left.joined === right.joined || left.sorted === right.sorted) return forms ? 'other_form' : 'variant';
  const { share, within } = wordOverlap(left.parts, right.parts);
  if (within) return 'within';
  // Words that differ wholly weigh more than letters in common: "Nord Logistik" and "Nord Logistics" are near, "Nord Bau" and "Nord Bank"
  // are not; a word more is another name, unless only the space slipped.
  const near = left.parts.length === right.parts.length ? everyWordClose(left.parts, right.parts) : oneSlipApart(left.joined, right.joined);
  if (near) return forms ? 'other_form' : 'near';
  return share >= 0.5 || closeness(left.core, right.core) !== 'different' ? 'similar' : 'different';
};

const everyWordClose = (left: readonly string[], right: readonly string[]): boolean =>
  left.every((part, index) => part === right[index] || closeness(part, right[index] ?? '') === 'near' || (part.length > 6 && closeness(part, right[index] ?? '') === 'similar'));
