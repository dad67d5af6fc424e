import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import { WRITING_HEADER } from '../lib/writing';
import { noteUnreachable } from './connection';
import { noteWriting } from './writing';
import type { AnyContractRouter, ContractRouterClient } from '@orpc/contract';

/** What stands between us and the server answers in its place: a proxy whose server is away. */
const isProxyAlone = ({ status, headers }: Response): boolean => [502, 503, 504].includes(status) && !headers.get('content-type')?.includes('json');

/** A request without any answer is noted at once, before it is tried again. */
const asked = async (request: Request, init: RequestInit): Promise<Response> => {
  const response = await fetch(request, init).catch((error: unknown) => {
    if (error instanceof TypeError) noteUnreachable();
    throw error;
  });
  if (isProxyAlone(response)) noteUnreachable();
  else noteWriting(response.headers.get(WRITING_HEADER));
  return response;
};

const link = new RPCLink({ url: () => new URL('/rpc', location.href).href, fetch: (request, init) => asked(request, init) });

/** A typed client of one feature's contract; the contract itself is imported type-only and weighs nothing. */
export const clientOf = <C extends AnyContractRouter>(name: string) => createORPCClient<ContractRouterClient<C>>(link, { path: [name] });

/** What went wrong, for people. `status` 0: the server could not be reached. */
export type Fault = { status: number; code: string; message: string; todo: string; fields: { path: string; message: string }[] };

type Issue = { path?: (string | number | { key: string | number })[]; message: string };

/** Reads any thrown value as a fault. */
export const faultOf = (error: unknown): Fault => {
  if (!(error instanceof ORPCError)) return { status: 0, code: 'UNREACHABLE', message: '', todo: '', fields: [] };
  const data = (error.data ?? {}) as { todo?: string; fields?: Fault['fields']; issues?: Issue[] };
  const issues = (data.issues ?? []).map((issue) => ({ path: (issue.path ?? []).map((part) => (typeof part === 'object' ? part.key : part)).join('.'), message: issue.message }));
  const fields = data.fields ?? issues;
  const message = issues.length > 0 ? issues.map((issue) => (issue.path ? `${issue.path}: ${issue.message}` : issue.message)).join(' · ') : error.message;
  return { status: error.status, code: error.code, message, todo: data.todo ?? '', fields };
};
