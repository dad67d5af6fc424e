import type { Hono } from 'hono';
import type { Auth } from '../platform/auth/auth';
import type { Services } from '../platform/rpc/context';

/** Routes that are not calls of the contract: the respondents' three, drawings, files. */
export const mountPlainRoutes = (_app: Hono, _services: Services, _auth: Auth): void => {};
