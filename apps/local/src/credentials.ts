import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createToken, ensureOwner, openDatabase, principalOfToken } from '@blockwise/db';
import type { StateFolder } from './state-folder.ts';

/** Readable by who ran `npm start` only. */
const mode = 0o600;
const tokenDays = 366;

/** What the API signs cookies and links with: made at the first start, kept in the state folder. */
export async function apiSecret(state: Pick<StateFolder, 'path'>): Promise<string> {
  const file = path.join(state.path, 'secret');
  const kept = await read(file);
  if (kept !== '') return kept;
  const secret = randomBytes(32).toString('base64url');
  await writeFile(file, `${secret}\n`, { mode });
  return secret;
}

/**
 * A token of the owner for programs on this machine, kept in the state folder, where the command line
 * and notebooks find it. The owner's account is made where there is none.
 */
export async function ownerToken(
  state: Pick<StateFolder, 'path'>,
  databaseUrl: string,
): Promise<string> {
  const file = path.join(state.path, 'token');
  const db = await openDatabase({ url: databaseUrl, applicationName: 'blockwise local' });
  try {
    const kept = await read(file);
    if (kept !== '' && (await principalOfToken(db, kept)) !== null) return kept;
    const { owner } = await ensureOwner(db);
    const { secret } = await createToken(db, {
      userId: owner.id,
      teamId: null,
      name: 'npm start',
      scopes: ['READ', 'WRITE', 'ADMIN'],
      expiresAt: new Date(Date.now() + tokenDays * 24 * 3600 * 1000),
    });
    await writeFile(file, `${secret}\n`, { mode });
    return secret;
  } finally {
    await db.close();
  }
}

async function read(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
