import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attribute, MODELS, type Attribution } from './attribute';
import { indexPaths, type Path } from './paths';

const CHANNELS = ['A', 'B', 'C', 'D', 'E'];
const anyPath = (names = CHANNELS): fc.Arbitrary<Path> =>
  fc
    .record({ channels: fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 8 }), conversions: fc.nat(20), nonConversions: fc.nat(60), marks: fc.tuple(fc.double({ min: 0, max: 0.99, noNaN: true }), fc.double({ min: 0, max: 0.99, noNaN: true })) })
    .map(({ marks, ...path }) => ({ ...path, leadAt: Math.floor(marks[0] * path.channels.length), opportunityAt: Math.floor(marks[1] * path.channels.length) }));
const anyPaths = fc.array(anyPath(), { minLength: 1, maxLength: 15 });
const run = (paths: Path[]): Attribution => attribute(indexPaths(paths));
const byName = ({ channels, models }: Attribution, model: (typeof MODELS)[number]): Map<string, number> => new Map(channels.map((channel, at) => [channel, (models[model]?.[at] as number) ?? 0]));
const close = (a: Map<string, number>, b: Map<string, number>, digits = 8) => {
  for (const name of new Set([...a.keys(), ...b.keys()])) expect(a.get(name) ?? 0).toBeCloseTo(b.get(name) ?? 0, digits);
};
const holds = (property: (paths: Path[]) => void, runs = 100) => fc.assert(fc.property(anyPaths, property), { numRuns: runs });

/** Shapley by its definition: the mean, over all orders of arrival, of the orders won by the paths a channel completes. */
const shapleyByDefinition = (paths: Path[]): Map<string, number> => {
  const players = [...new Set(paths.flatMap(({ channels }) => channels))];
  const worth = (members: Set<string>) => paths.reduce((sum, { channels, conversions }) => sum + (channels.every((channel) => members.has(channel)) ? conversions : 0), 0);
  const arrivals = (left: string[]): string[][] => (left.length === 0 ? [[]] : left.flatMap((one) => arrivals(left.filter((other) => other !== one)).map((rest) => [one, ...rest])));
  const all = arrivals(players);
  const credit = new Map(players.map((player) => [player, 0]));
  for (const arrival of all) {
    const members = new Set<string>();
    for (const player of arrival) {
      const before = worth(members);
      members.add(player);
      credit.set(player, (credit.get(player) ?? 0) + (worth(members) - before) / all.length);
    }
  }
  return credit;
};

/** Conversion probability with a channel switched off, by following the chain until nothing is left: no linear system. */
const probabilityWithout = (paths: Path[], removed: string | null): number => {
  const moves = new Map<string, Map<string, number>>();
  const add = (from: string, to: string, weight: number) => moves.set(from, (moves.get(from) ?? new Map<string, number>()).set(to, (moves.get(from)?.get(to) ?? 0) + weight));
  for (const { channels, conversions, nonConversions } of paths) {
    const steps = ['(start)', ...channels];
    steps.slice(1).forEach((to, at) => add(steps[at] as string, to, conversions + nonConversions));
    add(steps[steps.length - 1] as string, '(order)', conversions);
    add(steps[steps.length - 1] as string, '(none)', nonConversions);
  }
  let at = new Map([['(start)', 1]]);
  let ordered = 0;
  for (let round = 0; round < 5000; round += 1) {
    const next = new Map<string, number>();
    for (const [state, mass] of at) {
      const out = moves.get(state) ?? new Map<string, number>();
      const total = [...out.values()].reduce((sum, weight) => sum + weight, 0);
      for (const [to, weight] of out) {
        const share = total === 0 ? 0 : (mass * weight) / total;
        if (to === '(order)') ordered += share;
        else if (to !== '(none)' && to !== removed) next.set(to, (next.get(to) ?? 0) + share);
      }
    }
    at = next;
    if ([...at.values()].every((mass) => mass < 1e-15)) break;
  }
  return ordered;
};

describe('for any paths', () => {
  it('the credits of every model add up to the orders', () =>
    holds((paths) => {
      const got = run(paths);
      for (const model of MODELS) {
        const credits = got.models[model];
        if (got.conversions === 0) expect(credits).toBeNull();
        else expect(credits?.reduce((sum, credit) => sum + credit, 0)).toBeCloseTo(got.conversions, 8);
      }
    }));

  it('no credit is negative or more than all orders', () =>
    holds((paths) => {
      const got = run(paths);
      for (const model of MODELS) for (const credit of got.models[model] ?? []) expect(credit >= -1e-12 && credit <= got.conversions + 1e-9).toBe(true);
    }));

  it('the chain converts as often as the paths did', () =>
    holds((paths) => {
      const { conversions, conversionProbability } = run(paths);
      fc.pre(conversions > 0);
      expect(probabilityWithout(paths, null)).toBeCloseTo(conversionProbability ?? NaN, 10);
    }, 60));

  it('Markov takes away exactly what following the chain without the channel takes away', () =>
    holds((paths) => {
      const { channels, removalEffects, conversionProbability, conversions } = run(paths);
      fc.pre(conversions > 0);
      channels.forEach((channel, at) => expect(removalEffects?.[at]).toBeCloseTo(1 - probabilityWithout(paths, channel) / (conversionProbability ?? NaN), 9));
    }, 60));

  it('a channel met twice in a row changes nothing for Markov', () =>
    holds((paths) => {
      const stretched = paths.map((path) => ({ ...path, channels: path.channels.flatMap((channel, at) => (at % 2 ? [channel] : [channel, channel, channel])) }));
      close(byName(run(paths), 'markov'), byName(run(stretched), 'markov'));
    }));

  it('Shapley is the equal split over the distinct channels of a path', () => holds((paths) => close(byName(run(paths), 'shapley'), shapleyByDefinition(paths)), 40));

  it('Shapley does not care about the order of touches, nor about repeats', () =>
    fc.assert(
      fc.property(anyPaths.chain((paths) => fc.tuple(fc.constant(paths), fc.tuple(...paths.map(({ channels }) => fc.shuffledSubarray([...channels], { minLength: channels.length }))))), ([paths, orders]) => {
        const shuffled = paths.map((path, at) => ({ ...path, channels: [...(orders[at] as string[]), ...(orders[at] as string[]).slice(0, 1)] }));
        close(byName(run(paths), 'shapley'), byName(run(shuffled), 'shapley'));
      }),
    ));

  it('a channel that stands in no path takes away nothing, and one only in walks never taken has nothing', () =>
    holds((paths) => {
      const got = run([...paths, { channels: ['unused', 'A'], conversions: 0, nonConversions: 0, leadAt: 0, opportunityAt: 0 }]);
      for (const model of MODELS) {
        expect(byName(got, model).get('unused') ?? 0).toBe(0);
        close(byName(got, model), byName(run(paths), model));
      }
    }));

  it('rows may stand in any order, be split up and be put together', () =>
    holds((paths) => {
      const halves = paths.flatMap((path) => [{ ...path, conversions: Math.floor(path.conversions / 2), nonConversions: 0 }, { ...path, conversions: Math.ceil(path.conversions / 2) }]);
      for (const model of MODELS) close(byName(run(paths), model), byName(run(halves.reverse()), model));
    }));

  it('ten times as many walks, ten times the credit', () =>
    holds((paths) => {
      const more = paths.map((path) => ({ ...path, conversions: path.conversions * 10, nonConversions: path.nonConversions * 10 }));
      for (const model of MODELS) close(new Map([...byName(run(paths), model)].map(([name, credit]) => [name, credit * 10])), byName(run(more), model), 6);
    }));
});
