import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Router } from 'express';
import { fileNameOf } from '../bulk/file-name.ts';
import { openTable } from '../bulk/open-table.ts';
import { fileFormats } from '../bulk/write-table.ts';
import type { LinkSigner } from '../links/link-signer.ts';
import type { Log } from '../log.ts';
import type { Resources } from '../resources.ts';
import { shareWithDashboard } from './guards.ts';
import { refuse } from './refusal.ts';
import { openLink } from './signed-link.ts';

const root = '/downloads';

/** Where a signed table is downloaded from. */
export function downloadPath(signed: string): string {
  return `${root}/${signed}`;
}

/**
 * `/downloads/<signed>`: tables as files, written while they are read. A reader who is slow makes the
 * database be read slowly; one who is gone makes it stop. When reading fails on the way the
 * connection is cut, so that half a file never looks like a whole one.
 */
export function createDownloadRoutes(
  { database }: Pick<Resources, 'database'>,
  links: LinkSigner,
  log: Log,
): Router {
  const routes = Router();
  routes.use(root, shareWithDashboard());
  routes.get(`${root}/:signed`, async (request, response) => {
    const target = openLink(links, request.params.signed, response);
    if (target === null) return;
    if (target.kind === 'artifact') {
      refuse(response, 404, 'This link leads to /artifacts.', 'NOT_FOUND');
      return;
    }
    const { contentType, write } = fileFormats[target.format];
    response.set({
      'Content-Type': contentType,
      'Content-Disposition': `attachment; filename="${fileNameOf(target)}"`,
      'Cache-Control': 'private, no-store',
      'X-Content-Type-Options': 'nosniff',
    });
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    try {
      const pieces = write(openTable(database, target));
      await pipeline(Readable.from(pieces, { objectMode: true, highWaterMark: 1 }), response);
    } catch (error) {
      if (response.headersSent) log.warn({ err: error }, 'a download was cut off');
      else throw error;
    }
  });
  return routes;
}
