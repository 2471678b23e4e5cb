import { toNodeHandler } from 'better-auth/node';
import { Router } from 'express';
import { addressHeader, type SignIn, signInPath } from '../sign-in/sign-in.ts';
import { shareWithDashboard } from './guards.ts';

/** What of the sign-in library is served. Everything else that it can do is not reachable. */
const served = new Set([
  '/sign-in/email',
  '/sign-in/social',
  '/sign-up/email',
  '/sign-out',
  '/magic-link/verify',
  '/callback/openid',
  '/oauth2/callback/openid',
  '/error',
]);

/** `/auth/…`: signing in, up and out, as JSON over HTTP, because they set cookies. */
export function createSignInRoutes({ auth }: SignIn): Router {
  const routes = Router();
  const handle = toNodeHandler(auth);
  routes.use(signInPath, shareWithDashboard());
  routes.use(signInPath, (request, response, next) => {
    if (!served.has(request.path)) {
      next();
      return;
    }
    request.headers[addressHeader] = request.ip;
    return handle(request, response);
  });
  return routes;
}
