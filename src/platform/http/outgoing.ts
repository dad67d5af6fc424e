import { lookup as resolveName } from 'node:dns/promises';
import { request as plainRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as secureRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from './public-address';

/** Why nothing was sent or no answer came. `address`, `url` and `port` are refusals of ours: the other side was never asked. */
export type OutgoingProblem = 'url' | 'port' | 'address' | 'name' | 'unreachable' | 'timeout' | 'certificate';

export class OutgoingFault extends Error {
  override name = 'OutgoingFault';
  constructor(readonly problem: OutgoingProblem) {
    super(`outgoing request: ${problem}`);
  }
}

export type OutgoingAnswer = { status: number; /** The first part of the body, as text. */ excerpt: string };

export type Outgoing = {
  /** Refuses what may never be called, as far as it can be told without asking the name. @throws OutgoingFault */
  check(url: string): URL;
  /** @throws OutgoingFault; answers of every status come back, redirects are not followed */
  post(url: string, message: { headers: Record<string, string>; body: string }): Promise<OutgoingAnswer>;
};

export type Found = { address: string; family: number };

export type OutgoingOptions = {
  /** Lets requests go to private addresses and to every port: for one's own network and for tests. */
  allowPrivate: boolean;
  resolve?: (host: string) => Promise<Found[]>;
  ports?: readonly number[];
  timeoutMs?: number;
};

const USUAL_PORTS = [80, 443, 8080, 8443] as const;
const TIMEOUT_MS = 10_000;
const MOST_ANSWER_BYTES = 16 * 1024;
const EXCERPT = 1_000;

const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/gu, '');

/** Reads at most so much and drops the connection then; nobody can fill our memory. */
const excerptOf = async (answer: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    parts.push(part);
    size += part.length;
    if (size >= MOST_ANSWER_BYTES) break;
  }
  answer.destroy();
  return Buffer.concat(parts).subarray(0, MOST_ANSWER_BYTES).toString('utf8').slice(0, EXCERPT);
};

const problemOf = (error: unknown, signal: AbortSignal): OutgoingProblem => {
  if (signal.aborted) return 'timeout';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /CERT|TLS|SSL|ALTNAME|SELF_SIGNED/u.test(code) ? 'certificate' : 'unreachable';
};

/**
 * Requests to addresses that people of a workspace typed in. The name is resolved once, all its addresses are checked, and the connection goes to
 * a checked one, so that a name which answers differently the second time (DNS rebinding) gains nothing. OWASP, "Server-Side Request Forgery
 * Prevention".
 */
export const createOutgoing = ({ allowPrivate, resolve = (host) => resolveName(host, { all: true }), ports = USUAL_PORTS, timeoutMs = TIMEOUT_MS }: OutgoingOptions): Outgoing => {
  const check = (text: string): URL => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (!url || !['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '' || url.hostname === '') throw new OutgoingFault('url');
    if (allowPrivate) return url;
    if (!ports.includes(Number(url.port || (url.protocol === 'https:' ? 443 : 80)))) throw new OutgoingFault('port');
    const host = hostOf(url);
    if (isIP(host) > 0 ? !isPublicAddress(host) : /(^|\.)localhost\.?$/u.test(host)) throw new OutgoingFault('address');
    return url;
  };
  const addressFor = async (url: URL): Promise<Found> => {
    const host = hostOf(url);
    const found = isIP(host) > 0 ? [{ address: host, family: isIP(host) }] : await resolve(host).catch(() => []);
    const [first] = found;
    if (!first) throw new OutgoingFault('name');
    if (!allowPrivate && !found.every(({ address }) => isPublicAddress(address))) throw new OutgoingFault('address');
    return first;
  };
  const send = (url: URL, to: Found, { headers, body }: { headers: Record<string, string>; body: string }, signal: AbortSignal): Promise<OutgoingAnswer> =>
    new Promise((done, failed) => {
      const pinned: LookupFunction = (_host, options, answer) => (options.all ? answer(null, [to]) : answer(null, to.address, to.family));
      const options: RequestOptions = {
        method: 'POST', signal, agent: false, lookup: pinned, family: to.family,
        headers: { 'user-agent': 'Lockstep', ...headers, 'content-length': String(Buffer.byteLength(body)), connection: 'close' },
      };
      const request = (url.protocol === 'https:' ? secureRequest : plainRequest)(url, options, (answer) => {
        excerptOf(answer).then((excerpt) => done({ status: answer.statusCode ?? 0, excerpt }), failed);
      });
      request.once('error', failed);
      request.end(body);
    });
  return {
    check,
    post: async (text, message) => {
      const url = check(text);
      const signal = AbortSignal.timeout(timeoutMs);
      const late = new Promise<never>((_, failed) => signal.addEventListener('abort', () => failed(new OutgoingFault('timeout')), { once: true }));
      try {
        return await send(url, await Promise.race([addressFor(url), late]), message, signal);
      } catch (error) {
        throw error instanceof OutgoingFault ? error : new OutgoingFault(problemOf(error, signal));
      }
    },
  };
};
