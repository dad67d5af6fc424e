import type { Side } from '../../../../lib/vocabulary';

/** The five questions (domain guide: pipeline; MB ch. 4), in their order. */
export const QUESTIONS = ['usefulness', 'slow', 'dropout', 'fast', 'converting'] as const;
export type Question = (typeof QUESTIONS)[number];

/** What an answer may lack. */
export const NEEDS = ['leads', 'deals', 'outcome', 'groups', 'history', 'losses', 'reasons', 'traits', 'touches', 'touch_keys'] as const;
export type Need = (typeof NEEDS)[number];

export const SYSTEMS = ['hubspot', 'salesforce', 'marketo', 'other'] as const;
export type System = (typeof SYSTEMS)[number];

/** Rows of one kind that a system brought; `filled` counts, among the rows `looked` at, how many fill each field. */
export type Shape = { sourceId: string; source: string; side: Side; kind: string; rows: number; looked: number; filled: Readonly<Record<string, number>>; headings: readonly string[] };

/** What the shared process made of them. */
export type ProcessFacts = {
  leads: number;
  won: number;
  lost: number;
  recycled: number;
  lostWithReason: number;
  byOrigin: Readonly<Record<Side, number>>;
  /** Different sources named by leads. */
  channels: number;
  /** Leads whose log holds two stages or more on their way. */
  moved: number;
  touches: number;
  /** Touches that name a key or an address. */
  keyedTouches: number;
};

/** A column to add, and which system's export holds it. */
export type Recipe = { need: Need; sourceId: string | null; source: string | null; system: System };

export type Rung = { question: Question | 'attribution'; answerable: boolean; missing: Need[]; recipes: Recipe[] };

/** Which system a file is from, by what it was called and by headings that only that system writes. */
export const systemOf = (source: string, headings: readonly string[]): System => {
  const name = source.toLowerCase();
  for (const system of ['hubspot', 'salesforce', 'marketo'] as const) if (name.includes(system)) return system;
  const has = (pattern: RegExp): boolean => headings.some((heading) => pattern.test(heading));
  if (has(/^(hs_|hubspot|record id$|lifecycle ?stage$|original (traffic )?source)/iu)) return 'hubspot';
  if (has(/^(leadsource|isconverted|stagename|convertedopportunityid|ownerid|systemmodstamp|lead id$|opportunity id$)/iu)) return 'salesforce';
  if (has(/^(marketo|primary_attribute_value|activity_type_id)/iu)) return 'marketo';
  return 'other';
};

/** Fewer than these carry no figure at all. */
const SOME = { leads: 20, outcome: 10, moved: 20, losses: 10 } as const;

const TRAIT_FIELDS = ['industry', 'country', 'jobTitle', 'territory', 'campaign', 'product', 'city', 'custom'];

const hasTraits = (shapes: readonly Shape[]): boolean => shapes.some(({ kind, filled, looked }) => ['lead', 'contact'].includes(kind) && TRAIT_FIELDS.some((field) => (filled[field] ?? 0) >= Math.max(1, looked * 0.05)));

/** What is lacking for an answer; nothing when the data carry it. Reasons for losses are wanted but not needed. */
const missingFor = (question: Rung['question'], facts: ProcessFacts, shapes: readonly Shape[]): Need[] => {
  const groups = Math.min(facts.byOrigin.sales, facts.byOrigin.marketing) >= SOME.leads || facts.channels >= 2;
  const checks: [Need, boolean][] = [['leads', facts.leads < SOME.leads]];
  const noOutcome = facts.won < SOME.outcome;
  const hasDeals = shapes.some(({ kind }) => kind === 'deal');
  const outcome: [Need, boolean] = [hasDeals ? 'outcome' : 'deals', noOutcome];
  if (question === 'usefulness') checks.push(outcome, ['groups', !groups]);
  if (question === 'slow') checks.push(['history', facts.moved < SOME.moved]);
  if (question === 'dropout') checks.push(['history', facts.moved < SOME.moved], ['losses', facts.lost + facts.recycled < SOME.losses]);
  if (question === 'fast' || question === 'converting') checks.push(outcome, ['traits', !hasTraits(shapes) && facts.channels < 2]);
  if (question === 'attribution') checks.push(outcome, ['touches', facts.touches === 0], ['touch_keys', facts.touches > 0 && facts.keyedTouches === 0]);
  return checks.flatMap(([need, lacking]) => (lacking ? [need] : []));
};

/** Whose export usually holds what: the CRM deals and their history, the marketing system sources and touches. */
const HOLDER: Readonly<Record<Need, Side | 'either'>> = { leads: 'marketing', deals: 'sales', outcome: 'sales', groups: 'marketing', history: 'sales', losses: 'sales', reasons: 'sales', traits: 'either', touches: 'marketing', touch_keys: 'marketing' };

const recipesFor = (need: Need, shapes: readonly Shape[]): Recipe[] => {
  const systems = new Map<string, { source: string; side: Side; headings: string[] }>();
  for (const { sourceId, source, side, headings } of shapes) {
    const known = systems.get(sourceId);
    if (known) known.headings.push(...headings);
    else systems.set(sourceId, { source, side, headings: [...headings] });
  }
  const holder = HOLDER[need];
  const fit = [...systems].filter(([, { side }]) => holder === 'either' || side === holder);
  const recipes = fit.map(([sourceId, { source, headings }]): Recipe => ({ need, sourceId, source, system: systemOf(source, headings) }));
  return recipes.length > 0 ? recipes : [{ need, sourceId: null, source: null, system: 'other' }];
};

/** For each question whether the data carry it, and otherwise what is lacking, with a recipe per system that could hold it. */
export const ladder = (shapes: readonly Shape[], facts: ProcessFacts): Rung[] =>
  [...QUESTIONS, 'attribution' as const].map((question) => {
    const missing = missingFor(question, facts, shapes);
    const wanted: Need[] = question === 'dropout' && missing.length === 0 && facts.lost > 0 && facts.lostWithReason < facts.lost / 2 ? ['reasons'] : [];
    return { question, answerable: missing.length === 0, missing, recipes: [...missing, ...wanted].flatMap((need) => recipesFor(need, shapes)) };
  });
