import { randomUUID } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { SearchSpec } from '@blockwise/contracts';
import type { StateFolder } from './state-folder.ts';

/** How the API knows a search that is asked for twice as the same one. */
export interface KeptSearch {
  readonly idempotencyKey: string;
  /** Whether an earlier start asked for it and was stopped before it ended. */
  readonly isOld: boolean;
  /** Called when it has ended: the next start begins another. */
  forget(): Promise<void>;
}

/** The search of a state folder that is still to be seen to its end, or a new one of this specification. */
export async function keepSearch(
  state: Pick<StateFolder, 'path'>,
  spec: SearchSpec,
): Promise<KeptSearch> {
  const file = path.join(state.path, 'search.json');
  const forget = () => rm(file, { force: true });
  const kept = await read(file);
  const asked = JSON.parse(JSON.stringify(spec));
  if (kept !== undefined && isDeepStrictEqual(kept.spec, asked)) {
    return { idempotencyKey: kept.idempotencyKey, isOld: true, forget };
  }
  const idempotencyKey = randomUUID();
  await writeFile(file, `${JSON.stringify({ idempotencyKey, spec: asked })}\n`);
  return { idempotencyKey, isOld: false, forget };
}

async function read(file: string): Promise<{ idempotencyKey: string; spec: unknown } | undefined> {
  try {
    const { idempotencyKey, spec } = JSON.parse(await readFile(file, 'utf8'));
    return typeof idempotencyKey === 'string' ? { idempotencyKey, spec } : undefined;
  } catch {
    // Not there, or cut off in the middle of a word: then a new search is begun.
    return undefined;
  }
}
