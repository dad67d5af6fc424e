import type { FunctionName, Level } from '../../../lib/vocabulary';
import { CANNOT_JUDGE, codeOf } from './answers';
import { sectionsFor, type Instrument } from './instrument';

export type DemoRespondent = { function: FunctionName; level: Level; territory: string };

/** Where each function stands, first wave and second: [sales, marketing, leadership] on 1-7. Gaps narrow; none vanishes. */
const LEVELS_BY_SECTION: Record<string, [first: [number, number, number], second: [number, number, number]]> = {
  '1a': [[5.4, 0, 0], [5.2, 0, 0]], '1b': [[5.6, 0, 0], [5.1, 0, 0]], '1c': [[0, 5.3, 0], [0, 4.9, 0]], '1d': [[0, 4.8, 0], [0, 4.2, 0]],
  '2': [[3.4, 4.6, 4.4], [4.0, 4.7, 4.5]], '3': [[3.1, 4.4, 4.2], [3.8, 4.5, 4.3]], '4': [[3.7, 4.3, 4.6], [4.1, 4.4, 4.6]], '5': [[3.6, 4.1, 4.2], [4.0, 4.3, 4.4]],
  '6': [[3.9, 4.4, 4.5], [4.2, 4.5, 4.6]], '7a': [[2.6, 4.5, 4.1], [3.3, 4.5, 4.2]], '7b': [[3.2, 4.9, 4.4], [3.9, 4.9, 4.5]], '7c': [[2.8, 4.2, 3.9], [3.3, 4.3, 4.0]], '8': [[3.0, 0, 0], [3.6, 0, 0]],
};
const FUNCTION_AT = { sales: 0, marketing: 1, leadership: 2 } as const;
/** One region where working together already goes well. */
const TERRITORY_SHIFT: Record<string, number> = { North: 0.9, East: -0.1, South: -0.3, West: 0, Islands: -0.4 };
const LEVEL_SHIFT: Record<Level, number> = { leader: 0.6, manager: 0.2, front_line: -0.05 };
const NEUTRAL = /^1/;

/** Sum of twelve uniform draws less six: close enough to a standard normal for invented people. */
const normal = (random: () => number): number => Array.from({ length: 12 }, random).reduce((sum, each) => sum + each, -6);

/** One invented person's ratings, in the order a ballot keeps them. The same source of randomness gives the same person. */
export const demoRatings = (instrument: Instrument, toolIds: readonly string[], respondent: DemoRespondent, wave: 0 | 1, random: () => number): Uint8Array => {
  const mood = normal(random) * 0.55;
  const codes = sectionsFor(instrument, toolIds, respondent.function).flatMap((section) => {
    const centre = LEVELS_BY_SECTION[section.id]?.[wave][FUNCTION_AT[respondent.function]] ?? 4;
    const shift = NEUTRAL.test(section.id) ? 0 : (respondent.function === 'sales' ? (TERRITORY_SHIFT[respondent.territory] ?? 0) : 0) + LEVEL_SHIFT[respondent.level];
    const own = centre + shift + mood + normal(random) * 0.35;
    return section.statements.map((_, at) => {
      if (random() < 0.025) return CANNOT_JUDGE;
      const rating = Math.round(own + ((at * 37) % 7 - 3) * 0.18 + normal(random) * 0.85);
      return codeOf(Math.min(instrument.scale.max, Math.max(instrument.scale.min, rating)), instrument.scale);
    });
  });
  return Uint8Array.from(codes);
};

/** What invented people wrote, per function; no sentence names or blames anybody. */
export const DEMO_COMMENTS: Record<FunctionName, readonly string[]> = {
  sales: [
    'Leads arrive, but the story behind them gets lost on the way. Two lines of background would save me a call.',
    'The monthly call with the product people was the best hour of the quarter. More of that.',
    'I find the new deck only after I needed it.',
    'In our region we simply sit together on Fridays. It works.',
    'Plans reach us finished. We could have told a month earlier what customers would say.',
  ],
  marketing: [
    'We would love to hear what became of the leads, good or bad.',
    'When someone takes us along to a customer, the next campaign is better. It happens too rarely.',
    'Feedback comes, but in twelve different places.',
  ],
  leadership: ['Both teams want the same thing and measure it differently.', 'The quarterly review helped; the definitions are still two.'],
};
