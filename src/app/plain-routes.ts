import type { Hono } from 'hono';
import { actorOf } from './actor';
import { answerRoutes } from '../features/assessment/answer-http';
import { waveFiles } from '../features/assessment/files-http';
import type { Auth } from '../platform/auth/auth';
import type { Services } from '../platform/rpc/context';

/** Routes that are not calls of the contract: the respondents' three, drawings, files. */
export const mountPlainRoutes = (app: Hono, services: Services, auth: Auth): void => {
  app.route('/api/answer', answerRoutes(services));
  app.route('/api/workspaces', waveFiles(services, (request) => actorOf(request, services, auth)));
};
