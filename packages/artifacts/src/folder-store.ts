import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { DomainError } from '@blockwise/contracts';
import { checkedAddress, sha256Of } from './content-address.ts';
import type { ArtifactStore, ExpectedArtifact } from './store.ts';

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

  /** Moves what `write` has written to its place, or removes it. */
  const store = async <Written>(
    sha256: string,
    write: (part: string) => Promise<Written>,
  ): Promise<Written> => {
    const file = fileOf(sha256);
    const part = path.join(incoming, randomUUID());
    try {
      const written = await write(part);
      await mkdir(path.dirname(file), { recursive: true });
      await rename(part, file);
      await syncFolder(path.dirname(file));
      return written;
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
  };

  return {
    async put(bytes) {
      const sha256 = sha256Of(bytes);
      await store(sha256, (part) => writeDurably(part, bytes));
      return { sha256, bytes: bytes.byteLength };
    },

    async putStream(pieces, expected) {
      const { sha256 } = expected;
      const bytes = await store(sha256, (part) => writeStream(part, pieces, expected));
      return { sha256, bytes };
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

/** Writes a stream as {@link writeDurably} does; answers its length. */
async function writeStream(
  file: string,
  pieces: AsyncIterable<Uint8Array>,
  { sha256, maxBytes }: ExpectedArtifact,
): Promise<number> {
  const hash = createHash('sha256');
  const handle = await open(file, 'wx');
  let bytes = 0;
  try {
    for await (const piece of pieces) {
      bytes += piece.byteLength;
      if (bytes > maxBytes) {
        throw new DomainError('BAD_INPUT', `An artifact has ${maxBytes} bytes at most.`);
      }
      hash.update(piece);
      await handle.writeFile(piece);
    }
    const found = hash.digest('hex');
    if (found !== sha256) {
      throw new DomainError('BAD_INPUT', `The content has the SHA-256 ${found}, not ${sha256}.`);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return bytes;
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
