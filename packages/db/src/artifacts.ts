import type { Database } from './database.ts';

/** A stored file, as a search refers to it. */
export interface ArtifactRow {
  readonly searchId: string;
  readonly sha256: string;
  readonly kind: string;
  readonly bytes: bigint;
  readonly createdAt: Date;
}

/** A file and the search that is asked about it. */
export interface ArtifactKey {
  readonly searchId: string;
  readonly sha256: string;
}

/** Files that searches refer to: weights, checkpoints, archives. Those that they don't are missing. */
export async function readArtifacts(
  db: Database,
  keys: readonly ArtifactKey[],
): Promise<ArtifactRow[]> {
  return db.prisma.$queryRaw<ArtifactRow[]>`
    SELECT wanted.search_id::text AS "searchId", artifact.sha256, artifact.kind, artifact.bytes,
      artifact.created_at AS "createdAt"
    FROM unnest(
      ${keys.map(({ searchId }) => searchId)}::uuid[], ${keys.map(({ sha256 }) => sha256)}::text[]
    ) AS wanted (search_id, sha256)
    JOIN artifact USING (sha256)
    WHERE EXISTS (SELECT FROM feature_maps
        WHERE search_id = wanted.search_id AND sha256 = wanted.sha256)
      OR EXISTS (SELECT FROM dataset
        WHERE search_id = wanted.search_id AND samples_sha256 = wanted.sha256)
      OR EXISTS (SELECT FROM teacher WHERE search_id = wanted.search_id AND sha256 = wanted.sha256)
      OR EXISTS (SELECT FROM cell WHERE search_id = wanted.search_id AND sha256 = wanted.sha256)
      OR EXISTS (SELECT FROM job
        WHERE search_id = wanted.search_id
          AND wanted.sha256 IN (checkpoint_sha256, earlier_checkpoint_sha256))
      OR EXISTS (SELECT FROM network LEFT JOIN retraining ON retraining.network_id = network.id
        WHERE network.search_id = wanted.search_id
          AND wanted.sha256 IN (network.sha256, network.cut_sha256, retraining.sha256))
      OR EXISTS (SELECT FROM export JOIN export_file ON export_file.export_id = export.id
        WHERE export.search_id = wanted.search_id AND export_file.sha256 = wanted.sha256)`;
}
