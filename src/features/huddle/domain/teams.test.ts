import { describe, expect, test } from 'vitest';
import { seeded } from '../../../lib/seeded';
import { FUNCTIONS, LEVELS } from '../../../lib/vocabulary';
import { drawTeams, teamCount, type ToPlace } from './teams';

/** A company whose people each report to one of the managers. */
const company = (size: number, seed: number): ToPlace[] => {
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  return Array.from({ length: size }, (_, at) => {
    const manages = at % 8 === 0;
    return { id: `s${at}`, function: pick(['sales', 'sales', 'marketing'] as const), level: manages ? 'manager' : 'front_line', territory: pick(['North', 'South', 'West']), personId: `p${at}`, managerId: manages ? null : `p${at - (at % 8)}` };
  });
};

test.each([[0, 0], [1, 1], [8, 1], [9, 2], [12, 2], [13, 2], [14, 2], [17, 3], [21, 3], [24, 3], [70, 10], [300, 43]])('%i people are %i teams', (people, teams) => expect(teamCount(people)).toBe(teams));

test('from twelve people on every team can have six to eight, but for seventeen', () => {
  for (let people = 12; people <= 400; people += 1) {
    const count = teamCount(people);
    const fits = Math.floor(people / count) >= 6 && Math.ceil(people / count) <= 8;
    expect({ people, fits }).toEqual({ people, fits: people !== 17 });
  }
});

describe.each([[1], [2]])('teams drawn (company %i)', (seed) => {
  const people = company(70, seed);
  test.each(['single', 'mixed'] as const)('%s: everybody once, sizes six to eight', (draw) => {
    const { teams } = drawTeams(people, draw, seeded(seed));
    expect(teams.flatMap(({ members }) => members).toSorted()).toEqual(people.map(({ id }) => id).toSorted());
    for (const { room, members } of teams) {
      const of = members.map((id) => people.find((each) => each.id === id) as ToPlace);
      if (draw === 'single') expect(new Set(of.map((each) => each.function))).toEqual(new Set([room]));
      else expect(room).toBeNull();
    }
  });
  test('mixed teams hold both functions in like numbers, and nobody sits with whom they report to', () => {
    const { teams, reporting, sizesOff } = drawTeams(people, 'mixed', seeded(seed));
    expect({ reporting, sizesOff }).toEqual({ reporting: 0, sizesOff: 0 });
    const sales = teams.map(({ members }) => members.filter((id) => people.find((each) => each.id === id)?.function === 'sales').length);
    expect(Math.max(...sales) - Math.min(...sales)).toBeLessThanOrEqual(2);
  });
});

test('levels and territories are spread: no team holds more of a kind than its share asks for, by more than one', () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const people = company(70, seed);
    const { teams } = drawTeams(people, 'mixed', seeded(seed));
    const kinds: ((each: ToPlace) => string)[] = [(each) => each.level ?? '', (each) => each.territory];
    for (const kind of kinds)
      for (const of of new Set(people.map(kind))) {
        const counts = teams.map(({ members }) => members.filter((id) => kind(people.find((each) => each.id === id) as ToPlace) === of).length);
        expect({ seed, of, fits: Math.max(...counts) <= Math.ceil(people.filter((each) => kind(each) === of).length / teams.length) + 1 }).toEqual({ seed, of, fits: true });
      }
  }
});

test('a reporting line that cannot be helped is told', () => {
  const few: ToPlace[] = FUNCTIONS.slice(0, 2).flatMap((does, at) => LEVELS.slice(0, 2).map((level, deep) => ({ id: `${does}${deep}`, function: does, level, territory: '', personId: `${at}${deep}`, managerId: deep === 1 ? `${at}0` : null })));
  expect(drawTeams(few, 'single', seeded(1))).toMatchObject({ reporting: 2, sizesOff: 2 });
});
