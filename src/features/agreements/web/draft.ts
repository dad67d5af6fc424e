import { plain } from '../../../lib/plain';
import { SIDES } from '../../../lib/vocabulary';
import { REACHABLE, STARTS, UNITS, UNTILS, type Commitment } from '../domain/commitment';
import { blank } from '../domain/example';
import { STARTER_TERMS } from '../domain/terms';
import type { CardView, TermView } from './calls';
import type { CommitmentDraft } from './commitment-form';
import type { TermDraft } from './term-form';

/** What another page asks these pages to begin with, as it stands in their address. */
export type DraftSearch = { draft?: 'term' | 'commitment'; name?: string; note?: string; owes?: Commitment['owes']; from?: Commitment['from']; until?: Commitment['until']; stage?: NonNullable<Commitment['stage']>; limit?: number; unit?: Commitment['unit'] };

const oneOf = <T extends string>(value: unknown, values: readonly T[]): T | undefined => values.find((each) => each === value);
const text = (value: unknown, most: number): string | undefined => (typeof value === 'string' && value.trim() !== '' ? value.slice(0, most) : undefined);

/** Reads an address; whatever it does not know is left out. */
export const readDraft = (raw: Record<string, unknown>): DraftSearch => {
  const draft = oneOf(raw['draft'], ['term', 'commitment'] as const);
  if (!draft) return {};
  const limit = Number(raw['limit']);
  const found: DraftSearch = {
    draft, name: text(raw['name'], 120), note: text(raw['note'], 2_000), owes: oneOf(raw['owes'], SIDES), from: oneOf(raw['from'], STARTS), until: oneOf(raw['until'], UNTILS), stage: oneOf(raw['stage'], REACHABLE), unit: oneOf(raw['unit'], UNITS),
    limit: Number.isInteger(limit) && limit >= 1 && limit <= 500 ? limit : undefined,
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
};

/** The promise to begin with; a change of the one that stands, where both sides promised the same thing already. */
export const commitmentDraft = ({ draft, note, ...said }: DraftSearch, cards: readonly CardView[], startsOn: string): CommitmentDraft | null => {
  if (draft !== 'commitment') return null;
  const { name: _, ...terms } = said;
  const commitment: Commitment = { ...blank(startsOn), ...terms, kind: 'response', stage: terms.until === 'stage' ? (terms.stage ?? 'accepted') : null };
  const same = cards.find(({ signed, waiting, endedAt }) => {
    const says = signed?.commitment;
    return endedAt === null && waiting === null && says?.kind === 'response' && says.owes === commitment.owes && says.from === commitment.from && says.until === commitment.until && says.stage === commitment.stage;
  });
  return { ...(same ? { id: same.id } : {}), name: '', commitment, ...(note ? { note } : {}) };
};

/** The word to begin with: another wording of the one that stands, or the first of one that both read differently. */
export const termDraft = ({ draft, name = '', note }: DraftSearch, terms: readonly TermView[]): TermDraft | null => {
  if (draft !== 'term') return null;
  const there = terms.find((row) => plain(row.name) === plain(name));
  if (there?.waiting) return null;
  const readings = STARTER_TERMS.find((term) => plain(term.name) === plain(name))?.readings;
  return { ...(there ? { id: there.id } : {}), name: there?.name ?? name, text: there?.signed?.term.text ?? '', ...(readings ? { readings } : {}), ...(note ? { note } : {}) };
};
