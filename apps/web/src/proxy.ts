import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { apiUrl } from './api/api-url.ts';
import { sameHost } from './api/same-host.ts';
import { contentPolicy } from './security/content-policy.ts';
import { isKnownHost } from './security/known-host.ts';

/** Everything but what lies ready in files: those have no say in what a page may do. */
export const config = { matcher: ['/((?!_next/static|_next/image|icon.svg).*)'] };

/**
 * Comes before every page: refuses hosts that are not the dashboard's, and says in headers what the page
 * may do. Next puts the nonce of the request's policy on the scripts that it writes.
 */
export function proxy(request: NextRequest): NextResponse {
  const host = request.headers.get('host');
  if (!isKnownHost(host, process.env.WEB_ORIGIN)) {
    const text = 'The Host header must be a loopback name, or a host of WEB_ORIGIN.\n';
    return new NextResponse(text, { status: 403, headers: { 'Content-Type': 'text/plain' } });
  }
  const policy = contentPolicy({
    nonce: randomBytes(16).toString('base64'),
    // As the page will ask for it.
    apiUrl: sameHost(apiUrl(), new URL(`http://${host}`).hostname),
    isDevelopment: process.env.NODE_ENV !== 'production',
  });
  const headers = new Headers(request.headers);
  headers.set('Content-Security-Policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('Content-Security-Policy', policy);
  return response;
}
