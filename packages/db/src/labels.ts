import { DomainError, type Visibility } from '@blockwise/contracts';
import type { Database } from './database.ts';
import { toNetworkRow } from './from-network-rows.ts';
import { toDatasetRow, toSearchRow, toTeacherRow } from './from-rows.ts';
import { toLeaderboardRow } from './leaderboard/from-board-rows.ts';
import type { SearchRow } from './rows.ts';

/**
 * Names a search anew or tags it, finished or not; what is left out stays.
 *
 * @throws Error when there is none
 */
export async function updateSearch(
  db: Database,
  id: string,
  { name, tags }: { name?: string | undefined; tags?: readonly string[] | undefined },
): Promise<SearchRow> {
  const data = { ...(name === undefined ? {} : { name }), ...(tags && { tags: [...tags] }) };
  return toSearchRow(await db.prisma.search.update({ where: { id }, data }));
}

/** Each says who may see an object; null, where it may be: whoever may see its search. */
export const setVisibilityOf = {
  Search: async ({ prisma }: Database, id: string, visibility: Visibility | null) =>
    toSearchRow(
      await prisma.search.update({ where: { id }, data: { visibility: own(visibility) } }),
    ),
  SearchSpace: ({ prisma }: Database, id: string, visibility: Visibility | null) =>
    prisma.searchSpace.update({ where: { id }, data: { visibility: own(visibility) } }),
  Leaderboard: async ({ prisma }: Database, id: string, visibility: Visibility | null) =>
    toLeaderboardRow(
      await prisma.leaderboard.update({ where: { id }, data: { visibility: own(visibility) } }),
    ),
  Network: async ({ prisma }: Database, id: string, visibility: Visibility | null) =>
    toNetworkRow(await prisma.network.update({ where: { id }, data: { visibility } })),
  /** By the id of its search. */
  Dataset: async ({ prisma }: Database, searchId: string, visibility: Visibility | null) =>
    toDatasetRow(await prisma.dataset.update({ where: { searchId }, data: { visibility } })),
  /** By the id of its search. */
  Teacher: async ({ prisma }: Database, searchId: string, visibility: Visibility | null) =>
    toTeacherRow(await prisma.teacher.update({ where: { searchId }, data: { visibility } })),
} as const;

function own(visibility: Visibility | null): Visibility {
  if (visibility === null) {
    throw new DomainError('BAD_INPUT', 'It belongs to no search whose visibility it could have.', {
      path: ['visibility'],
    });
  }
  return visibility;
}
