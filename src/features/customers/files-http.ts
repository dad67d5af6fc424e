import { ORPCError } from '@orpc/server';
import { Hono } from 'hono';
import { z } from 'zod';
import { BOM, toCsv } from '../../lib/csv';
import { isStorable } from '../../lib/storable-text';
import { fromElsewhere, originOf, sameOrigin } from '../../platform/http/same-origin';
import { refuse } from '../../platform/http/refusal';
import { describeFault } from '../../platform/log/fault';
import type { Actor, Context, Services } from '../../platform/rpc/context';
import { allow, withWorkspace } from '../../platform/rpc/with-workspace';
import { receiveFile } from './commands/receive-file';
import { cellsAsWritten } from './domain/cells-as-written';
import { ROW_KINDS } from './domain/fields';
import { findImport, rowsByOutcome, type ImportRecord } from './import-repo';
import { can } from './policy';
import problems from './messages/row-problems.en.json';

const upload = z.object({ id: z.uuid(), source: z.uuid(), kind: z.enum(ROW_KINDS).optional(), name: z.string().min(1).max(255).refine(isStorable) });
const ids = z.object({ workspace: z.uuid(), import: z.uuid() });

const parsed = <T>(shape: z.ZodType<T>, value: unknown): T => {
  const found = shape.safeParse(value);
  if (!found.success) throw refuse.invalid('The address of this request is not complete. Nothing was saved.', 'Give id, source, name and, if wanted, kind as query parameters.');
  return found.data;
};

async function* chunks(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  if (!body) return;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

/** Every rejected row with its line and reason, and its cells as they came: mended, the file can be brought in again. */
const rejectedFile = (services: Services, workspace: string, row: ImportRecord): ReadableStream<Uint8Array> => {
  let after = 0;
  let first = true;
  return new ReadableStream({
    async pull(controller) {
      const rows = await services.db.inWorkspace(workspace, (tx) => rowsByOutcome(tx, row.id, 'rejected', 2_000, after));
      const lines = rows.map(({ line, problem, detail, data }) => [...cellsAsWritten(data, row.mapping, row.headings), String(line), `${(problems as Record<string, string>)[problem ?? ''] ?? problem ?? ''}${detail ? `: ${detail}` : ''}`]);
      if (first || lines.length > 0) controller.enqueue(new TextEncoder().encode((first ? BOM : '') + toCsv(first ? [[...row.headings, 'Line (Lockstep)', 'Why not (Lockstep)'], ...lines] : lines)));
      first = false;
      after = rows.at(-1)?.line ?? after;
      if (rows.length < 2_000) controller.close();
    },
  });
};

/** Files of imports, under `/api/workspaces/{workspace}/imports`: an export comes in as the request's body, rejected rows go out as CSV. */
export const importFiles = (services: Services, whoAsks: (request: Request) => Promise<Actor | null>): Hono => {
  const app = new Hono();
  const own = originOf(services.config.baseUrl);
  app.onError((error) => {
    if (error instanceof ORPCError) return Response.json({ code: error.code, status: error.status, message: error.message, data: error.data as unknown }, { status: error.status });
    services.log.error(describeFault(error), 'a file of an import failed');
    return Response.json({ code: 'INTERNAL_SERVER_ERROR', status: 500, message: 'The file could not be handled. Nothing was saved.', data: { saved: false, todo: 'Try again in a moment.' } }, { status: 500 });
  });
  app.post('/:workspace/imports', async (c) => {
    const actor = await whoAsks(c.req.raw);
    if (actor?.kind === 'account' && !sameOrigin(c.req.raw, own)) return fromElsewhere();
    const context: Context = { services, actor, headers: c.req.raw.headers };
    const workspace = parsed(z.uuid(), c.req.param('workspace'));
    const { id, source, kind, name } = parsed(upload, c.req.query());
    return Response.json(await receiveFile(context, workspace, { id, source, kind, fileName: name, body: chunks(c.req.raw.body) }), { status: 201 });
  });
  app.get('/:workspace/imports/:import/rejected.csv', async (c) => {
    const context: Context = { services, actor: await whoAsks(c.req.raw), headers: c.req.raw.headers };
    const of = parsed(ids, c.req.param());
    const row = await withWorkspace(context, of.workspace, 'customers:read', async (scope) => {
      allow(can(scope.me, 'records:import'), 'see the rows of an import');
      const found = await findImport(scope.tx, of.import);
      if (!found) throw refuse.notFound('import');
      return found;
    });
    return new Response(rejectedFile(services, of.workspace, row), {
      headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': 'attachment; filename="rejected-rows.csv"', 'x-content-type-options': 'nosniff' },
    });
  });
  return app;
};
