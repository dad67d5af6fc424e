import type { Client } from './test-app';

type Operation = { operationId?: string; parameters?: { name: string; in: string }[]; requestBody?: unknown };
type Document = { openapi: string; servers: { url: string }[]; paths: Record<string, Record<string, Operation>> };
type Fields = Record<string, unknown>;
type Request = (path: string, init?: RequestInit) => Promise<Response>;

/** What somebody can ask who has nothing but the published API document and a token. */
export const documentedApi = async (request: Request, token: string) => {
  const document = (await (await request('/api/openapi.json')).json()) as Document;
  const base = document.servers[0]?.url ?? '';
  const operations = new Map(
    Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => [operation.operationId ?? `${method} ${path}`, { path, method, operation }] as const)),
  );
  /** Sends an operation by its id; each field goes where the document says. @throws Error when the document does not know it */
  const send = (operationId: string, input: Fields, authorized = true): Promise<Response> => {
    const known = operations.get(operationId);
    if (!known) throw new Error(`the document has no operation ${operationId}`);
    const rest = { ...input };
    let { path } = known;
    const query = new URLSearchParams();
    for (const parameter of known.operation.parameters ?? []) {
      const value = rest[parameter.name];
      delete rest[parameter.name];
      if (parameter.in === 'path') path = path.replace(`{${parameter.name}}`, encodeURIComponent(String(value)));
      else if (value !== undefined) query.set(parameter.name, String(value));
    }
    if (!known.operation.requestBody && Object.keys(rest).length > 0) throw new Error(`${operationId} has no place for ${Object.keys(rest).join(', ')}`);
    return request(`${base}${path}${query.size > 0 ? `?${query.toString()}` : ''}`, {
      method: known.method.toUpperCase(),
      headers: { ...(authorized ? { authorization: `Bearer ${token}` } : {}), ...(known.operation.requestBody ? { 'content-type': 'application/json' } : {}) },
      ...(known.operation.requestBody ? { body: JSON.stringify(rest) } : {}),
    });
  };
  const call = (operationId: string) => async (input: Fields): Promise<unknown> => {
    const response = await send(operationId, input);
    const said: unknown = await response.json();
    if (!response.ok) throw Object.assign(new Error(operationId), said);
    return said;
  };
  const feature = (name: string) => new Proxy({}, { get: (_, key) => call(`${name}.${String(key)}`) });
  /** Typed like our own pages' client, so that a call and what it takes are checked; it travels over the documented addresses only. */
  const client = new Proxy({}, { get: (_, key) => (key === 'then' ? undefined : feature(String(key))) }) as Client;
  return { client, send, operations: [...operations.keys()] };
};
