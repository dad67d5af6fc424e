/**
 * Where the two functions look at things differently (economic friction: KRK; thought worlds and the eight parts of an interface: Kelly, after
 * Hughes and others). A difference is no fault: one in outlook may help and be kept, one in competence or vocabulary is worked on.
 */

/** What each side is asked about money and customers. */
export const FRICTION = ['joint_budget', 'prices', 'promotion_spend', 'product_features', 'paid_for', 'special_prices', 'products_pushed', 'better_rival'] as const;
/** What an interface is made of. */
export const PARTS = ['vision', 'alignment', 'processes', 'information', 'knowledge', 'decisions', 'resources', 'culture'] as const;
export const TOPICS = [...FRICTION, ...PARTS] as const;
export type Topic = (typeof TOPICS)[number];

/** Both see it alike; or differ, and the difference helps, harms, or nobody can say yet. */
export const LOOKS = ['alike', 'helps', 'harms', 'open'] as const;
export type Look = (typeof LOOKS)[number];
export type Views = { readonly [T in Topic]?: { readonly look: Look; readonly note: string } };

/** What to keep, what to work on, what to find out; topics nobody has spoken of stand under none. */
export const sorted = (views: Views): Record<Look, Topic[]> => {
  const of = (look: Look): Topic[] => TOPICS.filter((topic) => views[topic]?.look === look);
  return { alike: of('alike'), helps: of('helps'), harms: of('harms'), open: of('open') };
};
