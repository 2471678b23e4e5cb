import { DomainError } from '@blockwise/contracts';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import type { LayersModelFile } from './layers-model-file.ts';

/**
 * Builds a LayersModel on the active back end.
 *
 * @throws DomainError WEIGHTS_MISMATCH with what tfjs says, for example of a layer that it does not
 *   know or a weight that is missing
 */
export async function loadModel({
  topology,
  weights,
}: LayersModelFile): Promise<layers.LayersModel> {
  const weightSpecs = [...weights].map(([name, { shape }]) => ({
    name,
    shape: [...shape],
    dtype: 'float32' as const,
  }));
  const weightData = new Float32Array(
    [...weights.values()].reduce((n, { data }) => n + data.length, 0),
  );
  let offset = 0;
  for (const { data } of weights.values()) {
    weightData.set(data, offset);
    offset += data.length;
  }
  try {
    return await layers.loadLayersModel(
      tf.io.fromMemory({ modelTopology: topology, weightSpecs, weightData: weightData.buffer }),
    );
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DomainError('WEIGHTS_MISMATCH', `This LayersModel cannot be built: ${reason}`, {
      cause,
    });
  }
}
