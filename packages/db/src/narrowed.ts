import type { Visibility } from '@blockwise/contracts';
import type { Database } from './database.ts';

/** A network or the teacher of a search that has a visibility of its own, with the jobs about it. */
export interface Narrowed {
  readonly visibility: Visibility;
  /** Null for the teacher. */
  readonly networkId: string | null;
  readonly jobIds: readonly string[];
}

/** What in a search may be hidden from somebody who sees the search; most searches have nothing. */
export async function readNarrowed(db: Database, searchId: string): Promise<Narrowed[]> {
  return db.prisma.$queryRaw<Narrowed[]>`
    SELECT visibility::text, id AS "networkId",
      ARRAY(SELECT job.id::text FROM job WHERE job.network_id = network.id) AS "jobIds"
    FROM network WHERE search_id = ${searchId}::uuid AND visibility IS NOT NULL
    UNION ALL
    SELECT visibility::text, NULL,
      ARRAY(SELECT job.id::text FROM job WHERE job.search_id = teacher.search_id AND kind = 'teacher')
    FROM teacher WHERE search_id = ${searchId}::uuid AND visibility IS NOT NULL`;
}
