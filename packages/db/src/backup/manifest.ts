import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { DomainError } from '@blockwise/contracts';
import { z } from 'zod';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What a backup says of itself; it is written last, so a folder without it is none. */
const manifest = z.strictObject({
  format: z.literal('blockwise backup 1'),
  madeAt: z.iso.datetime(),
  /** That the database had, oldest first. */
  migrations: z.array(z.string().regex(/^\w+$/)),
  tables: z.array(
    z.strictObject({
      name: z.string(),
      columns: z.array(z.string()),
      rows: z.int(),
      /** Of the file `NAME.copy.gz`. */
      sha256,
    }),
  ),
  /** Bytes by SHA-256. */
  artifacts: z.array(z.strictObject({ sha256, bytes: z.int() })),
});
export type Manifest = z.infer<typeof manifest>;

export const manifestFile = 'manifest.json';

/** @throws DomainError BAD_INPUT when there is no whole backup */
export async function readManifest(folder: string): Promise<Manifest> {
  const file = path.join(folder, manifestFile);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
    throw new DomainError('BAD_INPUT', `${folder} holds no backup: it has no ${manifestFile}.`);
  });
  const parsed = manifest.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new DomainError(
    'BAD_INPUT',
    `${file} is not that of a backup of this version: ${issue?.path.join('.')}: ${issue?.message}.`,
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
