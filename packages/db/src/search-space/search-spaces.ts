import { DomainError, type Visibility } from '@blockwise/contracts';
import type { Database } from '../database.ts';
import { Prisma } from '../generated/client.ts';

/** A search space that a team keeps under a name. */
export interface SearchSpaceRow {
  readonly id: string;
  readonly teamId: string;
  readonly name: string;
  readonly description: string;
  /** In the grammar. */
  readonly text: string;
  readonly visibility: Visibility;
  /** Null when the account is gone. */
  readonly createdById: string | null;
  readonly createdAt: Date;
}

/** @throws DomainError CONFLICT, path ['name'], when the team has one of that name */
export async function saveSearchSpace(
  db: Database,
  space: Omit<SearchSpaceRow, 'id' | 'createdAt'>,
): Promise<SearchSpaceRow> {
  return unlessRefused(() => db.prisma.searchSpace.create({ data: space }));
}

/**
 * Changes a saved space; searches that took it keep the text that they took.
 *
 * @throws DomainError NOT_FOUND; CONFLICT as {@link saveSearchSpace}
 */
export async function updateSearchSpace(
  db: Database,
  id: string,
  patch: Partial<Pick<SearchSpaceRow, 'name' | 'description' | 'text'>>,
): Promise<SearchSpaceRow> {
  return unlessRefused(() => db.prisma.searchSpace.update({ where: { id }, data: patch }));
}

/** @throws DomainError NOT_FOUND */
export async function deleteSearchSpace(db: Database, id: string): Promise<SearchSpaceRow> {
  return unlessRefused(() => db.prisma.searchSpace.delete({ where: { id } }));
}

export async function readSearchSpaces(
  db: Database,
  ids: readonly string[],
): Promise<SearchSpaceRow[]> {
  return db.prisma.searchSpace.findMany({ where: { id: { in: [...ids] } } });
}

async function unlessRefused<Row>(write: () => Promise<Row>): Promise<Row> {
  try {
    return await write();
  } catch (error) {
    const code = error instanceof Prisma.PrismaClientKnownRequestError ? error.code : null;
    if (code === 'P2002') {
      throw new DomainError('CONFLICT', 'The team has a search space of that name.', {
        path: ['name'],
      });
    }
    if (code === 'P2025') {
      throw new DomainError('NOT_FOUND', 'There is no such search space.', {
        path: ['searchSpace'],
      });
    }
    throw error;
  }
}
