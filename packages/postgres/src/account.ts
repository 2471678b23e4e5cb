import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const name = 'postgres';

/** Ids of the user that the server runs as; empty for our own user. */
export interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

/** PostgreSQL refuses to run as root: root lets it run as the system user `postgres`, made if missing. */
export async function serverAccount(): Promise<Account> {
  if (process.getuid?.() !== 0) return {};
  const known = await ids();
  if (known !== undefined) return known;
  await run('useradd', ['--system', '--user-group', '--no-create-home', name]);
  const made = await ids();
  if (made === undefined) throw new Error(`useradd made no user ${name}.`);
  return made;
}

async function ids(): Promise<Account | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch (error) {
    // `id` ends with 1 for an unknown user; anything else is a fault of the machine.
    if ((error as { code?: unknown }).code === 1) return undefined;
    throw error;
  }
}
