import { fromNodeHeaders } from 'better-auth/node';
import { Router } from 'express';
import { type ExplorerPage, makeExplorerPage } from '../explorer/explorer-page.ts';
import type { SignIn } from '../sign-in/sign-in.ts';

const root = '/explorer';

/**
 * `/explorer`: a page on which signed-in people try operations. It is made when the first of them
 * opens it.
 *
 * @param endpoint path of the GraphQL endpoint
 */
export function createExplorerRoutes(
  signIn: Pick<SignIn, 'viewerOf' | 'webOrigin'>,
  endpoint: string,
): Router {
  const routes = Router();
  let made: Promise<ExplorerPage> | undefined;
  routes.get(root, async (request, response) => {
    const { principal } = await signIn.viewerOf(fromNodeHeaders(request.headers));
    if (principal === null) {
      response.status(401).type('html').send(signInFirst(signIn.webOrigin));
      return;
    }
    made ??= makeExplorerPage(endpoint);
    const { html, gzipped, etag, policy } = await made;
    response.type('html').vary('Accept-Encoding').set({
      'Content-Security-Policy': policy,
      // Whether the reader is still signed in is asked every time.
      'Cache-Control': 'private, no-cache',
      ETag: etag,
    });
    if (request.fresh) {
      response.status(304).end();
    } else if (request.acceptsEncodings('gzip')) {
      response.set('Content-Encoding', 'gzip').end(gzipped);
    } else {
      response.end(html);
    }
  });
  return routes;
}

function signInFirst(webOrigin: string): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<meta charset="utf-8">',
    '<title>Blockwise explorer</title>',
    `<p>The explorer is for people who are signed in: <a href="${webOrigin}/sign-in">sign in at the`,
    'dashboard</a>, then open this page again.</p>',
    '',
  ].join('\n');
}
