import { ORPCError } from '@orpc/server';
import { Hono, type Context as HttpContext } from 'hono';
import { z } from 'zod';
import { BOM, toCsv } from '../../lib/csv';
import { inLocale, LOCALES } from '../../lib/vocabulary';
import { refuse } from '../../platform/http/refusal';
import type { Actor, Context, Services } from '../../platform/rpc/context';
import { allow, withWorkspace, type Scope } from '../../platform/rpc/with-workspace';
import { workspaceFacts } from '../workspace/public';
import { findWave, type WaveRow } from './ballots-repo';
import { readResults } from './commands/read-results';
import { waysIn } from './commands/reach-people';
import { minutesFor } from './domain/instrument';
import { waveWithResults } from './http';
import { can } from './policy';
import { surveyCalendar } from './reports/calendar';
import type { CodeSheetRequest } from './reports/make-file';
import { createReportPool, type ReportPool } from './reports/report-pool';
import { REPORT_FORMATS } from './reports/request';

type Download = { name: string; type: string; body: string | Uint8Array };
type WhoAsks = (request: Request) => Promise<Actor | null>;

const ids = z.object({ workspace: z.uuid(), wave: z.uuid() });
const reportQuery = z.object({ format: z.enum(REPORT_FORMATS), locale: z.enum(LOCALES).default('en') });
const sheetKind = z.enum(['people', 'slips']).default('people');
const language = z.enum(LOCALES).optional();

/** Valid values, or a refusal that names the address as the mistake. */
const read = <T>(shape: z.ZodType<T>, value: unknown): T => {
  const found = shape.safeParse(value);
  if (!found.success) throw refuse.notFound('file');
  return found.data;
};

/**
 * Files of a wave, under `/api/workspaces/{workspace}/waves/{wave}`: who asks, the workspace's row security and the policy are
 * those of the calls. Refusals are the calls' as well, as JSON.
 */
export const waveFiles = (services: Services, whoAsks: WhoAsks, reports: ReportPool = createReportPool()): Hono => {
  const app = new Hono();
  const file = (make: (context: Context, of: { workspace: string; wave: string }, c: HttpContext) => Promise<Download>) => async (c: HttpContext) => {
    try {
      const context: Context = { services, actor: await whoAsks(c.req.raw), headers: c.req.raw.headers };
      return asAttachment(await make(context, read(ids, c.req.param()), c));
    } catch (error) {
      if (error instanceof ORPCError) return Response.json({ code: error.code, status: error.status, message: error.message, data: error.data as unknown }, { status: error.status });
      services.log.error({ fault: error instanceof Error ? error.message : 'unknown' }, 'a file could not be made');
      return Response.json({ code: 'INTERNAL_SERVER_ERROR', status: 500, message: 'The file could not be made. Nothing was changed.', data: { saved: false, todo: 'Try again in a moment.' } }, { status: 500 });
    }
  };
  app.get('/:workspace/waves/:wave/links.csv', file((context, of) => handingOut(context, of, 'links', linksFile)));
  app.get('/:workspace/waves/:wave/code-sheet.pdf', file(async (context, of, c) => {
    const sheet = await handingOut(context, of, 'codes', (scope, row) => codeSheet(scope, row, read(sheetKind, c.req.query('for')), read(language, c.req.query('locale'))));
    const { fileName, contentType, body } = await reports.make(sheet);
    return { name: fileName, type: contentType, body };
  }));
  app.get('/:workspace/waves/:wave/calendar.ics', file((context, of, c) => calendarFile(context, of, read(language, c.req.query('locale')))));
  app.get('/:workspace/waves/:wave/report/:format', file(async (context, of, c) => {
    const asked = read(reportQuery, { format: c.req.param('format'), locale: c.req.query('locale') });
    const request = await withWorkspace(context, of.workspace, 'assessment:read', async (scope) => {
      allow(can(scope.me, 'wave:list'), 'see results');
      const row = await waveWithResults(scope, of.wave);
      const { name, isDemo } = await workspaceFacts(scope.tx);
      if (!row.instrument) throw refuse.notFound('report');
      return { ...asked, results: await readResults(scope.tx, row), instrument: row.instrument, workspaceName: name, sample: isDemo };
    });
    const { fileName, contentType, body } = await reports.make(request);
    return { name: fileName, type: contentType, body };
  }));
  return app;
};

/** Names come from people: the plain form holds ASCII only, the other one is percent-encoded (RFC 6266). */
const asAttachment = ({ name, type, body }: Download): Response => {
  const plain = name.normalize('NFKD').replace(/\p{M}+/gu, '').replace(/[^\w.-]+/g, '-').replace(/-+/g, '-').replace(/^-+/, '');
  return new Response(typeof body === 'string' ? body : new Uint8Array(body), {
    headers: { 'content-type': type, 'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`, 'x-content-type-options': 'nosniff' },
  });
};

/** Links and codes leave the house: only those who manage surveys, and the audit trail says who took them. */
const handingOut = <T>(context: Context, of: { workspace: string; wave: string }, what: 'links' | 'codes', make: (scope: Scope, row: WaveRow) => Promise<T>): Promise<T> =>
  withWorkspace(context, of.workspace, 'assessment:write', async (scope) => {
    allow(can(scope.me, 'wave:manage'), 'hand out links');
    const row = await findWave(scope.tx, of.wave);
    if (!row) throw refuse.notFound('survey');
    const made = await make(scope, row);
    await scope.audit({ action: 'wave.links_taken', subjectKind: 'wave', subjectId: row.id, details: { as: what } });
    return made;
  });

const linksFile = async (scope: Scope, row: WaveRow): Promise<Download> => {
  const ways = await waysIn(scope.services, scope.tx, row);
  const rows = ways.filter((way) => way.name !== null).map((way) => [way.name, way.email, way.function, way.group.en, way.link, way.code]);
  return { name: `${row.name} links.csv`, type: 'text/csv; charset=utf-8', body: BOM + toCsv([['Name', 'E-mail', 'Function', 'Group', 'Link', 'Code'], ...rows]) };
};

const codeSheet = async (scope: Scope, row: WaveRow, wanted: 'people' | 'slips', asked: (typeof LOCALES)[number] | undefined): Promise<CodeSheetRequest> => {
  const locale = asked ?? row.setup.locales[0] ?? 'en';
  const ways = (await waysIn(scope.services, scope.tx, row)).filter((way) => (way.name === null) === (wanted === 'slips'));
  if (ways.length === 0) throw refuse.conflict(wanted === 'slips' ? 'No group of this survey draws slips.' : 'Everybody of this survey draws a slip; there are no personal codes.', 'Choose the other sheet.');
  const entries = ways.map((way) => ({ label: way.name ?? inLocale(way.group, locale), url: way.link, code: way.code }));
  const sheet = { workspaceName: (await workspaceFacts(scope.tx)).name, title: row.name, locale, kind: wanted === 'slips' ? 'slips' : 'personal', entries } as const;
  return { format: 'code-sheet', fileName: `${row.name} ${wanted === 'slips' ? 'slips' : 'codes'}.pdf`, sheet };
};

const calendarFile = (context: Context, of: { workspace: string; wave: string }, asked: (typeof LOCALES)[number] | undefined): Promise<Download> =>
  withWorkspace(context, of.workspace, 'assessment:read', async (scope) => {
    allow(can(scope.me, 'wave:list'), 'see surveys');
    const row = await findWave(scope.tx, of.wave);
    if (!row) throw refuse.notFound('survey');
    const { opensAt, closesAt, instrument, setup } = row;
    if (!opensAt || !closesAt || !instrument) throw refuse.conflict('This survey is not launched yet, so its times may still change.', 'Launch it first.');
    const body = surveyCalendar({
      waveId: row.id, workspaceName: (await workspaceFacts(scope.tx)).name, opensAt: opensAt.toISOString(), closesAt: closesAt.toISOString(),
      minutes: Math.max(...setup.functions.map((name) => minutesFor(instrument, setup.toolIds, name))), minimum: setup.minimum.general, locale: asked ?? setup.locales[0] ?? 'en',
    });
    return { name: `${row.name}.ics`, type: 'text/calendar; charset=utf-8', body };
  });
