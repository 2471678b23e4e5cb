import type { Database } from './database.ts';

/** Whether the file of that content is a sheet of test images, which may be downloaded. */
export async function isSampleSheet(db: Database, sha256: string): Promise<boolean> {
  const row = await db.prisma.dataset.findFirst({
    where: { samplesSha256: sha256 },
    select: { searchId: true },
  });
  return row !== null;
}
