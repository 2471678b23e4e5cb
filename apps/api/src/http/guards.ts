import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import { isLoopbackAuthority } from '../loopback.ts';
import { refuse } from './refusal.ts';

/** Whether a web page may talk to the API: those of the dashboard, and the API's own. */
function isKnownOrigin(request: IncomingMessage, webOrigins: readonly string[]): boolean {
  const { origin, host } = request.headers;
  return origin === undefined || webOrigins.includes(origin) || origin === `http://${host}`;
}

/**
 * Why a request is refused before anything looks at it, or undefined. A page of any website can
 * make its own name resolve to this machine (DNS rebinding) or open WebSockets to it: the first
 * shows in `Host`, the second in `Origin`.
 */
export function refusalOf(
  request: IncomingMessage,
  webOrigins: readonly string[],
): string | undefined {
  if (!isLoopbackAuthority(request.headers.host)) {
    return 'The Host header must be a loopback name: localhost, 127.0.0.1 or [::1].';
  }
  if (!isKnownOrigin(request, webOrigins)) {
    return 'The page that sent this request is not the dashboard (WEB_ORIGIN).';
  }
  return undefined;
}

/** Answers 403 to what {@link refusalOf} refuses. */
export function guardRequests(webOrigins: readonly string[]): RequestHandler {
  return (request, response, next) => {
    const reason = refusalOf(request, webOrigins);
    if (reason === undefined) {
      next();
      return;
    }
    refuse(response, 403, reason);
  };
}

/** Lets the dashboard's pages read answers. Requests without `Origin` are not of a browser. */
export function shareWithDashboard(): RequestHandler {
  return (request, response, next) => {
    const { origin } = request.headers;
    response.vary('Origin');
    if (origin !== undefined) {
      response.setHeader('Access-Control-Allow-Origin', origin);
      response.setHeader('Access-Control-Expose-Headers', 'X-Request-Id');
    }
    if (request.method !== 'OPTIONS') {
      next();
      return;
    }
    response.setHeader('Access-Control-Allow-Methods', 'GET, POST');
    response.setHeader(
      'Access-Control-Allow-Headers',
      'Content-Type, Apollo-Require-Preflight, X-Apollo-Operation-Name',
    );
    response.setHeader('Access-Control-Max-Age', '600');
    response.status(204).end();
  };
}
