import { isContractProcedure, type AnyContractProcedure } from '@orpc/contract';
import type { z } from 'zod';
import { contracts } from '../features';

/** One call of the API as its contract states it. */
export type Endpoint = { name: string; method: string; path: string; successStatus: number; input: z.ZodType | undefined; output: z.ZodType | undefined };

const described = (name: string, contract: AnyContractProcedure): Endpoint => {
  const { route, inputSchema, outputSchema } = contract['~orpc'];
  return {
    name, method: route.method ?? 'POST', path: route.path ?? `/${name.replace('.', '/')}`, successStatus: route.successStatus ?? 200,
    input: inputSchema as z.ZodType | undefined, output: outputSchema as z.ZodType | undefined,
  };
};

/** Every call of every contract, as "feature.call"; nothing is listed by hand. */
export const endpoints = (): Endpoint[] =>
  Object.entries(contracts).flatMap(([feature, calls]) =>
    Object.entries(calls).map(([call, contract]: [string, unknown]) => {
      if (!isContractProcedure(contract)) throw new Error(`${feature}.${call} is no call`);
      return described(`${feature}.${call}`, contract);
    }),
  );

type Fields = Record<string, unknown>;
type RestCall = { path: string; init: RequestInit };

const flat = (prefix: string, value: unknown): [string, string | Blob][] => {
  if (value instanceof Blob) return [[prefix, value]];
  if (Array.isArray(value)) return value.flatMap((each, at) => flat(`${prefix}[${at}]`, each));
  if (value !== null && typeof value === 'object') return Object.entries(value).flatMap(([key, each]) => flat(prefix ? `${prefix}[${key}]` : key, each));
  return value === undefined || value === null ? [] : [[prefix, String(value as string)]];
};

/** The same call as a plain HTTP request under /api: path parameters, then the query or a body. */
export const overRest = (endpoint: Endpoint, input: Fields, headers: Record<string, string>): RestCall => {
  const rest: Fields = { ...input };
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = String(rest[key]);
    delete rest[key];
    // Half a surrogate pair cannot stand in an address; whoever sends one sends its replacement.
    return encodeURIComponent(value.replace(/\p{Cs}/gu, '\ufffd'));
  });
  if (endpoint.method === 'GET') {
    const query = new URLSearchParams(flat('', rest).map(([key, value]): [string, string] => [key, value instanceof Blob ? '' : value])).toString();
    return { path: `/api${path}${query ? `?${query}` : ''}`, init: { method: 'GET', headers } };
  }
  if (Object.values(rest).some((value) => value instanceof Blob)) {
    const body = new FormData();
    for (const [key, value] of flat('', rest)) body.append(key, value);
    return { path: `/api${path}`, init: { method: endpoint.method, headers, body } };
  }
  return { path: `/api${path}`, init: { method: endpoint.method, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(rest) } };
};

/** The call by its name on a typed client, for tables that walk over all of them. */
export const callOf = (client: unknown, name: string): ((input: unknown) => Promise<unknown>) => {
  const [feature = '', call = ''] = name.split('.');
  const group: unknown = Reflect.get(client as object, feature);
  const found: unknown = Reflect.get(group as object, call);
  if (typeof found !== 'function') throw new Error(`no call ${name}`);
  return (input) => (found as (input: unknown) => Promise<unknown>)(input);
};
