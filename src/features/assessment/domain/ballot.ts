import { CANNOT_JUDGE } from './answers';

/** What a ballot's signature is over, behind its 32 random bytes: the wave and the leaf it counts in, never the person. */
export const ballotContext = (waveId: string, leafId: string): string => `lockstep-ballot-1|${waveId}|${leafId}`;

/** On the wire, "cannot judge". */
const WIRE_CANNOT_JUDGE = -1;

/**
 * Answers as they are kept: one byte a statement, the place of the key from 1, 0 = left open, 255 = cannot judge.
 * Undefined unless there is exactly one whole number per statement and each is a key of the scale.
 */
export const packRatings = (answers: unknown, statements: number, points: number): Uint8Array | undefined => {
  if (!Array.isArray(answers) || answers.length !== statements) return undefined;
  const bytes = new Uint8Array(statements);
  for (const [at, answer] of (answers as unknown[]).entries()) {
    if (typeof answer !== 'number' || !Number.isInteger(answer) || answer < WIRE_CANNOT_JUDGE || answer > points) return undefined;
    bytes[at] = answer === WIRE_CANNOT_JUDGE ? CANNOT_JUDGE : answer;
  }
  return bytes;
};

/** How far a group has come, without telling when the last answers came: rounded down to whole minimum groups. */
export const inSteps = (answered: number, k: number): number => Math.floor(answered / k) * k;
