import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Where root keeps what another user has to reach. */
export const sharedFolder = '/var/lib/blockwise';

/** Whether every user may enter the folder: it and each folder above it has its x bit for others. */
export async function isOpenToAll(folder: string): Promise<boolean> {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const { mode } = await stat(at);
    if ((mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

/**
 * Where the server's files lie: `folder` itself, or, when the server's user could not enter it, a
 * folder below {@link sharedFolder} that `folder` remembers. Places whose folder was deleted since
 * are removed.
 *
 * @param otherUser whether the server runs as another user
 */
export async function serverPlace(folder: string, otherUser: boolean): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o755 });
  if (!otherUser || (await isOpenToAll(folder))) return folder;
  const pointer = path.join(folder, 'place');
  const known = await readText(pointer);
  if (known !== undefined) return known;
  await removeForsakenPlaces();
  const place = path.join(sharedFolder, `data-${randomBytes(6).toString('hex')}`);
  await mkdir(place, { recursive: true, mode: 0o755 });
  await writeFile(path.join(place, 'owner'), pointer);
  await writeFile(pointer, place);
  return place;
}

async function removeForsakenPlaces(): Promise<void> {
  await mkdir(sharedFolder, { recursive: true, mode: 0o755 });
  for (const name of await readdir(sharedFolder)) {
    const place = path.join(sharedFolder, name);
    const pointer = await readText(path.join(place, 'owner'));
    if (pointer === undefined || (await readText(pointer)) === place) continue;
    await rm(place, { recursive: true, force: true });
  }
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
