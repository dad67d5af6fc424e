import type { Hono } from 'hono';
import { answerRoutes } from '../features/assessment/answer-http';
import type { Auth } from '../platform/auth/auth';
import type { Services } from '../platform/rpc/context';

/** Routes that are not calls of the contract: the respondents' three, drawings, files. */
export const mountPlainRoutes = (app: Hono, services: Services, _auth: Auth): void => {
  app.route('/api/answer', answerRoutes(services));
};
