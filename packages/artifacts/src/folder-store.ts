import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { altered, expectedPieces, notStored, storedPieces } from './checked-pieces.ts';
import { checkedAddress, sha256Of } from './content-address.ts';
import type { ArtifactStore, ListedArtifact } from './store.ts';

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
  const leaving = path.join(root, 'leaving');
  await mkdir(leaving, { recursive: true });

  const fileOf = (sha256: string) => {
    const address = checkedAddress(sha256);
    return path.join(root, address.slice(0, 2), address);
  };

  /**
   * Moves a file back that is being removed: somebody wants it after all, or whoever removed it died.
   * Answers whether there was one.
   */
  const putBack = async (sha256: string): Promise<boolean> =>
    await rename(path.join(leaving, checkedAddress(sha256)), fileOf(sha256)).then(
      () => true,
      falseIfMissing,
    );

  /** What `look` finds, also when the file is about to be removed. */
  const find = async <Found>(
    sha256: string,
    look: (file: string) => Promise<Found>,
  ): Promise<Found> => {
    const file = fileOf(sha256);
    try {
      return await look(file);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'ENOENT' && (await putBack(sha256))) return await look(file);
      throw error;
    }
  };

  for (const sha256 of await readdir(leaving)) await putBack(sha256);

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
      return { sha256, bytes: await store(sha256, (part) => writeDurably(part, [bytes])) };
    },

    async putStream(pieces, expected) {
      const { sha256 } = expected;
      const checked = expectedPieces(pieces, expected);
      const bytes = await store(sha256, (part) => writeDurably(part, checked));
      return { sha256, bytes };
    },

    async get(sha256) {
      const bytes = await find(sha256, (file) => readFile(file)).catch(missing(sha256));
      if (sha256Of(bytes) !== sha256) throw altered(sha256);
      return bytes;
    },

    async read(sha256) {
      const file = fileOf(sha256);
      const { size } = await find(sha256, (found) => stat(found)).catch(missing(sha256));
      return { bytes: size, pieces: storedPieces(piecesOf(file), sha256) };
    },

    async has(sha256) {
      return (await exists(fileOf(sha256))) || (await putBack(sha256));
    },

    async *list() {
      for (const name of (await readdir(root)).filter((each) => /^[0-9a-f]{2}$/.test(each))) {
        yield* filesOf(path.join(root, name));
      }
    },

    async remove(sha256, { notSince }) {
      const left = path.join(leaving, checkedAddress(sha256));
      // First out of the way: what somebody puts from now on is another file, which stays.
      const moved = await rename(fileOf(sha256), left).then(() => true, falseIfMissing);
      const found = moved ? await stat(left).catch(falseIfMissing) : false;
      if (found === false) return false;
      if (found.mtimeMs >= notSince.getTime()) {
        await putBack(sha256);
        return false;
      }
      await rm(left, { force: true });
      return true;
    },
  };
}

/** Resolves to their number when the bytes are on disk, not in a buffer of the operating system. */
async function writeDurably(
  file: string,
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<number> {
  const handle = await open(file, 'wx');
  let bytes = 0;
  try {
    for await (const piece of pieces) {
      bytes += piece.byteLength;
      await handle.writeFile(piece);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return bytes;
}

/** Opens the file when the first piece is asked for. */
async function* piecesOf(file: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(file);
}

async function* filesOf(folder: string): AsyncGenerator<ListedArtifact> {
  for (const sha256 of await readdir(folder)) {
    const found = await stat(path.join(folder, sha256)).catch(falseIfMissing);
    if (found !== false) yield { sha256, bytes: found.size, storedAt: found.mtime };
  }
}

/** False for a file that is not there; anything else is a fault. */
function falseIfMissing(error: unknown): false {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
  throw error;
}

/** Says that an artifact is not stored when its file is not there. */
function missing(sha256: string): (error: NodeJS.ErrnoException) => never {
  return (error) => {
    throw error.code === 'ENOENT' ? notStored(sha256) : error;
  };
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
