import type { Database } from '../database.ts';
import { type Repeated, repeat } from '../repeat.ts';
import { dropCheckpoints, forgetFiles, forgetUploads, withoutRow } from './forget.ts';

/** The store of artifacts, as a sweep needs it. */
export interface SweptStore {
  list(): AsyncIterable<{ sha256: string; bytes: number; storedAt: Date }>;
  /** Answers whether it was removed: not when it was put since. */
  remove(sha256: string, options: { readonly notSince: Date }): Promise<boolean>;
}

export interface SweepOptions {
  /**
   * What was stored more recently stays, hours: its row may be on its way. Longer than an attempt
   * lasts, which is a day at most.
   */
  readonly graceHours: number;
  /** Removes files without a row also when they are more than those with one. */
  readonly force?: boolean;
}

/** What a sweep removed. */
export interface Swept {
  /** Jobs whose checkpoints nobody goes on from any more. */
  readonly checkpoints: number;
  /** Files that trainers stored and never named. */
  readonly uploads: number;
  /** Rows that nothing refers to. */
  readonly rows: number;
  readonly files: number;
  readonly bytes: number;
}

/** Held while a sweep lasts; any number that is no other lock's. */
const sweepLock = 7_365_877;
/** So many files without a row are no sign of a wrong store. */
const fewFiles = 100;
/** Files that one statement is asked about. */
const batch = 500;

/**
 * Removes files that no row needs: checkpoints that nobody goes on from, uploads that were never
 * named, what a cancelled write left. Never what a teacher, supernet, network, entry, export, sample
 * sheet, feature maps or a job that may go on refers to, nor what was stored within the grace.
 *
 * Null when another process sweeps at the moment.
 *
 * @throws Error when most files of the store have no row, as in the store of another database; then no
 *   file is removed
 */
export async function sweepArtifacts(
  db: Database,
  store: SweptStore,
  { graceHours, force = false }: SweepOptions,
): Promise<Swept | null> {
  const before = new Date(Date.now() - graceHours * 3_600_000);
  const client = await db.pool.connect();
  try {
    const { rows } = await client.query('SELECT pg_try_advisory_lock($1) AS held', [sweepLock]);
    if (!rows[0].held) return null;
    try {
      const checkpoints = await dropCheckpoints(db, before);
      const uploads = await forgetUploads(db, before);
      const forgotten = await forgetFiles(db, before);
      const files = await removeFiles(db, store, { before, force });
      return { checkpoints, uploads, rows: forgotten, ...files };
    } finally {
      await client.query('SELECT pg_advisory_unlock($1)', [sweepLock]);
    }
  } finally {
    client.release();
  }
}

/** Sweeps again and again. Every process may: one does at a time. */
export function watchArtifacts(
  db: Database,
  store: SweptStore,
  {
    onSwept,
    ...options
  }: SweepOptions & {
    readonly everySeconds: number;
    readonly onSwept: (swept: Swept) => void;
    readonly onError: (error: unknown) => void;
  },
): Repeated {
  return repeat(async () => {
    const swept = await sweepArtifacts(db, store, options);
    if (swept !== null) onSwept(swept);
  }, options);
}

async function removeFiles(
  db: Database,
  store: SweptStore,
  { before, force }: { before: Date; force: boolean },
): Promise<Pick<Swept, 'files' | 'bytes'>> {
  let all = 0;
  const unknown = new Map<string, number>();
  let asked = new Map<string, number>();
  const ask = async () => {
    for (const sha256 of await withoutRow(db, [...asked.keys()])) {
      unknown.set(sha256, asked.get(sha256) ?? 0);
    }
    asked = new Map();
  };
  for await (const { sha256, bytes, storedAt } of store.list()) {
    all += 1;
    if (storedAt < before) asked.set(sha256, bytes);
    if (asked.size === batch) await ask();
  }
  await ask();
  if (!force && unknown.size > Math.max(fewFiles, all / 2)) {
    throw new Error(
      `${unknown.size} of ${all} stored files belong to no row of this database. ` +
        'Is it the store of another one? Nothing was removed.',
    );
  }
  let files = 0;
  let removedBytes = 0;
  for (const [sha256, bytes] of unknown) {
    // It may have got a row since it was looked at.
    const [stillUnknown] = await withoutRow(db, [sha256]);
    if (stillUnknown && (await store.remove(sha256, { notSince: before }))) {
      files += 1;
      removedBytes += bytes;
    }
  }
  return { files, bytes: removedBytes };
}
