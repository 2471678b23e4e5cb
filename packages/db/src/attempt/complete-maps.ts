import type { MapsResult } from './attempt.ts';
import {
  type AttemptContext,
  checkFinite,
  completeAttempt,
  putArtifact,
  requireId,
} from './context.ts';

/** Records a path's feature maps beside the teacher's. */
export async function completeMaps(
  context: AttemptContext,
  { sha256, bytes, loss, mse }: MapsResult,
): Promise<void> {
  checkFinite("the path's loss", loss);
  checkFinite("the path's squared error", mse);
  const featureMapsId = requireId(context.featureMapsId, 'feature maps');
  const cellId = requireId(context.cellId, 'cell');
  await completeAttempt(context, 'maps', async ({ tx, emit }) => {
    await putArtifact(tx, 'maps', { sha256, bytes });
    await tx.featureMaps.update({
      where: { id: featureMapsId },
      data: { sha256, loss, mse, madeAt: new Date() },
    });
    emit({ kind: 'FEATURE_MAPS_MADE', featureMapsId, cellId });
  });
}
