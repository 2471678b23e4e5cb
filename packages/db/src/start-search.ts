import { isDeepStrictEqual } from 'node:util';
import { DomainError, type SearchSpec, type Visibility } from '@blockwise/contracts';
import type { Database } from './database.ts';
import { toSearchRow } from './from-rows.ts';
import { Prisma } from './generated/client.ts';
import { createJobs } from './job-rows.ts';
import type { Queue } from './queue.ts';
import type { SearchRow } from './rows.ts';
import { collectChanges } from './search-transaction.ts';

/** One cell of the space, as the dna package planned it. */
export interface CellPlan {
  readonly block: number;
  /** Position among the cells of its block. */
  readonly index: number;
  readonly layers: number;
  readonly channels: number;
  readonly stride: number;
  /** Number of its paths. */
  readonly candidateCount: number;
}

export interface StartSearch {
  readonly spec: SearchSpec;
  /** Number of networks in the space. */
  readonly spaceSize: bigint;
  readonly cells: readonly CellPlan[];
  /** Sending the same key again answers with the search that the first one started. */
  readonly idempotencyKey?: string | undefined;
  readonly teamId: string;
  /** Null where no account asks, in tests. */
  readonly createdById: string | null;
  readonly tags?: readonly string[] | undefined;
  /** The saved space that the specification's was taken from. */
  readonly searchSpaceId?: string | undefined;
  /** TEAM if not given. */
  readonly visibility?: Visibility | undefined;
}

/**
 * Writes a search, its cells and its teacher job, and enqueues the job, in one transaction.
 *
 * @throws DomainError CONFLICT when the idempotency key was used for another specification
 */
export async function startSearch(
  db: Database,
  queue: Queue,
  input: StartSearch,
): Promise<SearchRow> {
  const earlier = await findEarlier(db, input);
  if (earlier !== null) {
    return earlier;
  }
  try {
    return await insertSearch(db, queue, input);
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') {
      const winner = await findEarlier(db, input);
      if (winner !== null) {
        return winner;
      }
    }
    throw error;
  }
}

async function insertSearch(db: Database, queue: Queue, input: StartSearch): Promise<SearchRow> {
  return db.prisma.$transaction(async (tx) => {
    const row = await tx.search.create({
      data: {
        teamId: input.teamId,
        createdById: input.createdById,
        visibility: input.visibility ?? 'TEAM',
        name: input.spec.name,
        tags: [...(input.tags ?? [])],
        searchSpaceId: input.searchSpaceId ?? null,
        state: 'QUEUED',
        phase: 'teacher',
        spec: input.spec,
        seed: input.spec.seed,
        spaceSize: input.spaceSize.toString(),
        idempotencyKey: input.idempotencyKey ?? null,
        cells: { createMany: { data: [...input.cells] } },
      },
    });
    await collectChanges(tx, row, async (transaction) => {
      transaction.emit({
        kind: 'SEARCH_CHANGED',
        state: row.state,
        phase: row.phase,
        failure: null,
        priority: row.priority,
      });
      await createJobs(transaction, queue, [{ kind: 'teacher' }]);
    });
    return toSearchRow(await tx.search.findUniqueOrThrow({ where: { id: row.id } }));
  });
}

async function findEarlier(db: Database, input: StartSearch): Promise<SearchRow | null> {
  const { idempotencyKey, teamId } = input;
  if (idempotencyKey === undefined) {
    return null;
  }
  const row = await db.prisma.search.findUnique({
    where: { teamId_idempotencyKey: { teamId, idempotencyKey } },
  });
  if (row === null) {
    return null;
  }
  // Through JSON, as the stored one went.
  if (!isDeepStrictEqual(row.spec, JSON.parse(JSON.stringify(input.spec)))) {
    throw new DomainError('CONFLICT', 'This idempotency key was used for another specification.', {
      path: ['idempotencyKey'],
    });
  }
  return toSearchRow(row);
}
