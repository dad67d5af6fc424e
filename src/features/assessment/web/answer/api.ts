import type { AnswerError, AnswerErrorCode, AnswerRequest, AnswerResponse, BallotRequest, BallotResponse, OpenRequest, OpenResponse } from '../../answer-contract';

/** The server understood and said no. */
export class Refusal extends Error {
  constructor(
    readonly code: AnswerErrorCode,
    readonly opensAt?: string,
  ) {
    super(code);
  }
}

/** Nobody answered, or not in time, or not sensibly: trying again may help. */
export class Unreachable extends Error {}

const CODES_BY_STATUS: Record<number, AnswerErrorCode> = { 400: 'malformed', 403: 'not_open_yet', 404: 'unknown_link', 409: 'other_device', 410: 'closed', 422: 'malformed' };
const ANSWER_WITHIN_MS = 20_000;

/**
 * One request, without cookies and without telling where it came from.
 * @throws Refusal | Unreachable
 */
const post = async <T>(path: string, body: unknown): Promise<T> => {
  let response: Response;
  try {
    response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      // Missing in browsers from before 2022, which then wait as long as they like.
      signal: AbortSignal.timeout?.(ANSWER_WITHIN_MS),
    });
    if (response.ok) return (await response.json()) as T;
  } catch {
    throw new Unreachable();
  }
  const told = (await response.json().catch(() => undefined)) as Partial<AnswerError> | undefined;
  const code = told?.error?.code ?? CODES_BY_STATUS[response.status];
  if (!code || code === 'busy') throw new Unreachable();
  throw new Refusal(code, told?.error?.opensAt);
};

export const open = (request: OpenRequest): Promise<OpenResponse> => post('/api/answer/open', request);
export const pickUpBallot = (request: BallotRequest): Promise<BallotResponse> => post('/api/answer/ballot', request);
export const sendAnswer = (request: AnswerRequest): Promise<AnswerResponse> => post('/api/answer', request);
