import type { AssessmentOutputs } from '../calls';

export type Wave = AssessmentOutputs['wave'];
export type Setup = Wave['setup'];
export type Plan = AssessmentOutputs['plan'];
export type Progress = AssessmentOutputs['progress'];
export type InstrumentView = AssessmentOutputs['instruments'][number];

/** What a reader sees; "planned" and "counting" are an open wave before its opening and after its closing time. */
export type Shown = 'draft' | 'planned' | 'open' | 'counting' | 'closed';

/** A wave that opened with its launch is open, even where this device's clock runs behind the server's. */
export const shownState = (wave: Pick<Wave, 'state' | 'opensAt' | 'closesAt' | 'launchedAt'>, now: number): Shown => {
  if (wave.state === 'draft' || wave.state === 'closed') return wave.state;
  if (wave.state === 'closing' || (wave.closesAt !== null && Date.parse(wave.closesAt) <= now)) return 'counting';
  const opensLater = wave.opensAt !== null && Date.parse(wave.opensAt) > Date.parse(wave.launchedAt ?? wave.opensAt);
  return opensLater && Date.parse(wave.opensAt ?? '') > now ? 'planned' : 'open';
};

/** Chance that a group is shown, in words. Below `unlikely` the domain calls it unlikely and proposes a mend. */
export type Chance = 'sure' | 'likely' | 'open' | 'unlikely' | 'never';

export const chanceOf = (shown: number): Chance => (shown >= 0.95 ? 'sure' : shown >= 0.8 ? 'likely' : shown >= 0.5 ? 'open' : shown > 0.005 ? 'unlikely' : 'never');
