import { standing, type LogEntry } from './log';

/** From when on a stage rested on a term, or on none. The first link of a stage also holds for what came there before it. Times are milliseconds since 1970. */
export type TermLink = { stageId: string; since: number; termId: string | null };

/** A wording both heads signed, and for how long it counted: from inclusive, to exclusive, null while it counts. */
export type TermVersion = { termId: string; name: string; version: number; text: string; from: number; to: number | null };

export type KeptTerm = TermVersion & { stageId: string; at: number };

/** A link changed so soon was a slip: the new one takes its place, for the same leads. */
export const CORRECTED_WITHIN_MS = 86_400_000;

const termAt = (links: readonly TermLink[], stageId: string, at: number): string | null => {
  const own = links.filter((link) => link.stageId === stageId).toSorted((a, b) => a.since - b.since);
  return (own.findLast(({ since }) => since <= at) ?? own[0])?.termId ?? null;
};

const inForce = (versions: readonly TermVersion[], termId: string, at: number): TermVersion | undefined => versions.find((each) => each.termId === termId && each.from <= at && (each.to === null || at < each.to));

/**
 * The wording under which each entry of a log came to its stage; null where the stage rested on no term, no version counted yet, or the lead stood
 * there already. A version signed later changes nothing about what came before it.
 * @param log in order
 */
export const versionsOfLog = <Entry extends LogEntry>(log: readonly Entry[], links: readonly TermLink[], versions: readonly TermVersion[]): Map<Entry, KeptTerm> => {
  const kept = new Map<Entry, KeptTerm>();
  let before: string | null = null;
  for (const entry of standing(log)) {
    const termId = entry.stageId === before ? null : termAt(links, entry.stageId, entry.at);
    const version = termId === null ? undefined : inForce(versions, termId, entry.at);
    if (version) kept.set(entry, { ...version, stageId: entry.stageId, at: entry.at });
    before = entry.stageId;
  }
  return kept;
};

/** Of each term the version that counted when the lead last came to a stage that rests on it. */
export const lastOfEach = (kept: Iterable<KeptTerm>): KeptTerm[] => [...new Map([...kept].map((each) => [each.termId, each])).values()];
