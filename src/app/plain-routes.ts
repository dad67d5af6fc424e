import type { Hono } from 'hono';
import { actorOf } from './actor';
import { answerRoutes } from '../features/assessment/answer-http';
import { waveFiles } from '../features/assessment/files-http';
import { importFiles } from '../features/customers/files-http';
import type { Auth } from '../platform/auth/auth';
import type { Services } from '../platform/rpc/context';

/** Where large files are sent to. */
export const UPLOAD = /^\/api\/workspaces\/[^/]+\/imports$/u;

/** Routes that are not calls of the contract: the respondents' three, drawings, files. */
export const mountPlainRoutes = (app: Hono, services: Services, auth: Auth): void => {
  app.route('/api/answer', answerRoutes(services));
  const whoAsks = (request: Request) => actorOf(request, services, auth);
  app.route('/api/workspaces', waveFiles(services, whoAsks));
  app.route('/api/workspaces', importFiles(services, whoAsks));
};
