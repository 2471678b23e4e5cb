import { type Database, isSampleSheet, readExportFile } from '@blockwise/db';
import { Router } from 'express';
import type { LinkSigner } from '../links/link-signer.ts';
import type { Log } from '../log.ts';
import type { Resources } from '../resources.ts';
import { shareWithDashboard } from './guards.ts';
import { refuse } from './refusal.ts';
import { sendArtifact } from './send-artifact.ts';
import { openLink } from './signed-link.ts';

const root = '/artifacts';

/**
 * Where a file is downloaded from, for ten minutes.
 *
 * @param userId who may see the file and asks for it; null for who is not signed in
 */
export function artifactUrl(links: LinkSigner, sha256: string, userId: string | null): string {
  return `${root}/${sha256}?signed=${links.sign({ kind: 'artifact', sha256 }, userId).signed}`;
}

/**
 * `/artifacts/<sha256>?signed=…`: the archives of exports and the sheets of test images by the links that
 * the API gave, and nothing else that is stored. What is at an address never changes, so whoever has it need not ask again.
 */
export function createArtifactRoutes(
  { database, artifacts }: Pick<Resources, 'database' | 'artifacts'>,
  links: LinkSigner,
  log: Log,
): Router {
  const routes = Router();
  routes.use(root, shareWithDashboard());
  routes.get(`${root}/:sha256`, async (request, response) => {
    const { sha256 } = request.params;
    const target = openLink(links, request.query.signed, response);
    if (target === null) return;
    const file =
      target.kind === 'artifact' && target.sha256 === sha256
        ? await fileOf(database, sha256)
        : null;
    if (file === null) {
      refuse(response, 404, 'There is no file of that hash to download.', 'NOT_FOUND');
      return;
    }
    const name = `blockwise-${sha256.slice(0, 12)}-${file.name}`;
    const headers = {
      'Content-Type': file.contentType,
      'Content-Disposition': `attachment; filename="${name}"`,
      'Cache-Control': 'private, max-age=31536000, immutable',
      'X-Content-Type-Options': 'nosniff',
      ETag: `"${sha256}"`,
    };
    await sendArtifact({ artifacts, log }, sha256, headers, response);
  });
  return routes;
}

/** What may be downloaded; null for anything else that is stored. */
async function fileOf(
  database: Database,
  sha256: string,
): Promise<{ readonly name: string; readonly contentType: string } | null> {
  const archive = await readExportFile(database, sha256);
  if (archive !== null) return { name: `${archive.format}.zip`, contentType: 'application/zip' };
  const isSheet = await isSampleSheet(database, sha256);
  return isSheet ? { name: 'samples.png', contentType: 'image/png' } : null;
}
