import * as tf from '@tensorflow/tfjs-core';

/** The part of tfjs's wasm back end in use. */
interface ReferenceCounting {
  incRef(dataId: object): void;
}

/**
 * Lets a clone share its original's memory, as on tfjs's other back ends. The wasm back end copies,
 * and the tape clones every tensor that it saves for the backward pass.
 */
export function registerSharingIdentity(): void {
  const stock = tf.getKernel('Identity', 'wasm');
  if (stock?.kernelFunc === shareIdentity) return;
  if (stock !== undefined) tf.unregisterKernel('Identity', 'wasm');
  tf.registerKernel({ kernelName: 'Identity', backendName: 'wasm', kernelFunc: shareIdentity });
}

const shareIdentity: tf.KernelFunc = ({ inputs, backend }) => {
  const { x } = inputs as { x: tf.TensorInfo };
  (backend as ReferenceCounting).incRef(x.dataId);
  return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
};
