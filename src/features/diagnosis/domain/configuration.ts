/**
 * Which of four ways of organising sales and marketing a company is nearest to (MB ch. 1, fig. 1.4 and ch. 3, table 3.1).
 * A continuum, not a ladder: every place has its own gains and losses.
 */

/** In the order of the continuum. */
export const CONFIGURATIONS = ['hidden', 'sales_driven', 'living_apart', 'aligned'] as const;
export type Configuration = (typeof CONFIGURATIONS)[number];

/** What a leader is asked, and what can be answered. */
export const FACTS = {
  marketers: ['none', 'one_or_two', 'team'],
  positioning: ['ceo', 'sales', 'marketing', 'both'],
  background: ['nobody', 'from_sales', 'from_outside', 'mixed'],
  planning: ['same_people', 'sales_plans', 'marketing_plans', 'both_plan'],
  jointPlans: ['as_a_rule', 'sometimes', 'hardly'],
  measures: ['shared', 'partly', 'separate'],
  database: ['one', 'two', 'none'],
  place: ['together', 'near', 'apart'],
  contact: ['informal', 'formal', 'both'],
} as const satisfies Record<string, readonly string[]>;
export type Fact = keyof typeof FACTS;
export type Facts = { readonly [F in Fact]?: (typeof FACTS)[F][number] };

type Fit = readonly [hidden: number, salesDriven: number, livingApart: number, aligned: number];

/**
 * How well an answer fits each configuration, 0 (speaks against) to 1 (just what one would expect). Read off the source's descriptions; the
 * grading is ours.
 */
const FITS: { readonly [F in Fact]: Readonly<Record<(typeof FACTS)[F][number], Fit>> } = {
  marketers: { none: [1, 0, 0, 0], one_or_two: [0.25, 1, 0.25, 0.25], team: [0, 0.25, 1, 1] },
  positioning: { ceo: [1, 0.5, 0.25, 0], sales: [0.75, 1, 0.25, 0], marketing: [0, 0, 1, 0.25], both: [0, 0.25, 0.25, 1] },
  background: { nobody: [1, 0, 0, 0], from_sales: [0.25, 1, 0.25, 0.25], from_outside: [0, 0.25, 1, 0.5], mixed: [0, 0.25, 0.5, 1] },
  planning: { same_people: [1, 0.5, 0, 0.25], sales_plans: [0.5, 1, 0.25, 0], marketing_plans: [0, 0, 1, 0.25], both_plan: [0.25, 0.25, 0, 1] },
  jointPlans: { as_a_rule: [0.75, 0.75, 0, 1], sometimes: [0.5, 0.5, 0.5, 0.5], hardly: [0.25, 0.25, 1, 0] },
  measures: { shared: [0.5, 0.25, 0, 1], partly: [0.5, 0.5, 0.5, 0.5], separate: [0.25, 0.5, 1, 0] },
  database: { one: [0.5, 0.5, 0.25, 1], two: [0, 0.25, 1, 0.25], none: [1, 0.75, 0, 0] },
  place: { together: [1, 0.75, 0.25, 0.5], near: [0.5, 1, 0.5, 0.5], apart: [0, 0.25, 1, 0.75] },
  contact: { informal: [1, 1, 0, 0.25], formal: [0, 0, 1, 0.25], both: [0.25, 0.25, 0.25, 1] },
};

/** Contact weighs little: two places of the source disagree about it for the two configurations in the middle. Where people sit says little as well. */
export const WEIGHTS: Readonly<Record<Fact, number>> = { marketers: 2, positioning: 2, background: 1, planning: 2, jointPlans: 1, measures: 1, database: 1, place: 0.5, contact: 0.25 };

/** Two types nearer to each other than this are not told apart. */
export const CLOSE = 0.05;
/** Fewer facts than these are too few for a proposal. */
export const FEWEST_FACTS = 4;

export type Placing = {
  /** 0..1 for each type: weighted mean of the fits of what was answered. */
  nearness: Readonly<Record<Configuration, number>>;
  /** 1 (hidden) to 4 (aligned): centre of the types, each weighing by its nearness squared. */
  place: number;
  nearest: Configuration;
  /** Others as near as the nearest, within `CLOSE`. */
  asNear: Configuration[];
  /** What each answered fact gave, heaviest first. */
  because: { fact: Fact; answer: string; weight: number; fit: Readonly<Record<Configuration, number>> }[];
  unanswered: Fact[];
};

const named = (fit: Fit): Record<Configuration, number> => ({ hidden: fit[0], sales_driven: fit[1], living_apart: fit[2], aligned: fit[3] });
const FACT_NAMES = Object.keys(FACTS) as Fact[];

/** Where a company stands by the facts stated; null while fewer than `FEWEST_FACTS` are. */
export const placeOf = (facts: Facts): Placing | null => {
  const because = FACT_NAMES.flatMap((fact) => {
    const answer = facts[fact];
    const fit = answer === undefined ? undefined : (FITS[fact] as Readonly<Record<string, Fit>>)[answer];
    return answer === undefined || !fit ? [] : [{ fact, answer, weight: WEIGHTS[fact], fit: named(fit) }];
  });
  if (because.length < FEWEST_FACTS) return null;
  const weight = because.reduce((sum, each) => sum + each.weight, 0);
  const near = (type: Configuration): number => because.reduce((sum, each) => sum + each.weight * each.fit[type], 0) / weight;
  const nearness = { hidden: near('hidden'), sales_driven: near('sales_driven'), living_apart: near('living_apart'), aligned: near('aligned') };
  const nearest = CONFIGURATIONS.reduce((best, type) => (nearness[type] > nearness[best] ? type : best));
  const pull = CONFIGURATIONS.map((type) => nearness[type] ** 2);
  const pulled = pull.reduce((sum, each) => sum + each, 0);
  return {
    nearness,
    place: pull.reduce((sum, each, at) => sum + each * (at + 1), 0) / pulled,
    nearest,
    asNear: CONFIGURATIONS.filter((type) => type !== nearest && nearness[nearest] - nearness[type] < CLOSE),
    because: because.toSorted((a, b) => b.weight - a.weight),
    unanswered: FACT_NAMES.filter((fact) => facts[fact] === undefined),
  };
};

/** The neighbour that growth, wider markets or a new head of the company bring next; none after the last. */
export const nextOf = (type: Configuration): Configuration | null => CONFIGURATIONS[CONFIGURATIONS.indexOf(type) + 1] ?? null;
