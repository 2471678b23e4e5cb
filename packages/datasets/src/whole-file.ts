import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemErrorCode } from './not-found.ts';

/** A temporary file of this age was left by a process that was killed while writing. */
const abandonedAfterMilliseconds = 10 * 60_000;
const temporaryName = /\.(dataset|files|colours)\..*\.tmp$/;

/**
 * Lets `write` make a new file, which appears under `path` only when it is complete: several
 * processes may use the same folder at once. Removes what killed writers left behind there.
 */
export async function putWholeFile(
  path: string,
  write: (temporary: string) => Promise<void>,
): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  await removeAbandoned(folder);
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await write(temporary);
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function removeAbandoned(folder: string): Promise<void> {
  const before = Date.now() - abandonedAfterMilliseconds;
  for (const name of await readdir(folder)) {
    if (!temporaryName.test(name)) continue;
    const path = join(folder, name);
    const changed = await changedAt(path);
    if (changed !== undefined && changed < before) await rm(path, { force: true });
  }
}

async function changedAt(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    // Its writer finished and renamed it in the meantime.
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
