import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DomainError } from '@blockwise/contracts';
import { readFeatureMaps } from '@blockwise/db';
import { type Response, Router } from 'express';
import { fileNameOf } from '../bulk/file-name.ts';
import { openTable } from '../bulk/open-table.ts';
import { fileFormats } from '../bulk/write-table.ts';
import { mapsFile } from '../feature-maps/maps-file.ts';
import { shapeOfMaps } from '../feature-maps/shape-of-maps.ts';
import type { LinkSigner } from '../links/link-signer.ts';
import type { Log } from '../log.ts';
import type { Resources } from '../resources.ts';
import { shareWithDashboard } from './guards.ts';
import { refuse } from './refusal.ts';
import { openLink } from './signed-link.ts';

const root = '/downloads';

/** Where what is signed is downloaded from: a table, or feature maps. */
export function downloadPath(signed: string): string {
  return `${root}/${signed}`;
}

type Sources = Pick<Resources, 'database' | 'artifacts'>;

/**
 * `/downloads/<signed>`: tables and feature maps as files. Tables are written while they are read: a reader who is slow makes the
 * database be read slowly; one who is gone makes it stop. When reading fails on the way the
 * connection is cut, so that half a file never looks like a whole one.
 */
export function createDownloadRoutes(sources: Sources, links: LinkSigner, log: Log): Router {
  const routes = Router();
  routes.use(root, shareWithDashboard());
  routes.get(`${root}/:signed`, async (request, response) => {
    const target = openLink(links, request.params.signed, response);
    if (target === null) return;
    if (target.kind === 'artifact') {
      refuse(response, 404, 'This link leads to /artifacts.', 'NOT_FOUND');
      return;
    }
    if (target.kind === 'featureMaps') {
      await sendMaps(sources, target.featureMapsId, response);
      return;
    }
    const { contentType, write } = fileFormats[target.format];
    response.set(headersOf(fileNameOf(target), contentType));
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    try {
      const pieces = write(openTable(sources.database, target));
      await pipeline(Readable.from(pieces, { objectMode: true, highWaterMark: 1 }), response);
    } catch (error) {
      if (response.headersSent) log.warn({ err: error }, 'a download was cut off');
      else throw error;
    }
  });
  return routes;
}

async function sendMaps({ database, artifacts }: Sources, id: string, response: Response) {
  const [row] = await readFeatureMaps(database, [id]);
  if (row?.made == null) {
    refuse(response, 404, 'There are no such feature maps.', 'NOT_FOUND');
    return;
  }
  try {
    const values = await artifacts.get(row.made.sha256);
    const file = mapsFile(row, await shapeOfMaps(database, row), values);
    const name = `blockwise-maps-${row.path}-${id.slice(-12)}.safetensors`;
    response.set(headersOf(name, 'application/octet-stream')).send(file);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    refuse(response, 404, error.message, error.code);
  }
}

function headersOf(fileName: string, contentType: string) {
  return {
    'Content-Type': contentType,
    'Content-Disposition': `attachment; filename="${fileName}"`,
    'Cache-Control': 'private, no-store',
    'X-Content-Type-Options': 'nosniff',
  };
}
