/** The pages of the area Work, in the order of a lead's way. A feature's page is one line here. */
export const workPages = [
  { key: 'twoCounts', to: '/w/$workspace/pipeline/two-counts', exact: false },
  { key: 'pipeline', to: '/w/$workspace/pipeline', exact: true },
  { key: 'answers', to: '/w/$workspace/pipeline/answers', exact: false },
  { key: 'customers', to: '/w/$workspace/customers', exact: true },
  { key: 'review', to: '/w/$workspace/customers/review', exact: true },
  { key: 'imports', to: '/w/$workspace/customers/imports', exact: false },
  { key: 'commitments', to: '/w/$workspace/agreements', exact: true },
  { key: 'terms', to: '/w/$workspace/agreements/terms', exact: true },
] as const;

/** Addresses that belong to Work. */
const AREAS = ['pipeline', 'customers', 'agreements'] as const;

export const isWork = (pathname: string): boolean => AREAS.some((area) => new RegExp(`^/w/[^/]+/${area}(/|$)`, 'u').test(pathname));

/** Pages that have no place of their own here, and the one they stand under. */
const UNDER: readonly (readonly [page: RegExp, key: (typeof workPages)[number]['key']])[] = [
  [/\/pipeline\/(mine|handoffs|setup|connections)\/?$/u, 'pipeline'],
  [/\/customers\/[0-9a-f-]{36}\/?$/u, 'customers'],
  [/\/agreements\/(hours|review)\/?$/u, 'commitments'],
];

export const standsUnder = (pathname: string): (typeof workPages)[number]['key'] | undefined => UNDER.find(([page]) => page.test(pathname))?.[1];

/** What was said, and what may be behind it. */
export const understandPages = [
  { key: 'surveys', to: '/w/$workspace/understand', exact: true },
  { key: 'diagnosis', to: '/w/$workspace/diagnosis', exact: true },
] as const;

/** Results have a way of their own through their pages. */
export const isUnderstand = (pathname: string): boolean => /^\/w\/[^/]+\/(understand|diagnosis)\/?$/u.test(pathname);

/** What is done about it: the Huddle, the programme, whether it moved, what may come, and what both aim at. */
export const improvePages = [
  { key: 'huddles', to: '/w/$workspace/huddles', exact: false },
  { key: 'programme', to: '/w/$workspace/improve', exact: true },
  { key: 'mine', to: '/w/$workspace/improve/mine', exact: true },
  { key: 'line', to: '/w/$workspace/improve/line', exact: true },
  { key: 'quarter', to: '/w/$workspace/improve/quarter', exact: true },
  { key: 'challenges', to: '/w/$workspace/improve/challenges', exact: true },
  { key: 'goals', to: '/w/$workspace/goals', exact: false },
] as const;

export const isImprove = (pathname: string): boolean => /^\/w\/[^/]+\/(huddles|improve|goals)(\/|$)/u.test(pathname);
