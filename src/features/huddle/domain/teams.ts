import { FUNCTIONS, type FunctionName, type Level } from '../../../lib/vocabulary';
import type { Draw, Room } from './agenda';

/** What drawing looks at. */
export type ToPlace = { id: string; function: FunctionName; level: Level | null; territory: string; personId: string | null; managerId: string | null };
export type Drawn = { room: Room | null; members: string[] };
/** `reporting`: teams in which somebody sits with whom they report to. */
export type Drawing = { teams: Drawn[]; reporting: number; sizesOff: number };

export const SMALLEST = 6;
export const LARGEST = 8;
const WISHED = 7;
/** What weighs how much when two seats are compared: keeping reporting lines apart comes first. */
const WEIGHT = { reporting: 1_000, function: 12, level: 4, territory: 2 } as const;

/** How many teams hold this many people best at six to eight each. */
export const teamCount = (people: number): number => {
  if (people <= LARGEST) return people === 0 ? 0 : 1;
  const most = Math.floor(people / SMALLEST);
  const fewest = Math.ceil(people / LARGEST);
  return Math.max(fewest, Math.min(most, Math.round(people / WISHED)));
};

const tally = (members: readonly ToPlace[], of: (each: ToPlace) => string): number => {
  const counts = new Map<string, number>();
  for (const each of members) counts.set(of(each), (counts.get(of(each)) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum + count * count, 0);
};

/** Pairs of a team of whom one reports to the other. */
const reportingPairs = (members: readonly ToPlace[]): number => {
  const people = new Set(members.flatMap(({ personId }) => personId ?? []));
  return members.filter(({ managerId }) => managerId !== null && people.has(managerId)).length;
};

const cost = (members: readonly ToPlace[]): number =>
  WEIGHT.reporting * reportingPairs(members) + WEIGHT.function * tally(members, (each) => each.function) + WEIGHT.level * tally(members, (each) => each.level ?? '') + WEIGHT.territory * tally(members, (each) => each.territory);

const shuffled = <T>(list: readonly T[], random: () => number): T[] => {
  const all = [...list];
  for (let at = all.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [all[at], all[other]] = [all[other] as T, all[at] as T];
  }
  return all;
};

/** Swaps one person for another as long as that makes the two teams better. */
const improve = (teams: ToPlace[][]): void => {
  for (let better = true, round = 0; better && round < 4; round += 1) {
    better = false;
    for (const [at, one] of teams.entries())
      for (const other of teams.slice(at + 1)) {
        let now = cost(one) + cost(other);
        for (let i = 0; i < one.length; i += 1)
          for (let j = 0; j < other.length; j += 1) {
            const [a, b] = [one[i] as ToPlace, other[j] as ToPlace];
            [one[i], other[j]] = [b, a];
            const swapped = cost(one) + cost(other);
            if (swapped < now) [better, now] = [true, swapped];
            else [one[i], other[j]] = [a, b];
          }
      }
  }
};

const dealt = (people: readonly ToPlace[], random: () => number): ToPlace[][] => {
  const count = teamCount(people.length);
  const teams: ToPlace[][] = Array.from({ length: count }, () => []);
  const key = (each: ToPlace) => `${each.function} ${each.level ?? ''} ${each.territory}`;
  // Alike people go to different teams: sorted by likeness, dealt like cards.
  for (const [at, each] of shuffled(people, random).toSorted((a, b) => key(a).localeCompare(key(b))).entries()) teams[at % count]?.push(each);
  improve(teams);
  return teams;
};

/**
 * Draws teams of six to eight: of one function each, or of both; levels and territories spread, nobody beside whom they report to where that can be helped.
 * @param random gives numbers in [0, 1)
 */
export const drawTeams = (people: readonly ToPlace[], draw: Draw, random: () => number): Drawing => {
  const parts: { room: Room | null; of: readonly ToPlace[] }[] = draw === 'mixed' ? [{ room: null, of: people }] : FUNCTIONS.map((room) => ({ room, of: people.filter((each) => each.function === room) }));
  const teams = parts.flatMap(({ room, of }) => dealt(of, random).map((members) => ({ room, members })));
  return {
    teams: teams.map(({ room, members }) => ({ room, members: members.map(({ id }) => id) })),
    reporting: teams.filter(({ members }) => reportingPairs(members) > 0).length,
    sizesOff: teams.filter(({ members }) => members.length < SMALLEST || members.length > LARGEST).length,
  };
};
