import type { Hono } from 'hono';
import { actorOf } from './actor';
import { projections } from './features';
import { answerRoutes } from '../features/assessment/answer-http';
import { waveFiles } from '../features/assessment/files-http';
import type { ReportPool } from '../features/assessment/reports/report-pool';
import { importFiles } from '../features/customers/files-http';
import { intakeHooks } from '../features/customers/hooks-http';
import { huddleFiles } from '../features/huddle/files-http';
import { huddleLive } from '../features/huddle/live-http';
import type { Rooms } from '../features/huddle/live/rooms';
import { handoffPages } from '../features/pipeline/links-http';
import type { Auth } from '../platform/auth/auth';
import type { SigningPool } from '../platform/crypto/signing-pool';
import type { Services } from '../platform/rpc/context';

/** Where large files are sent to. */
export const UPLOAD = /^\/api\/workspaces\/[^/]+\/imports$/u;

/** Threads that work for requests; whoever made them ends them. */
export type Threads = { reports: ReportPool; signing: SigningPool; rooms?: Rooms };

/** Routes that are not calls of the contract: the respondents' three, drawings, files. */
export const mountPlainRoutes = (app: Hono, services: Services, auth: Auth, threads?: Threads): void => {
  app.route('/api/answer', answerRoutes(services, threads?.signing));
  const whoAsks = (request: Request) => actorOf(request, services, auth);
  app.route('/api/workspaces', waveFiles(services, whoAsks, threads?.reports));
  app.route('/l', handoffPages(services));
  app.route('/api/workspaces', importFiles(services, whoAsks));
  app.route('/api/workspaces', huddleFiles(services, whoAsks));
  app.route('/api/huddle', huddleLive(services, threads?.rooms));
  app.route('/api/hooks', intakeHooks(services, projections));
};
