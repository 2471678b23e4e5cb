import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Account } from './account.ts';
import { user } from './user.ts';

const run = promisify(execFile);

export interface Cluster {
  readonly data: string;
  readonly password: string;
}

/**
 * Makes the data folder with a random password, or finds the one made earlier. It is built under
 * another name first: a start that was killed half way leaves nothing that looks ready.
 *
 * @param place holds `data` (the server's user's) and `password` (ours, mode 0600)
 */
export async function initialise(
  place: string,
  options: { initdb: string; account: Account; durable: boolean },
): Promise<Cluster> {
  const data = path.join(place, 'data');
  const passwordFile = path.join(place, 'password');
  if (await exists(data)) {
    return { data, password: await readPassword(passwordFile, data) };
  }
  const unfinished = path.join(place, 'unfinished');
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  const handOver = path.join(unfinished, 'password');
  const password = randomBytes(24).toString('hex');
  await writeFile(passwordFile, password, { mode: 0o600 });
  await writeFile(handOver, password, { mode: 0o600 });
  const { uid, gid } = options.account;
  if (uid !== undefined && gid !== undefined) {
    for (const owned of [unfinished, handOver]) await chown(owned, uid, gid);
  }
  await run(
    options.initdb,
    [
      `--pgdata=${path.join(unfinished, 'data')}`,
      `--username=${user}`,
      `--pwfile=${handOver}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--no-locale',
      ...(options.durable ? [] : ['--no-sync']),
    ],
    // The working folder of whoever starts us may be closed to the server's user.
    { ...options.account, cwd: path.parse(place).root },
  );
  await rename(path.join(unfinished, 'data'), data);
  await rm(unfinished, { recursive: true, force: true });
  return { data, password };
}

async function readPassword(file: string, data: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Error(`The password of the database in ${data} is missing: ${file} is gone.`, {
      cause: error,
    });
  }
}

async function exists(file: string): Promise<boolean> {
  return await stat(file).then(
    () => true,
    () => false,
  );
}
