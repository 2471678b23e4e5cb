import type { Visibility } from '@blockwise/contracts';
import { Prisma } from '../generated/client.ts';

/** What decides about who may see a row. */
export interface Guarded {
  readonly teamId: string;
  readonly visibility: Visibility;
  readonly createdById: string | null;
}

/** Who reads, in the terms in which rows are guarded. */
export interface Reader {
  /** Null for somebody who is not signed in. */
  readonly userId: string | null;
  /** Teams that the reader is a member of, whatever the role. */
  readonly teamIds: readonly string[];
  /** Those of them that it owns: an owner sees what is private in the team. */
  readonly ownedTeamIds: readonly string[];
}

/** Whether the reader may see a row. {@link readableSql} says the same to the database. */
export function isReadable(
  { userId, teamIds, ownedTeamIds }: Reader,
  { teamId, visibility, createdById }: Guarded,
): boolean {
  if (visibility === 'PUBLIC') return true;
  if (!teamIds.includes(teamId)) return false;
  return (
    visibility === 'TEAM' ||
    ownedTeamIds.includes(teamId) ||
    (userId !== null && createdById === userId)
  );
}

/** Whether the reader may see a row, as SQL over the columns that say how it is guarded. */
export function readableSql(
  { userId, teamIds, ownedTeamIds }: Reader,
  { teamId, visibility, createdById }: Readonly<Record<keyof Guarded, Prisma.Sql>>,
): Prisma.Sql {
  return Prisma.sql`(${visibility} = 'PUBLIC'
    OR (${visibility} = 'TEAM' AND ${teamId} = ANY(${[...teamIds]}::uuid[]))
    OR ${teamId} = ANY(${[...ownedTeamIds]}::uuid[])
    OR (${createdById} = ${userId}::uuid AND ${teamId} = ANY(${[...teamIds]}::uuid[])))`;
}
