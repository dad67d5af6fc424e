import { z } from 'zod';
import { FUNCTIONS, LEVELS, SIDES } from '../../lib/vocabulary';
import type { WaveResults } from './domain/results-view';

/** The API's picture of gated results; field by field the same as the domain's `WaveResults`, checked by the compiler below. */
const hidden = z.object({ hidden: z.literal(true) });
const number = z.number();
const shown = <T extends z.ZodType>(schema: T) => z.union([schema, hidden]);
const interval = z.object({ low: number, high: number });
const shownNumber = shown(number);
const shownInterval = shown(interval);
const fn = z.enum(FUNCTIONS);
const side = z.enum(SIDES);
const verdict = z.enum(['real', 'none', 'unclear']);

const block = z.object({
  id: z.string(),
  kind: z.enum(['function', 'part', 'others', 'overall']),
  function: fn.optional(),
  nodes: z.array(z.string()),
  parent: z.string().optional(),
  n: number,
  path: z.object({ function: fn, levels: z.array(z.enum(LEVELS)).optional(), territories: z.array(z.string()).optional() }).optional(),
});

const groupScore = z.object({
  blockId: z.string(),
  n: number,
  mean: shownNumber,
  band: shown(z.string()),
  nearBorder: z.array(number),
  sd: shownNumber,
  ci95: shownInterval,
  method: z.object({
    ci95Uncorrected: shownInterval, rwg: shownNumber, rwgStar: shownNumber, alpha: shownNumber, missingShare: shownNumber, cannotJudgeShare: shownNumber,
  }),
});

const gap = z.object({
  between: z.tuple([side, side]),
  difference: number,
  verdict,
  ci95: shownInterval,
  ci95Uncorrected: shownInterval,
  welchT: shownNumber,
  df: shownNumber,
  g: shownNumber,
  holmP: shownNumber,
});

const statement = z.object({
  statementId: z.string(),
  groups: z.array(
    z.object({
      blockId: z.string(),
      n: number,
      mean: shownNumber,
      distribution: shown(z.object({ kind: z.enum(['full', 'coarse']), counts: z.array(number) })),
      sd: shownNumber,
    }),
  ),
  gap: number.optional(),
});

const section = z.object({
  sectionId: z.string(),
  neutral: z.boolean(),
  scoring: z.enum(['mean', 'sum']),
  groups: z.array(groupScore),
  gap: gap.optional(),
  leadershipGap: z.object({ difference: number, ci95: interval.optional(), verdict }).optional(),
  statements: z.array(statement),
});

const ownRole = z.object({ band: z.string(), mean: number });
const roleSection = ownRole.extend({ sectionId: z.string() });

export const waveResultsSchema = z.object({
  wave: z.object({ id: z.string(), name: z.string(), instrumentId: z.string(), instrumentVersion: z.string(), openedAt: z.string(), closedAt: z.string() }),
  minimum: z.object({ general: number, leadership: number }),
  smallestGap: number,
  scale: z.object({ min: number, max: number }),
  response: z.array(z.object({ function: fn, invited: number, answered: shownNumber })),
  blocks: z.array(block),
  tools: z.array(z.object({ toolId: z.string(), sections: z.array(section) })),
  culturalDivide: z
    .object({
      salesOwnRole: ownRole,
      marketingOwnRole: ownRole,
      finding: z.enum(['power_struggle', 'separate_roles', 'nobody_claims_strategy', 'mixed']),
      fromSource: z.boolean(),
      expectations: z.array(z.object({ of: side, own: roleSection, expected: roleSection })).optional(),
    })
    .optional(),
  relationship: z.object({ groups: z.array(z.object({ blockId: z.string(), n: number, sum: number, type: z.enum(['undefined', 'defined', 'aligned', 'integrated']) })) }).optional(),
  comments: z.array(z.object({ function: fn, texts: z.array(z.string()) })),
  change: z
    .object({
      previousWaveId: z.string(),
      previousName: z.string(),
      turnover: number,
      sections: z.array(
        z.object({ sectionId: z.string(), blockId: z.string(), before: number, now: number, difference: number, ci95: shownInterval, gapBefore: number.optional(), gapNow: number.optional() }),
      ),
    })
    .optional(),
});

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
/** Compiles only while the schema and the domain's type say the same. */
export const resultsSchemaIsTheView: Same<z.infer<typeof waveResultsSchema>, WaveResults> = true;
