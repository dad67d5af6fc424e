import type { Cause } from '../../../lib/vocabulary';

/**
 * Solutions at three levels (MB ch. 4), what each answers, and the evidence for and against it. The words stand in the messages: `sol.<id>` its
 * name, `.holds` what it consists of, `.needs` what it takes, `fit.<id>.<cause>` why it answers a cause, `ev.<id>` what a source found.
 */
export const PLACES = ['function', 'interface', 'company'] as const;
export type Place = (typeof PLACES)[number];

/** How a finding was reached: data and analysis published; interviews and cases; practitioners' experience; a figure without method. */
export const GRADES = ['study', 'field_research', 'practice', 'claim'] as const;
export type Grade = (typeof GRADES)[number];

/** `elsewhere`: found in other settings than sales and marketing. `second_hand`: read in another work, not in the original. */
export type Finding = { readonly grade: Grade; readonly source: string; readonly note?: 'elsewhere' | 'second_hand' | 'abstract' };

export const FINDINGS = {
  catalogue: { grade: 'field_research', source: 'Malshe & Biemans 2015, ch. 4' },
  mechanisms: { grade: 'study', source: 'Le Meunier-FitzHugh & Massey 2019', note: 'abstract' },
  orientation: { grade: 'study', source: 'Homburg & Jensen 2007' },
  big_customer: { grade: 'study', source: 'Rouziès & Hulland 2014', note: 'second_hand' },
  face_to_face: { grade: 'study', source: 'Pentland 2012', note: 'elsewhere' },
  premortem: { grade: 'study', source: 'Klein 2007', note: 'elsewhere' },
  reflection: { grade: 'study', source: 'Review of team reflection', note: 'second_hand' },
  frequent: { grade: 'study', source: 'Fisher, Maltz & Jaworski 1997', note: 'second_hand' },
  ten_companies: { grade: 'field_research', source: 'Kotler, Rackham & Krishnaswamy 2006' },
  cycle_claim: { grade: 'claim', source: 'Hindman & Svikola 1992', note: 'second_hand' },
  split_pay: { grade: 'practice', source: 'Strohkorb' },
} as const satisfies Record<string, Finding>;
export type FindingId = keyof typeof FINDINGS;

type Solution = { readonly place: Place; readonly answers: readonly Cause[]; readonly speaksFor: readonly FindingId[]; readonly speaksAgainst: readonly FindingId[] };

export const CATALOGUE = {
  hire: { place: 'function', answers: ['backgrounds'], speaksFor: ['catalogue'], speaksAgainst: ['orientation'] },
  mindset: { place: 'function', answers: ['subcultures', 'backgrounds', 'joint_activity'], speaksFor: ['catalogue', 'orientation'], speaksAgainst: ['mechanisms'] },
  leadership: { place: 'function', answers: ['subcultures', 'structure', 'joint_activity', 'systems'], speaksFor: ['catalogue'], speaksAgainst: [] },
  one_process: { place: 'interface', answers: ['joint_activity', 'systems'], speaksFor: ['catalogue', 'ten_companies', 'cycle_claim'], speaksAgainst: ['big_customer'] },
  positions: { place: 'interface', answers: ['subcultures', 'backgrounds', 'structure', 'joint_activity'], speaksFor: ['mechanisms', 'ten_companies', 'catalogue'], speaksAgainst: ['big_customer'] },
  communication: { place: 'interface', answers: ['subcultures', 'structure', 'joint_activity', 'systems'], speaksFor: ['mechanisms', 'frequent', 'catalogue'], speaksAgainst: ['reflection'] },
  social_bonds: { place: 'interface', answers: ['backgrounds', 'structure', 'joint_activity'], speaksFor: ['face_to_face', 'catalogue'], speaksAgainst: ['mechanisms'] },
  objectives: { place: 'company', answers: ['subcultures', 'structure', 'systems'], speaksFor: ['ten_companies', 'catalogue'], speaksAgainst: ['big_customer'] },
  monitor_reward: { place: 'company', answers: ['systems'], speaksFor: ['ten_companies', 'catalogue'], speaksAgainst: ['split_pay'] },
  it: { place: 'company', answers: ['structure', 'systems'], speaksFor: ['catalogue'], speaksAgainst: [] },
  top_management: { place: 'company', answers: ['subcultures', 'backgrounds', 'structure', 'joint_activity'], speaksFor: ['catalogue'], speaksAgainst: [] },
  learning: { place: 'company', answers: ['joint_activity', 'systems'], speaksFor: ['premortem', 'catalogue'], speaksAgainst: ['reflection'] },
} as const satisfies Record<string, Solution>;
export type SolutionId = keyof typeof CATALOGUE;
export const SOLUTIONS = Object.keys(CATALOGUE) as [SolutionId, ...SolutionId[]];

const answers = (id: SolutionId, cause: Cause): boolean => (CATALOGUE[id].answers as readonly Cause[]).includes(cause);

/** What the catalogue holds against a cause, by level; every cause has something at each of the three, since one level alone does not carry. */
export const proposalsFor = (cause: Cause): Record<Place, SolutionId[]> => {
  const at = (place: Place): SolutionId[] => SOLUTIONS.filter((id) => CATALOGUE[id].place === place && answers(id, cause));
  return { function: at('function'), interface: at('interface'), company: at('company') };
};

/** The best grade that speaks for it; sources are listed with what each found. */
export const gradeOf = (id: SolutionId): Grade => GRADES.find((grade) => CATALOGUE[id].speaksFor.some((finding) => FINDINGS[finding].grade === grade)) ?? 'claim';
