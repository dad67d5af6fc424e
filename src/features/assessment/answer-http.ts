import { ORPCError } from '@orpc/server';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { createSigningPool, type SigningPool } from '../../platform/crypto/signing-pool';
import { faultKind } from '../../platform/log/fault';
import { isStorable } from '../../lib/storable-text';
import type { Services } from '../../platform/rpc/context';
import { COMMENT_MAX } from './answer-contract';
import { AnswerFault } from './answer-fault';
import { createBallotWriter } from './ballot-writer';
import { issueBallot } from './commands/issue-ballot';
import { openAnswer } from './commands/open-answer';
import { submitAnswer } from './commands/submit-answer';
import { createRateLimit, type RateLimit } from '../../platform/http/rate-limit';
import { waveRuntimesOf } from './wave-runtime';

const wave = z.string().max(64).transform((text) => text.toLowerCase());
const token = z.string().min(8).max(64);
const bytes = (characters: number) => z.string().regex(/^[\w-]*$/).max(characters);

const openShape = z.union([z.object({ code: z.string().min(8).max(40) }), z.object({ wave, token })]);
const ballotShape = z.object({ wave, token, blinded: bytes(400) });
const answerShape = z.object({
  wave,
  leaf: z.string().max(400),
  prefix: bytes(64),
  sig: bytes(400),
  answers: z.array(z.number().int()).max(500),
  /** A character that no database keeps must not cost anybody their ballot: it is dropped, the rest counts. */
  comments: z.string().max(COMMENT_MAX).transform((text) => text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '')).optional(),
});

/** What the three routes take, for the API document. */
export const respondentShapes = { open: openShape, ballot: ballotShape, answer: answerShape };

const SMALL = 4 * 1024;
const ANSWER = 24 * 1024;

/**
 * The respondents' three routes, under `/api/answer`. They read no cookie and no address, write no log line for anything that
 * goes well or is refused, and for a failure only its kind.
 */
export const answerRoutes = (services: Services, pool: SigningPool = createSigningPool()): Hono => {
  const runtimes = waveRuntimesOf(services);
  const writer = createBallotWriter(services);
  const app = new Hono();
  const perToken = createRateLimit(120);
  const perSerial = createRateLimit(300);
  const handle =
    <T>(shape: z.ZodType<T>, limit: RateLimit, keyOf: (request: T) => string, work: (request: T) => Promise<object>) =>
    async (c: Context) => {
      try {
        const request = shape.safeParse(await c.req.json().catch(() => undefined));
        if (!request.success || !isStorable(request.data)) throw new AnswerFault('malformed');
        if (!limit.allows(keyOf(request.data), services.now())) throw new AnswerFault('busy', { tooMany: true });
        return c.json(await work(request.data));
      } catch (error) {
        const fault = error instanceof AnswerFault ? error : new AnswerFault('busy');
        if (fault !== error && !(error instanceof ORPCError)) services.log.error({ fault: faultKind(error) }, 'a respondent could not be served');
        return c.json(fault.body(), fault.status);
      }
    };
  const within = (maxSize: number) => bodyLimit({ maxSize, onError: (c) => c.json(new AnswerFault('malformed').body(), 413) });
  app.post('/open', within(SMALL), handle(openShape, perToken, (request) => ('code' in request ? request.code : request.token), (request) => openAnswer(services, runtimes, request)));
  app.post('/ballot', within(SMALL), handle(ballotShape, perToken, (request) => request.token, (request) => issueBallot(services, runtimes, pool, request)));
  app.post('/', within(ANSWER), handle(answerShape, perSerial, (request) => request.prefix, (request) => submitAnswer(writer, runtimes, request)));
  return app;
};
