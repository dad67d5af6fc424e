import type { FunctionName } from '../../../lib/vocabulary';

/** The kinds of a Huddle's steps, in the order of the template (MB appendix). */
export const STEP_KINDS = ['kickoff', 'forum', 'break', 'perspectives', 'reflection', 'lunch', 'synthesis', 'evening', 'opening', 'disconnects', 'summary', 'actions', 'wrapup'] as const;
export type StepKind = (typeof STEP_KINDS)[number];

export const DRAWS = ['single', 'mixed'] as const;
/** Single-function teams, or teams of both functions. */
export type Draw = (typeof DRAWS)[number];

/** A separate room is a function's; nobody else gets its notes before the reveal. */
export type Room = FunctionName;

export const CHANNELS = [
  'own_role', 'expected_role', 'wished_relation', 'question', 'compare', 'lens_sales', 'lens_marketing', 'lens_leadership', 'link', 'strength', 'weakness', 'opportunity', 'threat', 'disconnect', 'agreement',
] as const;
/** What a note answers. */
export type Channel = (typeof CHANNELS)[number];

/** Who gets a note before its step is revealed. */
export type Sees = 'all' | 'room' | 'team' | 'facilitators';

type ChannelRule = { sees: Sees; by: 'everyone' | 'facilitators' | FunctionName };
const open = { sees: 'all', by: 'everyone' } as const;
const apart = { sees: 'room', by: 'everyone' } as const;
const own = { sees: 'facilitators', by: 'facilitators' } as const;

export const CHANNEL: Readonly<Record<Channel, ChannelRule>> = {
  own_role: apart, expected_role: apart, wished_relation: apart, question: open, compare: apart,
  lens_sales: { sees: 'all', by: 'sales' }, lens_marketing: { sees: 'all', by: 'marketing' }, lens_leadership: { sees: 'all', by: 'leadership' },
  link: open, strength: own, weakness: own, opportunity: own, threat: own, disconnect: { sees: 'team', by: 'everyone' }, agreement: { sees: 'all', by: 'everyone' },
};

export type StepRule = {
  /** The step's number in the template; breaks have none. */
  number: number | null;
  minutes: number;
  teams: Draw | null;
  channels: readonly Channel[];
  /** Tools of the assessment whose results belong to the step. */
  tools: readonly string[];
  /** Only questions that ask for understanding are taken. */
  clarifying: boolean;
  /** Kinds whose notes are for everybody from here on. */
  opens: readonly StepKind[];
};

const plain = { number: null, teams: null, channels: [], tools: [], clarifying: false, opens: [] } as const;
const SWOT = ['strength', 'weakness', 'opportunity', 'threat'] as const;

/** Times, tools and rules of each kind (MB appendix). */
export const RULE: Readonly<Record<StepKind, StepRule>> = {
  kickoff: { ...plain, number: 1, minutes: 30 },
  forum: { ...plain, number: 2, minutes: 60, teams: 'single', channels: ['own_role', 'expected_role', 'wished_relation'] },
  break: { ...plain, minutes: 15 },
  perspectives: { ...plain, number: 3, minutes: 45, channels: ['question'], clarifying: true, opens: ['forum'] },
  reflection: { ...plain, number: 4, minutes: 60, teams: 'single', channels: ['compare', 'lens_sales', 'lens_marketing', 'lens_leadership'], tools: ['4', '5', '6'] },
  lunch: { ...plain, minutes: 90 },
  synthesis: { ...plain, number: 5, minutes: 90, channels: ['link'], tools: ['1', '2', '3'] },
  evening: { ...plain, minutes: 0, channels: SWOT },
  opening: { ...plain, minutes: 30, channels: SWOT, opens: ['evening', 'opening'] },
  disconnects: { ...plain, number: 6, minutes: 90, teams: 'mixed', channels: ['disconnect'], tools: ['7', '8'] },
  summary: { ...plain, number: 7, minutes: 45, channels: ['question'], opens: ['disconnects'] },
  actions: { ...plain, number: 8, minutes: 90 },
  wrapup: { ...plain, number: 9, minutes: 30, channels: ['agreement'] },
};

/** One step of an agenda; without a title it bears its kind's name. */
export type Step = { id: string; kind: StepKind; title: string; minutes: number };

/** The nine steps with their breaks over a day and a half. @param newId gives each step its own id */
export const template = (newId: () => string): Step[] => STEP_KINDS.map((kind) => ({ id: newId(), kind, title: '', minutes: RULE[kind].minutes }));

/** Taken out when a Huddle has to fit into a day or less. */
const PAUSES: readonly StepKind[] = ['lunch', 'evening'];
const LEAST = 10;
const ROUND = 5;

/**
 * The same nine steps within fewer minutes: lunch and the evening go, every other step shrinks in proportion, to full five minutes and never under ten.
 * The result may be a little over what was asked when many steps are at their least.
 */
export const shortened = (steps: readonly Step[], minutes: number): Step[] => {
  const kept = steps.filter(({ kind }) => !PAUSES.includes(kind));
  const whole = kept.reduce((sum, step) => sum + step.minutes, 0);
  if (whole <= minutes) return [...kept];
  return kept.map((step) => ({ ...step, minutes: Math.max(LEAST, Math.floor((step.minutes * minutes) / whole / ROUND) * ROUND) }));
};

/** Minutes from the start of its day at which each step begins; a day ends with an evening. */
export const schedule = (steps: readonly Step[]): { day: number; from: number }[] => {
  let [day, from] = [1, 0];
  return steps.map((step) => {
    const place = { day, from };
    if (step.kind === 'evening') [day, from] = [day + 1, 0];
    else from += step.minutes;
    return place;
  });
};

const DEBRIEF = 5;
const DEBRIEF_FITS = 3;

/** Minutes by which a step with separate rooms has to be stretched: fifteen minutes fit three debriefs a room (MB appendix). @param teams teams of the fullest room */
export const stretchFor = (teams: number): number => Math.max(0, teams - DEBRIEF_FITS) * DEBRIEF;
