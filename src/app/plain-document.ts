import type { OpenAPIGeneratorGenerateOptions } from '@orpc/openapi';
import { z } from 'zod';
import { respondentShapes } from '../features/assessment/answer-http';
import { REPORT_FORMATS } from '../features/assessment/reports/request';
import { ROW_KINDS } from '../features/customers/domain/fields';
import { LOCALES } from '../lib/vocabulary';

type Paths = NonNullable<OpenAPIGeneratorGenerateOptions['paths']>;
type Operation = NonNullable<NonNullable<Paths[string]>['get']>;
type Parameter = NonNullable<Operation['parameters']>[number];
type Schema = { type: 'string'; format?: string; enum?: readonly string[]; default?: string; maxLength?: number };

const inPath = (name: string, schema: Schema = { type: 'string', format: 'uuid' }): Parameter => ({ name, in: 'path', required: true, schema: schema as never });
const inQuery = (name: string, schema: Schema, required = false): Parameter => ({ name, in: 'query', required, schema: schema as never });

const locale: Schema = { type: 'string', enum: LOCALES };
const download = (operationId: string, tag: string, summary: string, parameters: Parameter[], contentType: string): { get: Operation } => ({
  get: { operationId, tags: [tag], summary, parameters, responses: { 200: { description: 'The file, as an attachment', content: { [contentType]: {} } } } },
});

const ofWave = [inPath('workspace'), inPath('wave')];
const ofHuddle = [inPath('workspace'), inPath('huddle')];
const W = '/workspaces/{workspace}';

/** A respondent's own call: without account or token, answered in JSON. */
const respondent = (operationId: string, summary: string, shape: z.ZodType): { post: Operation } => ({
  post: {
    operationId, tags: ['answer'], summary, security: [],
    requestBody: { required: true, content: { 'application/json': { schema: z.toJSONSchema(shape, { io: 'input', target: 'draft-2020-12' }) as never } } },
    responses: { 200: { description: 'Done', content: { 'application/json': {} } } },
  },
});

/** What the API document says of routes that are no calls of a contract: files, and the respondents' three. */
export const plainPaths: Paths = {
  [`${W}/waves/{wave}/links.csv`]: download('assessment.linksFile', 'assessment', 'Personal links and short codes as CSV', ofWave, 'text/csv'),
  [`${W}/waves/{wave}/code-sheet.pdf`]: download('assessment.codeSheet', 'assessment', 'QR codes and short codes to print: for people, or slips for a shared device', [...ofWave, inQuery('for', { type: 'string', enum: ['people', 'slips'], default: 'people' }), inQuery('locale', locale)], 'application/pdf'),
  [`${W}/waves/{wave}/calendar.ics`]: download('assessment.calendar', 'assessment', 'Opening and closing as calendar entries', [...ofWave, inQuery('locale', locale)], 'text/calendar'),
  [`${W}/waves/{wave}/report/{format}`]: download('assessment.report', 'assessment', 'The report of a closed wave, as the disclosure gate lets it out', [...ofWave, inPath('format', { type: 'string', enum: REPORT_FORMATS }), inQuery('locale', { ...locale, default: 'en' })], 'application/octet-stream'),
  [`${W}/huddles/{huddle}/record.pdf`]: download('huddle.recordFile', 'huddle', 'What a Huddle agreed, as PDF', ofHuddle, 'application/pdf'),
  [`${W}/huddles/{huddle}/record.pptx`]: download('huddle.recordSlides', 'huddle', 'What a Huddle agreed, as slides', ofHuddle, 'application/vnd.openxmlformats-officedocument.presentationml.presentation'),
  [`${W}/huddles/{huddle}/paper.pdf`]: download('huddle.paperFile', 'huddle', 'Sheets to hold a Huddle on paper, as PDF', ofHuddle, 'application/pdf'),
  [`${W}/imports/{import}/rejected.csv`]: download('customers.rejectedFile', 'customers', 'Rejected rows with line and reason, as CSV', [inPath('workspace'), inPath('import')], 'text/csv'),
  [`${W}/imports`]: {
    post: {
      operationId: 'customers.uploadFile', tags: ['customers'], summary: 'Bring in an export as the body of the request; it is checked before anything is written',
      parameters: [
        inPath('workspace'), inQuery('id', { type: 'string', format: 'uuid' }, true), inQuery('source', { type: 'string', format: 'uuid' }, true),
        inQuery('name', { type: 'string', maxLength: 255 }, true), inQuery('kind', { type: 'string', enum: ROW_KINDS }),
      ],
      requestBody: { required: true, content: { 'application/octet-stream': {} } },
      responses: { 201: { description: 'Received', content: { 'application/json': {} } } },
    },
  },
  '/answer/open': respondent('answer.open', 'The questionnaire behind a personal link or a short code, with the public list of groups and keys', respondentShapes.open),
  '/answer/ballot': respondent('answer.ballot', 'A blind signature (RFC 9474) over a ballot; one for each invitation', respondentShapes.ballot),
  '/answer': respondent('answer.send', 'Signed answers, without any token; the first counts however often they are sent', respondentShapes.answer),
};
