import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { DomainError } from '@blockwise/contracts';
import { checkedAddress, sha256Of } from './content-address.ts';
import type { ArtifactStore } from './store.ts';

/** A part file that nobody has finished for this long belongs to a process that died. */
const abandonedAfterMilliseconds = 24 * 60 * 60 * 1000;

/**
 * Artifacts in a local folder, as `ab/abcd…` (two hex digits spread them over 256 folders).
 * Several processes may use the folder at once.
 */
export async function openFolderStore(folder: string): Promise<ArtifactStore> {
  const root = path.resolve(folder);
  const incoming = path.join(root, 'incoming');
  await mkdir(incoming, { recursive: true });
  await removeAbandoned(incoming);

  const fileOf = (sha256: string) => {
    const address = checkedAddress(sha256);
    return path.join(root, address.slice(0, 2), address);
  };

  return {
    async put(bytes) {
      const sha256 = sha256Of(bytes);
      const file = fileOf(sha256);
      const part = path.join(incoming, randomUUID());
      try {
        await writeDurably(part, bytes);
        await mkdir(path.dirname(file), { recursive: true });
        await rename(part, file);
      } catch (error) {
        await rm(part, { force: true });
        throw error;
      }
      await syncFolder(path.dirname(file));
      return { sha256, bytes: bytes.byteLength };
    },

    async get(sha256) {
      const bytes = await readFile(fileOf(sha256)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
        throw new DomainError('ARTIFACT_MISSING', `Artifact ${sha256} is not stored.`);
      });
      if (sha256Of(bytes) !== sha256) {
        throw new DomainError('ARTIFACT_MISSING', `Artifact ${sha256} does not match its hash.`);
      }
      return bytes;
    },

    async has(sha256) {
      return await exists(fileOf(sha256));
    },
  };
}

/** Resolves when the bytes are on disk, not in a buffer of the operating system. */
async function writeDurably(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A rename survives a power cut only when the folder itself is synchronised; Windows has no such call. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

async function removeAbandoned(incoming: string): Promise<void> {
  for (const name of await readdir(incoming)) {
    const file = path.join(incoming, name);
    // Another process may finish or remove it meanwhile; then there is nothing to do.
    const found = await stat(file).catch(() => null);
    if (found && Date.now() - found.mtimeMs > abandonedAfterMilliseconds) {
      await rm(file, { force: true });
    }
  }
}
