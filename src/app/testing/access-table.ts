import { randomUUID } from 'node:crypto';
import type { TokenScope } from '../../lib/scopes';
import type { Role } from '../../lib/vocabulary';
import { AGREEMENTS } from './access-agreements';
import { CUSTOMERS } from './access-customers';
import { DIAGNOSIS } from './access-diagnosis';
import { GOALS } from './access-goals';
import { IMPROVEMENT } from './access-improvement';
import { HUDDLE } from './access-huddle';
import { PIPELINE } from './access-pipeline';
import { ADMINS, ALL, FIRST, MEMBERS, OWNER, row, RUNNERS, type Fields, type Given, type InWorkspace, type Outside } from './access-rows';
import { closedFile, type Company } from './two-companies';

const csv = () => new File(['name,email\nAnn,ann@x.example\n'], 'people.csv', { type: 'text/csv' });
const columns = { columns: ['name', 'email'], dateOrder: 'dmy', words: [] };
const secret = 'lsi_this-one-was-never-made';
const wave = 'draft' as const;
const draft: Given = async (at) => ({ wave: await at.addDraft() });
const settled: Given = (at) => ({ wave: at.draft });
const closed: Given = (at) => ({ wave: at.closed });
const chart = { chart: 'tool', section: '3', width: 700 };

export const IN_WORKSPACE: Record<string, InWorkspace> = {
  'workspace.read': row(ALL, 'workspace:read'),
  'workspace.visit': row(ALL, 'workspace:read'),
  'workspace.update': row(ADMINS, 'workspace:write', () => ({ name: 'Renamed' })),
  'workspace.remove': row(OWNER, 'workspace:write', () => ({ confirmName: 'not its name' }), { then: 422 }),
  'workspace.members': row(MEMBERS, 'workspace:read'),
  'workspace.updateMember': row(ADMINS, 'workspace:write', (at) => ({ user: at.spare, personId: null }), { foreign: { user: 'ownerId', personId: 'person' } }),
  'workspace.removeMember': row(ADMINS, 'workspace:write', async (at) => ({ user: await at.addMember() }), { foreign: { user: 'ownerId' } }),
  'workspace.invitations': row(ADMINS, 'workspace:read'),
  'workspace.invite': row(ADMINS, 'workspace:write', () => ({ email: `${randomUUID()}@new.example`, role: 'viewer' }), { foreign: { personId: 'person' } }),
  'workspace.revokeInvitation': row(ADMINS, 'workspace:write', async (at) => ({ id: (await at.invite('viewer')).id }), { foreign: { id: 'invitation' } }),
  'workspace.tokens': row(ADMINS, 'workspace:read'),
  'workspace.createToken': row(ADMINS, 'workspace:write', () => ({ name: 'another', scopes: ['people:read'] })),
  'workspace.revokeToken': row(ADMINS, 'workspace:write', async (at) => ({ id: (await at.addToken()).id }), { foreign: { id: 'token' } }),
  'workspace.audit': row(ADMINS, 'workspace:read'),
  'workspace.outbox': row(RUNNERS, 'workspace:read'),
  'workspace.sendAgain': row(RUNNERS, 'workspace:write', (at) => ({ mail: at.mail }), { then: 409, foreign: { mail: 'mail' } }),

  ...AGREEMENTS,
  ...CUSTOMERS,
  ...PIPELINE,
  ...GOALS,
  ...DIAGNOSIS,
  ...IMPROVEMENT,
  ...HUDDLE,

  'people.list': row(MEMBERS, 'people:read'),
  'people.facets': row(MEMBERS, 'people:read'),
  'people.read': row(MEMBERS, 'people:read', (at) => ({ id: at.person }), { foreign: { id: 'person' } }),
  'people.create': row(RUNNERS, 'people:write', () => ({ name: 'Newcomer', email: `${randomUUID()}@x.example` }), { foreign: { managerId: { id: 'person', meets: 422 } } }),
  'people.update': row(RUNNERS, 'people:write', async (at) => ({ id: await at.addPerson(), version: 1, name: 'Other' }), { foreign: { id: 'person', managerId: { id: 'person', meets: 422 } } }),
  'people.archive': row(RUNNERS, 'people:write', async (at) => ({ id: await at.addPerson() }), { foreign: { id: 'person' } }),
  'people.restore': row(RUNNERS, 'people:write', async (at) => ({ id: await at.addPerson() }), { foreign: { id: 'person' } }),
  'people.bulk': row(RUNNERS, 'people:write', async (at) => ({ ids: [await at.addPerson()], set: { territory: 'West' } }), { foreign: { 'ids.0': 'person', 'set.managerId': { id: 'person', meets: 422 } } }),
  'people.departments': row(MEMBERS, 'people:read'),
  'people.setDepartments': row(RUNNERS, 'people:write', () => ({ rules: [{ department: 'Field', function: 'sales' }] })),
  'people.sites': row(MEMBERS, 'people:read'),
  'people.setSites': row(RUNNERS, 'people:write', () => ({ rules: [{ site: 'Bonn', territory: 'West' }] })),
  'people.levels': row(MEMBERS, 'people:read'),
  'people.setLevels': row(RUNNERS, 'people:write', () => ({ overrule: false })),
  'people.preview': row(RUNNERS, 'people:write', () => ({ file: csv() })),
  'people.import': row(RUNNERS, 'people:write', () => ({ id: randomUUID(), file: csv(), mapping: columns, fingerprint: 'of no preview' }), { then: 409, foreign: { id: { id: 'change', meets: 409 } } }),
  'people.importProgress': row(RUNNERS, 'people:write', () => ({ id: randomUUID() }), { foreign: { id: { id: 'change', meets: 200 } } }),
  'people.stopImport': row(RUNNERS, 'people:write', () => ({ id: randomUUID() }), { foreign: { id: { id: 'change', meets: 200 } } }),
  'people.changes': row(RUNNERS, 'people:read'),
  'people.change': row(RUNNERS, 'people:read', (at) => ({ id: at.change }), { foreign: { id: 'change' } }),
  'people.revert': row(RUNNERS, 'people:write', async (at) => ({ id: await at.addChange() }), { foreign: { id: 'change' } }),
  'people.export': row(RUNNERS, 'people:read'),

  'assessment.instruments': row(ALL, 'assessment:read'),
  'assessment.loadInstrument': row(RUNNERS, 'assessment:write', () => ({ text: 'no questionnaire' }), { then: 422 }),
  'assessment.waves': row(ALL, 'assessment:read'),
  'assessment.createWave': row(RUNNERS, 'assessment:write', () => ({ name: 'Next' }), { foreign: { from: 'closed' } }),
  'assessment.wave': row(ALL, 'assessment:read', settled, { foreign: { wave } }),
  'assessment.updateWave': row(RUNNERS, 'assessment:write', async (at) => ({ wave: await at.addDraft(), version: 1, name: 'Named' }), { foreign: { wave } }),
  'assessment.deleteWave': row(RUNNERS, 'assessment:write', draft, { foreign: { wave } }),
  'assessment.plan': row(RUNNERS, 'assessment:read', settled, { foreign: { wave } }),
  'assessment.preview': row(RUNNERS, 'assessment:read', (at) => ({ wave: at.draft, function: 'sales' }), { foreign: { wave } }),
  'assessment.launch': row(RUNNERS, 'assessment:write', (at) => ({ wave: at.draft, version: 99 }), { then: 409, foreign: { wave } }),
  'assessment.extend': row(RUNNERS, 'assessment:write', (at) => ({ wave: at.draft, closesAt: '2030-01-01T00:00:00Z' }), { then: 409, foreign: { wave } }),
  'assessment.close': row(RUNNERS, 'assessment:write', settled, { then: 409, foreign: { wave } }),
  'assessment.progress': row(RUNNERS, 'assessment:read', settled, { foreign: { wave } }),
  'assessment.links': row(RUNNERS, 'assessment:write', settled, { then: 409, foreign: { wave } }),
  'assessment.sendInvitations': row(RUNNERS, 'assessment:write', settled, { then: 409, foreign: { wave } }),
  'assessment.remind': row(RUNNERS, 'assessment:write', settled, { then: 409, foreign: { wave } }),
  'assessment.letter': row(RUNNERS, 'assessment:read', settled, { foreign: { wave } }),
  'assessment.importAnswers': row(RUNNERS, 'assessment:write', (at) => closedFile(at.workspace, true)),
  'assessment.results': row(ALL, 'assessment:read', closed, { foreign: { wave: 'closed' } }),
  'assessment.drawing': row(ALL, 'assessment:read', (at) => ({ wave: at.closed, ...chart }), { foreign: { wave: 'closed' } }),
  'assessment.publish': row(FIRST, 'assessment:write', (at) => ({ wave: at.closed, published: true }), { foreign: { wave: 'closed' } }),
  'assessment.share': row(FIRST, 'assessment:write', (at) => ({ wave: at.closed, shared: true }), { foreign: { wave: 'closed' } }),
};

/** Before they are published, results are for those who see first. */
export const HIDDEN_RESULTS: Record<string, Fields> = { 'assessment.results': {}, 'assessment.drawing': chart };
export const SEE_FIRST = FIRST;

export const OUTSIDE: Record<string, Outside> = {
  'workspace.setup': { given: () => ({}), anonymous: 200, account: 200, token: 200 },
  'workspace.mine': { given: () => ({}), anonymous: 401, account: 200, token: 401 },
  'workspace.create': { given: () => ({ name: 'Own', timeZone: 'UTC' }), anonymous: 401, account: 200, token: 401 },
  'workspace.openInvitation': { given: () => ({ secret }), anonymous: 410, account: 410, token: 410 },
  'workspace.acceptInvitation': { given: () => ({ secret }), anonymous: 401, account: 410, token: 401 },
  'assessment.shared': { given: () => ({ secret }), anonymous: 410, account: 410, token: 410 },
  'assessment.sharedDrawing': { given: () => ({ secret, ...chart }), anonymous: 410, account: 410, token: 410 },
  'assessment.sample': { given: () => ({}), anonymous: 404, account: 404, token: 404 },
  'assessment.sampleDrawing': { given: () => chart, anonymous: 404, account: 404, token: 404 },
  'demo.remove': { given: () => ({}), anonymous: 401, account: 404, token: 401 },
  'demo.load': { given: () => ({}), anonymous: 401, account: 200, token: 401 },
};

/** A plain route inside a workspace; `id` names the thing of a company that stands in its address. */
type PlainRow = { may: readonly Role[]; scope: TokenScope; path: (at: { workspace: string }, id: string) => string; id: keyof Company; then: number; body?: string };
const file = (name: string) => (at: { workspace: string }, id: string) => `/api/workspaces/${at.workspace}/waves/${id}/${name}`;
const upload: PlainRow['path'] = (at, source) => `/api/workspaces/${at.workspace}/imports?id=${randomUUID()}&source=${source}&name=leads.csv`;

/** Files, by the route as the router knows it. */
export const FILES: Record<string, PlainRow> = {
  'GET /api/workspaces/:workspace/waves/:wave/links.csv': { may: RUNNERS, scope: 'assessment:write', path: file('links.csv'), id: 'draft', then: 409 },
  'GET /api/workspaces/:workspace/waves/:wave/code-sheet.pdf': { may: RUNNERS, scope: 'assessment:write', path: file('code-sheet.pdf'), id: 'draft', then: 409 },
  'GET /api/workspaces/:workspace/waves/:wave/calendar.ics': { may: ALL, scope: 'assessment:read', path: file('calendar.ics'), id: 'draft', then: 409 },
  'GET /api/workspaces/:workspace/waves/:wave/report/:format': { may: ALL, scope: 'assessment:read', path: file('report/csv'), id: 'closed', then: 200 },
  'GET /api/workspaces/:workspace/huddles/:huddle/record.pdf': { may: MEMBERS, scope: 'huddle:read', path: (at, id) => `/api/workspaces/${at.workspace}/huddles/${id}/record.pdf`, id: 'huddle', then: 200 },
  'GET /api/workspaces/:workspace/huddles/:huddle/record.pptx': { may: MEMBERS, scope: 'huddle:read', path: (at, id) => `/api/workspaces/${at.workspace}/huddles/${id}/record.pptx`, id: 'huddle', then: 200 },
  'GET /api/workspaces/:workspace/huddles/:huddle/paper.pdf': { may: MEMBERS, scope: 'huddle:read', path: (at, id) => `/api/workspaces/${at.workspace}/huddles/${id}/paper.pdf`, id: 'huddle', then: 200 },
  'POST /api/workspaces/:workspace/imports': { may: RUNNERS, scope: 'customers:write', path: upload, id: 'source', then: 201, body: 'Lead ID,Email\nL1,ann@x.example' },
  'GET /api/workspaces/:workspace/imports/:import/rejected.csv': { may: RUNNERS, scope: 'customers:read', path: (at, id) => `/api/workspaces/${at.workspace}/imports/${id}/rejected.csv`, id: 'import', then: 200 },
};

/** Routes that look at no account: the same answer for everybody. Status for an empty body, or none. */
export const FOR_EVERYBODY: Record<string, { path: string; method: string; status: number }> = {
  'GET /healthz': { path: '/healthz', method: 'GET', status: 200 },
  'GET /readyz': { path: '/readyz', method: 'GET', status: 200 },
  'GET /api/openapi.json': { path: '/api/openapi.json', method: 'GET', status: 200 },
  'POST /api/answer/open': { path: '/api/answer/open', method: 'POST', status: 400 },
  'POST /api/answer/ballot': { path: '/api/answer/ballot', method: 'POST', status: 400 },
  'POST /api/answer': { path: '/api/answer', method: 'POST', status: 400 },
  'POST /api/huddle/join': { path: '/api/huddle/join', method: 'POST', status: 422 },
  'GET /api/huddle/stream': { path: '/api/huddle/stream', method: 'GET', status: 404 },
  'POST /api/huddle/here': { path: '/api/huddle/here', method: 'POST', status: 404 },
  'POST /api/huddle/operations': { path: '/api/huddle/operations', method: 'POST', status: 404 },
  'POST /api/hooks/:hook': { path: '/api/hooks/00000000-0000-4000-8000-000000000000', method: 'POST', status: 404 },
  'GET /a': { path: '/a', method: 'GET', status: 200 },
  'GET /a/*': { path: '/a/anything', method: 'GET', status: 200 },
  'GET /:rewritten{a(%23|#).*}': { path: '/a%23anything', method: 'GET', status: 200 },
  'GET /l/:secret': { path: '/l/lsh_forged', method: 'GET', status: 404 },
  'POST /l/:secret': { path: '/l/lsh_forged', method: 'POST', status: 404 },
  'GET /sign-in': { path: '/sign-in', method: 'GET', status: 200 },
  'GET /forgotten': { path: '/forgotten', method: 'GET', status: 200 },
  'GET /new-password': { path: '/new-password', method: 'GET', status: 200 },
  'GET /assets/*': { path: '/assets/none.js', method: 'GET', status: 404 },
  'GET /*': { path: '/anything', method: 'GET', status: 200 },
};

/**
 * Every route of the account library, asked with an empty body where none is given: without an account (or with an API token, which is none), and
 * signed in. 400: understood, but something is missing. 404: switched off.
 */
export const AUTH: Record<string, { method: 'GET' | 'POST'; anonymous: number; account: number; body?: Record<string, string> }> = {
  '/ok': { method: 'GET', anonymous: 200, account: 200 },
  '/error': { method: 'GET', anonymous: 302, account: 302 },
  '/get-session': { method: 'GET', anonymous: 200, account: 200 },
  '/sign-up/email': { method: 'POST', anonymous: 403, account: 403 },
  '/sign-in/email': { method: 'POST', anonymous: 400, account: 400 },
  '/sign-in/social': { method: 'POST', anonymous: 400, account: 400 },
  '/sign-out': { method: 'POST', anonymous: 200, account: 200 },
  '/callback/:id': { method: 'GET', anonymous: 302, account: 302 },
  '/request-password-reset': { method: 'POST', anonymous: 400, account: 400 },
  '/reset-password': { method: 'POST', anonymous: 400, account: 400 },
  '/reset-password/:token': { method: 'GET', anonymous: 400, account: 400 },
  '/verify-password': { method: 'POST', anonymous: 404, account: 404 },
  '/verify-email': { method: 'GET', anonymous: 404, account: 404 },
  '/send-verification-email': { method: 'POST', anonymous: 404, account: 404 },
  '/change-email': { method: 'POST', anonymous: 404, account: 404 },
  '/change-password': { method: 'POST', anonymous: 401, account: 400, body: { currentPassword: 'not the right one', newPassword: 'another long password' } },
  '/update-session': { method: 'POST', anonymous: 404, account: 404 },
  '/update-user': { method: 'POST', anonymous: 401, account: 400 },
  '/delete-user': { method: 'POST', anonymous: 404, account: 404 },
  '/delete-user/callback': { method: 'GET', anonymous: 404, account: 404 },
  '/list-sessions': { method: 'GET', anonymous: 401, account: 200 },
  '/revoke-session': { method: 'POST', anonymous: 401, account: 200, body: { token: 'of nobody' } },
  '/revoke-sessions': { method: 'POST', anonymous: 401, account: 200 },
  '/revoke-other-sessions': { method: 'POST', anonymous: 401, account: 200 },
  '/link-social': { method: 'POST', anonymous: 404, account: 404 },
  '/unlink-account': { method: 'POST', anonymous: 404, account: 404 },
  '/list-accounts': { method: 'GET', anonymous: 404, account: 404 },
  '/refresh-token': { method: 'POST', anonymous: 404, account: 404 },
  '/get-access-token': { method: 'POST', anonymous: 404, account: 404 },
  '/account-info': { method: 'GET', anonymous: 404, account: 404 },
};
