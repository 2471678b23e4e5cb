import * as tf from '@tensorflow/tfjs-core';

/**
 * Largest difference between the gradients of `loss` and its central differences, relative to the
 * largest gradient of the same input. For tests; the inputs should be small, because every element
 * costs two evaluations.
 */
export function gradientMismatch(
  inputs: readonly tf.Tensor[],
  loss: (inputs: tf.Tensor[]) => tf.Tensor,
  stepSize = 1e-2,
): number {
  const { value, grads } = tf.engine().gradients(() => loss([...inputs]), [...inputs]);
  value.dispose();
  const mismatches = inputs.map((input, position) => {
    const analytic = grads[position]?.dataSync() ?? new Float32Array();
    const values = Float32Array.from(input.dataSync());
    const at = (element: number, delta: number): number =>
      tf.tidy(() => {
        const moved = values.slice();
        moved[element] = (moved[element] as number) + delta;
        const changed = [...inputs];
        changed[position] = tf.tensor(moved, input.shape);
        return loss(changed).dataSync()[0] as number;
      });
    const numeric = Array.from(
      values,
      (_, element) => (at(element, stepSize) - at(element, -stepSize)) / (2 * stepSize),
    );
    const scale = Math.max(...numeric.map(Math.abs), 1e-6);
    return Math.max(...numeric.map((n, i) => Math.abs(n - (analytic[i] as number)))) / scale;
  });
  tf.dispose(grads);
  return Math.max(...mismatches);
}
