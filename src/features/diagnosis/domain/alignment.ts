/** How far to align (KRK): what speaks for leaving the relationship as it is, what for tightening it, and the steps up. Both lists are shown; nothing decides. */

export const RELATIONSHIPS = ['undefined', 'defined', 'aligned', 'integrated'] as const;
export type Relationship = (typeof RELATIONSHIPS)[number];

type Stay = { readonly leave: readonly string[]; readonly tighten: readonly string[] };

/** Reasons by the type a company is at now; integrated is the last. Ids of texts. */
export const REASONS: Readonly<Record<Exclude<Relationship, 'integrated'>, Stay>> = {
  undefined: { leave: ['small_company', 'good_informal', 'marketing_supports'], tighten: ['conflicts', 'twice_or_dropped', 'compete_for_money'] },
  defined: { leave: ['standard_offer', 'roles_work', 'no_compelling_reason'], tighten: ['still_twice_or_dropped', 'commoditised', 'developed_while_selling', 'shorter_cycles'] },
  aligned: { leave: ['no_shared_responsibility', 'separate_reporting', 'short_sales_cycle'], tighten: ['common_process_possible'] },
};

/** What is put in place on the way to the next type. */
export const STEPS_UP: Readonly<Record<Exclude<Relationship, 'integrated'>, readonly string[]>> = {
  undefined: ['rules_of_engagement', 'handoff_points'],
  defined: ['disciplined_communication', 'joint_assignments', 'liaison', 'co_location', 'field_feedback'],
  aligned: ['revenue_chief', 'joint_funnel', 'up_and_downstream', 'shared_targets', 'integrated_metrics'],
};

export type Advice = { lean: 'leave' | 'tighten' | 'open'; leave: string[]; tighten: string[]; notSaid: string[]; next: Relationship | null; steps: readonly string[] };

/**
 * @param holds for each reason whether somebody says that it holds; reasons left out were not judged
 * `lean` follows the larger share of its own list that holds, and stays open when nothing was judged or the shares are equal.
 */
export const adviseOn = (now: Relationship, holds: Readonly<Record<string, boolean>>): Advice => {
  if (now === 'integrated') return { lean: 'open', leave: [], tighten: [], notSaid: [], next: null, steps: [] };
  const { leave, tighten } = REASONS[now];
  const [stays, tightens] = [leave.filter((id) => holds[id] === true), tighten.filter((id) => holds[id] === true)];
  const balance = tightens.length / tighten.length - stays.length / leave.length;
  return {
    lean: balance > 0 ? 'tighten' : balance < 0 ? 'leave' : 'open',
    leave: stays, tighten: tightens, notSaid: [...leave, ...tighten].filter((id) => holds[id] === undefined),
    next: RELATIONSHIPS[RELATIONSHIPS.indexOf(now) + 1] ?? null, steps: STEPS_UP[now],
  };
};
