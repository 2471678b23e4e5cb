import { DomainError, type ErrorPath } from '@blockwise/contracts';
import * as tf from '@tensorflow/tfjs-core';
import type * as layers from '@tensorflow/tfjs-layers';
import type { FeatureShape } from '../supernet.ts';
import { dependsOn, modelPrefix, runModel } from './model-parts.ts';

/** @throws DomainError BAD_INPUT unless the model takes one image of this shape. */
export function checkInput(model: layers.LayersModel, image: FeatureShape): void {
  const shapes = model.inputs.map(({ shape }) => shape.slice(1));
  const needed = [image.size, image.size, image.channels];
  const [shape, ...others] = shapes;
  const fits =
    shape?.length === 3 &&
    others.length === 0 &&
    shape.every((extent, i) => extent === null || extent === needed[i]);
  if (fits) return;
  const taken = shapes.map((sizes) => sizes.map((extent) => extent ?? '?').join('×')).join(' and ');
  throw misfit(`The model takes ${taken}, but the images are ${needed.join('×')}`, ['file']);
}

/**
 * What the layers of these names give.
 *
 * @throws DomainError BAD_INPUT for a layer that is not there, is used twice, or comes too early
 */
export function cutTensorsOf(
  model: layers.LayersModel,
  names: readonly string[],
): layers.SymbolicTensor[] {
  const tensors = names.map((name, cut) => cutTensor(model, name, cut));
  checkOrder(tensors);
  return tensors;
}

function cutTensor(model: layers.LayersModel, name: string, cut: number): layers.SymbolicTensor {
  const path = ['cuts', cut];
  const layer = model.layers.find((candidate) => candidate.name === name);
  if (layer === undefined) {
    const names = model.layers.map((candidate) => candidate.name).join(', ');
    throw misfit(`The model has no layer ${name}. Its layers are ${names}`, path);
  }
  const { output } = layer.inboundNodes.length === 1 ? layer : { output: [] };
  if (!Array.isArray(output)) return output;
  throw misfit(`The layer ${name} is used more than once or has several outputs`, path);
}

function checkOrder(cutTensors: readonly layers.SymbolicTensor[]): void {
  cutTensors.forEach((tensor, cut) => {
    const before = cutTensors[cut - 1];
    if (before === undefined || (before !== tensor && dependsOn(tensor, before))) return;
    const names = [before, tensor].map(({ sourceLayer }) => sourceLayer.name);
    throw misfit(`The layer ${names[1]} does not come after ${names[0]}`, ['cuts', cut]);
  });
}

/**
 * Shapes of what the cut layers give, by running an empty image: those of a model for any image size
 * are not known before.
 *
 * @throws DomainError BAD_INPUT for a layer that does not give square feature maps
 */
export function featureShapes(
  model: layers.LayersModel,
  tensors: readonly layers.SymbolicTensor[],
  { size, channels }: FeatureShape,
): FeatureShape[] {
  const shapes = tf.tidy(() => {
    const outputs = runModel(modelPrefix(model, tensors), tf.zeros([1, size, size, channels]));
    return outputs.map(({ shape }) => shape as number[]);
  });
  return shapes.map((shape, cut) => {
    const [, height, width, depth] = shape;
    if (shape.length === 4 && height === width) {
      return { size: height as number, channels: depth as number };
    }
    const name = tensors[cut]?.sourceLayer.name;
    throw misfit(`The layer ${name} gives ${shape.slice(1).join('×')}, not square feature maps`, [
      'cuts',
      cut,
    ]);
  });
}

function misfit(message: string, path: ErrorPath): DomainError {
  return new DomainError('BAD_INPUT', `${message}.`, { path: ['teacher', ...path] });
}
