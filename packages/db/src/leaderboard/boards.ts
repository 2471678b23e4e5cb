import { DomainError, type LeaderboardBudget, type Visibility } from '@blockwise/contracts';
import { hashSecret, newSecret } from '../accounts/secret.ts';
import type { Database } from '../database.ts';
import { Prisma } from '../generated/client.ts';
import { isUuid } from '../uuid.ts';
import { changeBoard } from './board-transaction.ts';
import { toLeaderboardRow } from './from-board-rows.ts';
import { judge } from './judge.ts';
import type { LeaderboardRow } from './rows.ts';

export interface CreateLeaderboard {
  readonly teamId: string;
  readonly userId: string | null;
  readonly name: string;
  readonly description: string;
  /** Of a data set that a search of the team was tested on. */
  readonly datasetHash: string;
  readonly budget: LeaderboardBudget | null;
  readonly tolerance: number;
  readonly visibility: Visibility;
}

/**
 * Makes an empty board.
 *
 * @throws DomainError NOT_FOUND, path ['datasetHash'], when no search of the team has that data set
 */
export async function createLeaderboard(
  db: Database,
  { userId, budget, ...request }: CreateLeaderboard,
): Promise<LeaderboardRow> {
  const dataset = await db.prisma.dataset.findFirst({
    where: { hash: request.datasetHash, search: { teamId: request.teamId } },
  });
  if (dataset === null) {
    throw new DomainError('NOT_FOUND', 'No search of the team was tested on such a data set.', {
      path: ['datasetHash'],
    });
  }
  const row = await db.prisma.leaderboard.create({
    data: {
      ...request,
      datasetKind: dataset.kind,
      imageSize: dataset.size,
      classCount: dataset.classes.length,
      testCount: dataset.testCount,
      budgetAxis: budget?.axis ?? null,
      budgetMax: budget?.max ?? null,
      createdById: userId,
    },
  });
  return toLeaderboardRow(row);
}

/** What may change of a board: its data set, budget and metric are what its entries have in common. */
export interface LeaderboardPatch {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly tolerance?: number | undefined;
  readonly visibility?: Visibility | undefined;
}

/**
 * Changes a board. Another tolerance judges what was measured of its entries anew.
 *
 * @throws DomainError NOT_FOUND
 */
export async function updateLeaderboard(
  db: Database,
  id: string,
  { name, description, tolerance, visibility }: LeaderboardPatch,
): Promise<LeaderboardRow> {
  const changed =
    isUuid(id) &&
    (await db.prisma.$transaction((tx) =>
      changeBoard(tx, id, async ({ board, tell }) => {
        await tx.leaderboard.update({
          where: { id },
          data: {
            ...(name === undefined ? {} : { name }),
            ...(description === undefined ? {} : { description }),
            ...(tolerance === undefined ? {} : { tolerance }),
            ...(visibility === undefined ? {} : { visibility }),
          },
        });
        if (tolerance === undefined || tolerance === board.tolerance) {
          return true;
        }
        const measured = await tx.entry.findMany({
          where: { leaderboardId: id, state: { in: ['VERIFIED', 'REJECTED'] } },
          orderBy: { id: 'asc' },
        });
        for (const { id: entryId, state, top1, verifiedTop1 } of measured) {
          if (verifiedTop1 === null) continue;
          const kind = judge({ tolerance }, { top1, verifiedTop1 });
          if (kind !== state) {
            await tx.entry.update({ where: { id: entryId }, data: { state: kind } });
            tell({ kind, entryId, top1, verifiedTop1 });
          }
        }
        return true;
      }),
    ));
  const row = changed ? await readLeaderboard(db, id) : null;
  return row ?? thereIsNone();
}

/**
 * Deletes a board with its entries and history; networks, searches and their weights stay.
 *
 * @throws DomainError NOT_FOUND
 */
export async function deleteLeaderboard(db: Database, id: string): Promise<LeaderboardRow> {
  try {
    return isUuid(id)
      ? toLeaderboardRow(await db.prisma.leaderboard.delete({ where: { id } }))
      : thereIsNone();
  } catch (error) {
    return isMissing(error) ? thereIsNone() : Promise.reject(error);
  }
}

/**
 * Makes a board's share link anew: whoever has the secret may read the board, without an account. The
 * secret is answered once; only its hash is kept. An earlier link stops working.
 *
 * @throws DomainError NOT_FOUND
 */
export async function shareLeaderboard(
  db: Database,
  id: string,
): Promise<{ leaderboard: LeaderboardRow; secret: string }> {
  const secret = newSecret('bwl_');
  return { leaderboard: await setShareHash(db, id, hashSecret(secret)), secret };
}

/**
 * Ends a board's share link, if it has one.
 *
 * @throws DomainError NOT_FOUND
 */
export async function unshareLeaderboard(db: Database, id: string): Promise<LeaderboardRow> {
  return setShareHash(db, id, null);
}

async function setShareHash(
  db: Database,
  id: string,
  hash: string | null,
): Promise<LeaderboardRow> {
  try {
    return isUuid(id)
      ? toLeaderboardRow(
          await db.prisma.leaderboard.update({ where: { id }, data: { shareHash: hash } }),
        )
      : thereIsNone();
  } catch (error) {
    return isMissing(error) ? thereIsNone() : Promise.reject(error);
  }
}

export async function readLeaderboard(db: Database, id: string): Promise<LeaderboardRow | null> {
  const row = isUuid(id) ? await db.prisma.leaderboard.findUnique({ where: { id } }) : null;
  return row === null ? null : toLeaderboardRow(row);
}

/** The board whose share link has that secret; null when no board has. */
export async function readSharedLeaderboard(
  db: Database,
  secret: string,
): Promise<LeaderboardRow | null> {
  const row = await db.prisma.leaderboard.findUnique({ where: { shareHash: hashSecret(secret) } });
  return row === null ? null : toLeaderboardRow(row);
}

function isMissing(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2025';
}

function thereIsNone(): never {
  throw new DomainError('NOT_FOUND', 'There is no such leaderboard.', { path: ['leaderboard'] });
}
