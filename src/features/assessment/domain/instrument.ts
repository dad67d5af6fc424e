import type { FunctionName, Locale, Localized } from '../../../lib/vocabulary';

/**
 * An instrument is data (docs/instrument-files.md). A wave keeps the version it was answered with.
 * Built-in: the C3 toolkit (MB ch. 5) and the relationship check (KRK).
 */
export type Instrument = {
  /** Stable key, e.g. "c3". Trends compare sections of instruments with equal id and section id. */
  id: string;
  version: string;
  title: Localized;
  source: string;
  scale: Scale;
  tools: Tool[];
};

export type Scale = {
  min: number;
  max: number;
  /** Words under the lowest and the highest key. */
  low: Localized;
  high: Localized;
};

/** Where a tool belongs: where do we come from, where are we now, where are we headed (MB ch. 5). */
export type Step = 'currents' | 'characteristics' | 'consequences';

export type Tool = {
  id: string;
  step: Step;
  title: Localized;
  /** One sentence for the person who sets the wave up. */
  purpose: Localized;
  sections: Section[];
};

/**
 * `neutral` sections have no good end (worldview): results colour them grey.
 * `scoring` — `mean`: team score = mean of its members' means. `sum`: mean x number of statements (relationship check).
 */
export type Section = {
  id: string;
  title: Localized;
  audience: FunctionName[];
  neutral: boolean;
  scoring: 'mean' | 'sum';
  /** The words before each statement, as each audience reads them; absent when statements stand alone. */
  stem?: PerAudience;
  statements: Statement[];
  /** Ordered from low to high; the upper bound belongs to the band when `upperInclusive`. Last band has no upper bound. */
  bands: Band[];
  /** What a marked difference between the two functions may mean. */
  gapReading?: Localized;
};

export type Statement = { id: string; text: PerAudience; reversed?: boolean };

/**
 * One text for all, or another wording for a function that reads it differently. `all` is required unless every audience
 * has its own; where both stand, `all` is what reports print ("the people in the other function…").
 */
export type PerAudience = Partial<Record<FunctionName | 'all', Localized>>;

/**
 * C3: low < 3 <= middle <= 4.5 < high, on unrounded scores. Relationship check (sum): undefined < 40 <= defined < 60 <= aligned < 80 <= integrated.
 * A score belongs to the first band whose `upTo` it stays under (or equals, when `inclusive`).
 */
export type Band = { id: string; label: Localized; upTo?: number; inclusive?: boolean; reading: Localized };

/** The wording an audience reads. */
export const wordingFor = (text: PerAudience, audience: FunctionName): Localized => {
  const found = text[audience] ?? text.all;
  if (!found) throw new Error(`no wording for ${audience}`);
  return found;
};

/** The wording a report prints beside the scores of several functions. */
export const wordingForReport = (text: PerAudience): Localized => {
  const found = text.all ?? text.leadership ?? text.sales ?? text.marketing;
  if (!found) throw new Error('a text without any wording');
  return found;
};

/** The sections a function answers among the chosen tools. */
export const sectionsFor = (instrument: Instrument, toolIds: readonly string[], audience: FunctionName): Section[] =>
  instrument.tools
    .filter((tool) => toolIds.includes(tool.id))
    .flatMap((tool) => tool.sections)
    .filter((section) => section.audience.includes(audience));

/** Minutes an audience needs: people rate about seven statements a minute, and need one to begin. */
export const minutesFor = (instrument: Instrument, toolIds: readonly string[], audience: FunctionName): number => {
  const statements = sectionsFor(instrument, toolIds, audience).reduce((sum, section) => sum + section.statements.length, 0);
  return statements === 0 ? 0 : Math.max(1, Math.round(1 + statements / 8));
};

export type { Locale };
