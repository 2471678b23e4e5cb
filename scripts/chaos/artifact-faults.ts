import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { openFolderStore } from '../../packages/artifacts/src/index.ts';
import { sweepArtifacts } from '../../packages/db/src/index.ts';
import type { World } from './world.ts';

/** Where files are written before they have their name; what a killed writer left there is no artifact. */
const incoming = 'incoming';

/**
 * What is wrong in the artifact store when nothing is under way and it was swept: a file that a row
 * needs and that is not there or was altered, a file that no row knows.
 */
export async function artifactFaults({ artifactFolder, db }: World): Promise<string[]> {
  const store = await openFolderStore(artifactFolder);
  await sweepArtifacts(db, store, { graceHours: 0, force: true });
  const { rows } = await db.pool.query<{ sha256: string; kind: string }>(
    'SELECT sha256, kind FROM artifact',
  );
  const kinds = new Map(rows.map(({ sha256, kind }) => [sha256, kind]));
  const lines: string[] = [];
  for (const name of await filesIn(artifactFolder)) {
    const sha256 = path.basename(name);
    const kind = kinds.get(sha256);
    if (kind === undefined) {
      lines.push(`the artifact folder has ${name}, which no row knows`);
      continue;
    }
    kinds.delete(sha256);
    const bytes = await readFile(path.join(artifactFolder, name));
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) {
      lines.push(`the ${kind} ${sha256} was altered`);
    }
  }
  for (const [sha256, kind] of kinds) lines.push(`the ${kind} ${sha256} has no file`);
  return lines;
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .filter((name) => !name.startsWith(`${incoming}${path.sep}`));
}
