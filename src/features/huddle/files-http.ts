import { ORPCError } from '@orpc/server';
import { Hono, type Context as HttpContext } from 'hono';
import { z } from 'zod';
import { refuse } from '../../platform/http/refusal';
import { describeFault } from '../../platform/log/fault';
import type { Actor, Context, Services } from '../../platform/rpc/context';
import { allow, withWorkspace, type Scope } from '../../platform/rpc/with-workspace';
import { sheetFile } from '../../platform/files/sheet-file';
import { workspaceFacts } from '../workspace/public';
import { allFigures } from './live/figures';
import { stateOf } from './live/standing';
import { can } from './policy';
import { print } from './print/print';
import type { PrintRequest } from './print/make-print';
import { readRecord } from './record';
import { recordSlides } from './record-slides';
import { huddleById } from './repo';

const ids = z.object({ workspace: z.uuid(), huddle: z.uuid() });
const NINE = 9 * 60;

const minuteOfDay = (at: string, timeZone: string): number => {
  const parts = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format(new Date(at)).split(':').map(Number);
  return (parts[0] ?? 0) * 60 + (parts[1] ?? 0);
};

const paperOf = async (scope: Scope, id: string): Promise<PrintRequest> => {
  const row = await huddleById(scope.tx, id);
  if (!row) throw refuse.notFound('Huddle');
  const state = await stateOf(scope.tx, row);
  const { timeZone } = await workspaceFacts(scope.tx);
  return { paper: { name: state.name, steps: [...state.steps], from: state.startsAt ? minuteOfDay(state.startsAt, timeZone) : NINE, results: await allFigures(scope.tx, scope.me) } };
};

/** Files of a Huddle, under `/api/workspaces/{workspace}/huddles/{huddle}`: its record as pages or slides, and the pack for a room without a network. */
export const huddleFiles = (services: Services, whoAsks: (request: Request) => Promise<Actor | null>): Hono => {
  const app = new Hono();
  const file = (name: string, make: (scope: Scope, id: string) => Promise<PrintRequest | File>) => async (c: HttpContext) => {
    try {
      const context: Context = { services, actor: await whoAsks(c.req.raw), headers: c.req.raw.headers };
      const asked = ids.safeParse(c.req.param());
      if (!asked.success) throw refuse.notFound('file');
      const request = await withWorkspace(context, asked.data.workspace, 'huddle:read', (scope) => {
        allow(can(scope.me, 'huddle:read'), 'see the Huddles');
        return make(scope, asked.data.huddle);
      });
      const slides = request instanceof File;
      return new Response(slides ? request : new Uint8Array(await print(request)), { headers: { 'content-type': slides ? request.type : 'application/pdf', 'content-disposition': `attachment; filename="${name}"`, 'x-content-type-options': 'nosniff' } });
    } catch (error) {
      if (error instanceof ORPCError) return Response.json({ code: error.code, status: error.status, message: error.message, data: error.data as unknown }, { status: error.status });
      services.log.error(describeFault(error), 'a file of a Huddle could not be made');
      return Response.json({ code: 'INTERNAL_SERVER_ERROR', status: 500, message: 'The file could not be made. Nothing was changed.', data: { saved: false, todo: 'Try again in a moment.' } }, { status: 500 });
    }
  };
  app.get('/:workspace/huddles/:huddle/record.pdf', file('huddle-record.pdf', async (scope, id) => ({ record: await readRecord(scope, id) })));
  app.get('/:workspace/huddles/:huddle/record.pptx', file('huddle-record.pptx', async (scope, id) => {
    const record = await readRecord(scope, id);
    return sheetFile('pptx', record.name, [record.name], recordSlides(record, (await workspaceFacts(scope.tx)).name));
  }));
  app.get('/:workspace/huddles/:huddle/paper.pdf', file('huddle-paper.pdf', paperOf));
  return app;
};
