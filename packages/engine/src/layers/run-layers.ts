import * as tf from '@tensorflow/tfjs-core';
import type { ForwardMode } from './forward-mode.ts';
import type { LayerModule } from './module.ts';

/**
 * One layer after the other. Outside of training, what a layer leaves behind is given back before
 * the next one runs: a large network's feature maps do not fit into memory together.
 */
export function runLayers(
  layers: readonly LayerModule[],
  x: tf.Tensor4D,
  mode: ForwardMode,
): tf.Tensor4D {
  let features = x;
  for (const layer of layers) {
    const input = features;
    if (mode.kind === 'train') {
      features = layer.forward(input, mode);
    } else {
      features = tf.tidy(() => layer.forward(input, mode));
      if (input !== x) input.dispose();
    }
  }
  return features;
}
