import { exportFormats } from '@blockwise/contracts';
import type { ExportResult } from './attempt.ts';
import { type AttemptContext, completeAttempt, putArtifact, requireId } from './context.ts';

/** Records the archives of every format. */
export async function completeExport(
  context: AttemptContext,
  { files }: ExportResult,
): Promise<void> {
  const { networkId } = context;
  const exportId = requireId(context.exportId, 'export');
  const missing = exportFormats.filter((format) => !files.some((file) => file.format === format));
  if (missing.length > 0) {
    throw new Error(`an export without ${missing.join(', ')}`);
  }
  await completeAttempt(context, 'export', async ({ tx, emit }) => {
    for (const { sha256, bytes } of files) {
      await putArtifact(tx, 'export', { sha256, bytes });
    }
    await tx.exportFile.createMany({
      data: files.map(({ format, sha256 }) => ({ exportId, format, sha256 })),
    });
    emit({ kind: 'NETWORK_EXPORTED', exportId, networkId });
  });
}
