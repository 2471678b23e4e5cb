import type { IncomingMessage } from 'node:http';
import { isLoopbackAuthority } from '@blockwise/contracts';
import type { RequestHandler } from 'express';
import { refuse } from './refusal.ts';

export interface Guard {
  /** Origins of the dashboard. */
  readonly webOrigins: readonly string[];
  /** Address of the API as browsers reach it. */
  readonly publicUrl: string;
}

/** Whether a web page may talk to the API: those of the dashboard, and the API's own. */
function isKnownOrigin({ headers }: IncomingMessage, { webOrigins, publicUrl }: Guard): boolean {
  const { origin, host } = headers;
  return (
    origin === undefined ||
    webOrigins.includes(origin) ||
    origin === publicUrl ||
    origin === `http://${host}`
  );
}

/** Whether `Host` is a name of this machine, or the one that the API is reached by. */
function isKnownHost({ headers }: IncomingMessage, { publicUrl }: Guard): boolean {
  return isLoopbackAuthority(headers.host) || headers.host === new URL(publicUrl).host;
}

/**
 * Why a request is refused before anything looks at it, or undefined. A page of any website can
 * make its own name resolve to this machine (DNS rebinding) or open WebSockets to it: the first
 * shows in `Host`, the second in `Origin`.
 */
export function refusalOf(request: IncomingMessage, guard: Guard): string | undefined {
  if (!isKnownHost(request, guard)) {
    return 'The Host header must be a loopback name, or the host of PUBLIC_URL.';
  }
  if (!isKnownOrigin(request, guard)) {
    return 'The page that sent this request is not the dashboard (WEB_ORIGIN).';
  }
  return undefined;
}

/** Answers 403 to what {@link refusalOf} refuses. */
export function guardRequests(guard: Guard): RequestHandler {
  return (request, response, next) => {
    const reason = refusalOf(request, guard);
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
      // The dashboard sends the cookie of a sign-in along.
      response.setHeader('Access-Control-Allow-Credentials', 'true');
      response.setHeader('Access-Control-Expose-Headers', 'X-Request-Id, Retry-After');
    }
    if (request.method !== 'OPTIONS') {
      next();
      return;
    }
    response.setHeader('Access-Control-Allow-Methods', 'GET, POST');
    response.setHeader(
      'Access-Control-Allow-Headers',
      'Content-Type, Authorization, Apollo-Require-Preflight, X-Apollo-Operation-Name, ' +
        'X-Blockwise-Invitation, X-Request-Id',
    );
    response.setHeader('Access-Control-Max-Age', '600');
    response.status(204).end();
  };
}
