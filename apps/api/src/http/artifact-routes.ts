import { DomainError } from '@blockwise/contracts';
import { readExportFile } from '@blockwise/db';
import { Router } from 'express';
import type { Resources } from '../resources.ts';
import { shareWithDashboard } from './guards.ts';
import { refuse } from './refusal.ts';

const root = '/artifacts';
const hash = /^[0-9a-f]{64}$/;

/** Where a file is downloaded from. */
export function artifactPath(sha256: string): string {
  return `${root}/${sha256}`;
}

/**
 * `/artifacts/<sha256>`: the archives of exports, and nothing else that is stored. What is at an
 * address never changes, so whoever has it need not ask again.
 */
export function createArtifactRoutes({ database, artifacts }: Resources): Router {
  const routes = Router();
  routes.use(root, shareWithDashboard());
  routes.get(`${root}/:sha256`, async (request, response) => {
    const { sha256 } = request.params;
    const file = hash.test(sha256) ? await readExportFile(database, sha256) : null;
    if (file === null) {
      refuse(response, 404, 'There is no exported file of that hash.', 'NOT_FOUND');
      return;
    }
    try {
      const bytes = await artifacts.get(sha256);
      const name = `blockwise-${sha256.slice(0, 12)}-${file.format}.zip`;
      response.set({
        'Content-Type': 'application/zip',
        'Content-Disposition': `attachment; filename="${name}"`,
        'Cache-Control': 'private, max-age=31536000, immutable',
        'X-Content-Type-Options': 'nosniff',
        ETag: `"${sha256}"`,
      });
      response.send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      refuse(response, 404, error.message, error.code);
    }
  });
  return routes;
}
