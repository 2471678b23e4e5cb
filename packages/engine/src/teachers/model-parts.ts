import { DomainError } from '@blockwise/contracts';
import type * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';

/** The part of a model from the image to these tensors, over the same weights. */
export function modelPrefix(
  model: layers.LayersModel,
  tensors: readonly layers.SymbolicTensor[],
): layers.LayersModel {
  return layers.model({ inputs: model.inputs, outputs: [...tensors] });
}

/** Runs a part of a model, without dropout and with running statistics. */
export function runModel(model: layers.LayersModel, x: tf.Tensor4D): tf.Tensor4D[] {
  const outputs = model.predictOnBatch(x);
  return (Array.isArray(outputs) ? outputs : [outputs]) as tf.Tensor4D[];
}

/**
 * The part of a model from the output of one layer to its own output, over the same weights: every
 * layer between is applied once more.
 *
 * @throws DomainError BAD_INPUT where the output also depends on the image by another way
 */
export function modelSuffix(
  output: layers.SymbolicTensor,
  cut: layers.SymbolicTensor,
): layers.LayersModel {
  const start = layers.input({ batchShape: cut.shape, dtype: cut.dtype });
  const made = new Map([[cut.id, start]]);
  const rebuild = (tensor: layers.SymbolicTensor): layers.SymbolicTensor => {
    const known = made.get(tensor.id);
    if (known !== undefined) return known;
    if (tensor.inputs.length === 0) {
      throw new DomainError(
        'BAD_INPUT',
        `What follows the layer ${cut.sourceLayer.name} also depends on the image by a way around ` +
          'it, so it cannot run from there.',
      );
    }
    const [input, ...more] = tensor.inputs.map(rebuild);
    if (input === undefined) throw new Error(`${tensor.name} has no input.`);
    const applied = tensor.sourceLayer.apply(
      more.length === 0 ? input : [input, ...more],
      tensor.callArgs,
    );
    const outputs = (Array.isArray(applied) ? applied : [applied]) as layers.SymbolicTensor[];
    const result = outputs[tensor.tensorIndex];
    if (result === undefined) throw new Error(`${tensor.sourceLayer.name} lost an output.`);
    made.set(tensor.id, result);
    return result;
  };
  return layers.model({ inputs: start, outputs: rebuild(output) });
}

/** Whether `tensor` is computed from `ancestor`. */
export function dependsOn(
  tensor: layers.SymbolicTensor,
  ancestor: layers.SymbolicTensor,
  seen = new Set<number>(),
): boolean {
  if (tensor.id === ancestor.id) return true;
  if (seen.has(tensor.id)) return false;
  seen.add(tensor.id);
  return tensor.inputs.some((input) => dependsOn(input, ancestor, seen));
}
