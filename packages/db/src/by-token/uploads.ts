import { DomainError, type ErrorPath } from '@blockwise/contracts';
import type { StoredArtifact } from '../attempt/attempt.ts';
import type { Database } from '../database.ts';

/** Notes that a token has stored a file, now also if it had before. */
export async function recordUpload(
  db: Database,
  tokenId: string,
  { sha256, bytes }: StoredArtifact,
): Promise<void> {
  await db.prisma.upload.upsert({
    where: { tokenId_sha256: { tokenId, sha256 } },
    create: { tokenId, sha256, bytes },
    update: { createdAt: new Date() },
  });
}

/**
 * A file that a result may name: only one that the same token has stored, because what a job's result
 * names can be downloaded for the jobs that follow from it.
 *
 * @throws DomainError ARTIFACT_MISSING
 */
export async function uploadOf(
  db: Database,
  tokenId: string,
  sha256: string,
  path: ErrorPath,
): Promise<StoredArtifact> {
  const upload = await db.prisma.upload.findUnique({
    where: { tokenId_sha256: { tokenId, sha256 } },
  });
  if (upload === null) {
    throw new DomainError('ARTIFACT_MISSING', `This token has not stored an artifact ${sha256}.`, {
      path,
    });
  }
  return { sha256, bytes: Number(upload.bytes) };
}
