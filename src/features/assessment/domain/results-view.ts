import type { FunctionName, Side } from '../../../lib/vocabulary';
import type { NodePath, ShownBlock } from './tree.types';

/**
 * What leaves the disclosure gate. Everything that shows answers — pages, PDF, slides, sheets, API — is made from
 * this value and from nothing else. Numbers that a reader may see carry one decimal; `undefined` is never used for
 * "hidden": a hidden figure is `{ hidden: true }`, so that a page cannot mistake it for "no data".
 */
export type Hidden = { hidden: true };
export type Shown<T> = T | Hidden;
export const isHidden = (value: unknown): value is Hidden =>
  typeof value === 'object' && value !== null && 'hidden' in value && (value as Hidden).hidden === true;

/** Closed wave, seen whole. */
export type WaveResults = {
  wave: { id: string; name: string; instrumentId: string; instrumentVersion: string; openedAt: string; closedAt: string };
  minimum: { general: number; leadership: number };
  /** 0.5 on a 1-7 scale; scaled by range/6 otherwise. */
  smallestGap: number;
  scale: { min: number; max: number };
  response: { function: FunctionName; invited: number; answered: Shown<number> }[];
  blocks: (ShownBlock & { path?: NodePath })[];
  tools: ToolResult[];
  /** Present when the worldview tool was asked and both sides are shown. */
  culturalDivide?: CulturalDivide;
  /** Present when the relationship check was asked. */
  relationship?: RelationshipResult;
  comments: { function: FunctionName; texts: string[] }[];
  /** What changed since the wave before, where section ids match. */
  change?: WaveChange;
};

export type ToolResult = { toolId: string; sections: SectionResult[] };

export type SectionResult = {
  sectionId: string;
  neutral: boolean;
  scoring: 'mean' | 'sum';
  /** One entry per shown block (functions first, then parts, others, overall), with the gate rerun on this section's own counts. */
  groups: GroupScore[];
  /** Sales against marketing, when both are shown. */
  gap?: Gap;
  /** Leadership against the mean of both teams, when all are shown (leadership is never compared with one side). */
  leadershipGap?: { difference: number; ci95?: Interval; verdict: Verdict };
  statements: StatementResult[];
};

export type Interval = { low: number; high: number };

export type GroupScore = {
  blockId: string;
  /** People with a score in this section; 0 when the gate hides the block here (then `mean` is hidden as well). */
  n: number;
  /** Mean of individual means; for `sum` sections the mean sum. One decimal. */
  mean: Shown<number>;
  /** Band id on the unrounded score. */
  band: Shown<string>;
  /** Cuts between bands (C3: 3, 4.5) that the 95 % interval crosses. Empty when clear, or under five people. */
  nearBorder: number[];
  /** From n 5. */
  sd: Shown<number>;
  ci95: Shown<Interval>;
  /** Method drawer. */
  method: {
    /** Interval without the finite-population correction; from n 5. */
    ci95Uncorrected: Shown<Interval>;
    /** r_wg(j) and r*_wg, from n 10. */
    rwg: Shown<number>;
    rwgStar: Shown<number>;
    /** Cronbach's alpha, from n 10. */
    alpha: Shown<number>;
    /** Shares 0..1 of this section's cells, from n 10: left open without a word, and "can't judge". */
    missingShare: Shown<number>;
    cannotJudgeShare: Shown<number>;
  };
};

export type Verdict = 'real' | 'none' | 'unclear';

export type Gap = {
  between: [Side, Side];
  /** sales minus marketing, one decimal. */
  difference: number;
  verdict: Verdict;
  /** From n 5 on both sides, else hidden. Finite-population corrected, Holm-adjusted over the sections both answered. */
  ci95: Shown<Interval>;
  ci95Uncorrected: Shown<Interval>;
  welchT: Shown<number>;
  df: Shown<number>;
  /** Hedges' g. */
  g: Shown<number>;
  holmP: Shown<number>;
};

export type StatementResult = {
  statementId: string;
  groups: {
    blockId: string;
    /** The section's n, never the statement's own, which would tell who skipped it; 0 when hidden. */
    n: number;
    /** One decimal, capped at 1.5 / 6.5 on 1-7 (scaled elsewhere) so that unanimity is not told. */
    mean: Shown<number>;
    /** From n 10: counts per scale point; three coarse bands when one category holds n-1 or more. */
    distribution: Shown<{ kind: 'full' | 'coarse'; counts: number[] }>;
    sd: Shown<number>;
  }[];
  /** sales minus marketing, of the shown means. */
  gap?: number;
};

/** Worldview: own role against own role (1a, 1c) and each own role against the other's expectation (1a-1d, 1c-1b). */
export type CulturalDivide = {
  salesOwnRole: OwnRole;
  marketingOwnRole: OwnRole;
  finding: 'power_struggle' | 'separate_roles' | 'nobody_claims_strategy' | 'mixed';
  /** The source reads the first two; the others are this product's reading and are marked so. */
  fromSource: boolean;
  /** 1a with 1d, 1c with 1b, where both are shown. */
  expectations?: RoleExpectation[];
};

export type OwnRole = { band: string; mean: number };

/** A function's picture of its own role beside what the other function expects of it. */
export type RoleExpectation = { of: Side; own: OwnRole & { sectionId: string }; expected: OwnRole & { sectionId: string } };

export type RelationshipResult = {
  groups: { blockId: string; n: number; sum: number; type: 'undefined' | 'defined' | 'aligned' | 'integrated' }[];
};

export type WaveChange = {
  previousWaveId: string;
  previousName: string;
  /** Share of today's invited who were not invited then; a warning is shown from 0.3. */
  turnover: number;
  sections: { sectionId: string; blockId: string; before: number; now: number; difference: number; ci95: Shown<Interval>; gapBefore?: number; gapNow?: number }[];
};
