import type { Side } from '../../../lib/vocabulary';
import { CAUSES, weighCauses, type Cause, type EvidenceId, type Reading, type Standing } from './causes';

/** Tools 1-3 are read as currents, 4-6 as characteristics, 7-8 as consequences (MB appendix). */
export const CHAIN = { currents: ['2', '3'], characteristics: ['4', '5', '6'], consequences: ['7a', '7b', '7c', '8'] } as const;
export type ChainPart = keyof typeof CHAIN;
export const PARTS = Object.keys(CHAIN) as ChainPart[];

type Told = { sectionId: string; side: Side };
/** One survey as the disclosure gate lets it out. `changes` are since the survey `since`, with 95 % intervals; null where the gate keeps one back. */
export type WaveSaid = {
  id: string; name: string; closedAt: string;
  means: readonly (Told & { mean: number })[];
  since: string | null; changes: readonly (Told & { value: number; low: number | null; high: number | null })[];
  readings: Readonly<Partial<Record<EvidenceId, Reading>>>;
};

/** `unclear` while the interval holds nought. */
export type Way = 'up' | 'down' | 'unclear';
export type OverRow = Told & { part: ChainPart; /** One for each survey, oldest first. */ means: (number | null)[]; change: { value: number; low: number; high: number; way: Way } | null };
export type OverWaves = {
  waves: { id: string; name: string; closedAt: string }[];
  rows: OverRow[];
  /** How many sections of each part moved with an interval clear of nought, by side. */
  moved: { side: Side; part: ChainPart; up: number; down: number; of: number }[];
  /** What the answers alone said of each cause, survey by survey. */
  causes: { cause: Cause; standings: Standing[] }[];
};

const wayOf = (low: number, high: number): Way => (low > 0 ? 'up' : high < 0 ? 'down' : 'unclear');

/**
 * The same sections in survey after survey, with the change since the one before and its interval. What moved together is an association and no more.
 * @param waves oldest first
 * @returns null for fewer than two
 */
export const overWaves = (waves: readonly WaveSaid[], sides: readonly Side[]): OverWaves | null => {
  const [latest, before] = [waves.at(-1), waves.at(-2)];
  if (!latest || !before) return null;
  const same = ({ sectionId, side }: Told) => (each: Told): boolean => each.sectionId === sectionId && each.side === side;
  const rows = PARTS.flatMap((part) => CHAIN[part].flatMap((sectionId) => sides.flatMap((side): OverRow[] => {
    const is = same({ sectionId, side });
    const means = waves.map((wave) => wave.means.find(is)?.mean ?? null);
    if (means.every((mean) => mean === null)) return [];
    const change = latest.since === before.id ? latest.changes.find(is) : undefined;
    const told = change && change.low !== null && change.high !== null ? { value: change.value, low: change.low, high: change.high, way: wayOf(change.low, change.high) } : null;
    return [{ part, sectionId, side, means, change: told }];
  })));
  const moved = sides.flatMap((side) => PARTS.map((part) => {
    const told = rows.filter((row) => row.side === side && row.part === part && row.change !== null);
    const count = (way: Way): number => told.filter(({ change }) => change?.way === way).length;
    return { side, part, up: count('up'), down: count('down'), of: told.length };
  }));
  const weighed = waves.map(({ readings }) => weighCauses(readings));
  const causes = CAUSES.map((cause) => ({ cause, standings: weighed.map((all) => all.find((each) => each.cause === cause)?.standing ?? 'cannot_tell') }));
  return { waves: waves.map(({ id, name, closedAt }) => ({ id, name, closedAt })), rows, moved, causes };
};
