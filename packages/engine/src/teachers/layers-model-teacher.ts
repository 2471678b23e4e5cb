import { DomainError } from '@blockwise/contracts';
import * as tf from '@tensorflow/tfjs-core';
import type * as layers from '@tensorflow/tfjs-layers';
import { isOutOfMemory } from '../memory/out-of-memory.ts';
import type { FeatureShape } from '../supernet.ts';
import { checkInput, cutTensorsOf, featureShapes } from './layers-model-cuts.ts';
import type { LayersModelFile } from './layers-model-file.ts';
import { loadModel } from './load-model.ts';
import { modelPrefix, modelSuffix, runModel } from './model-parts.ts';
import { TensorTeacher } from './tensor-teacher.ts';

export interface LayersModelOptions {
  readonly file: LayersModelFile;
  /** Names of the layers after which the blocks end, first the stem's. */
  readonly cuts: readonly string[];
  /** Side of the square images, pixels. */
  readonly imageSize: number;
  /** 3 unless told. */
  readonly imageChannels?: number;
}

interface Parts {
  readonly model: layers.LayersModel;
  readonly cutTensors: readonly layers.SymbolicTensor[];
  readonly cuts: readonly FeatureShape[];
  readonly image: FeatureShape;
}

/**
 * Any TensorFlow.js LayersModel with one image as its input. It is a classifier when its output is
 * [batch, classes]; where that comes from a softmax, its logarithm stands for the logits.
 */
export class LayersModelTeacher extends TensorTeacher {
  readonly cuts: readonly FeatureShape[];
  readonly classes: number | null;
  readonly image: FeatureShape;
  protected readonly largestTensorBytes: number;
  readonly #model: layers.LayersModel;
  readonly #cutTensors: readonly layers.SymbolicTensor[];
  readonly #output: layers.SymbolicTensor;
  /** Models over the same weights: prefixes by their cuts, suffixes by their cut. */
  readonly #parts = new Map<string, layers.LayersModel>();

  private constructor({ model, cutTensors, cuts, image }: Parts) {
    super();
    const [output] = model.outputs;
    if (output === undefined) throw new Error('The model has no output.');
    const [, classes] = output.shape;
    this.#model = model;
    this.#cutTensors = cutTensors;
    this.#output = output;
    this.cuts = cuts;
    this.image = image;
    this.classes =
      model.outputs.length === 1 && output.shape.length === 2 ? (classes ?? null) : null;
    this.largestTensorBytes = largestTensorBytes(model, image);
  }

  /**
   * @throws DomainError WEIGHTS_MISMATCH when no model can be built of the file, BAD_INPUT with the
   *   path of the field when cut layers or image size do not suit it
   */
  static async load(options: LayersModelOptions): Promise<LayersModelTeacher> {
    const { file, cuts, imageSize, imageChannels = 3 } = options;
    const image = { size: imageSize, channels: imageChannels };
    const model = await loadModel(file);
    try {
      checkInput(model, image);
      const cutTensors = cutTensorsOf(model, cuts);
      return new LayersModelTeacher({
        model,
        cutTensors,
        image,
        cuts: featureShapes(model, cutTensors, image),
      });
    } catch (error) {
      model.dispose();
      throw runnable(error);
    }
  }

  featuresTensor(x: tf.Tensor4D, cuts: readonly number[]): tf.Tensor4D[] {
    if (cuts.length === 0) return [];
    const wanted = [...new Set(cuts)];
    const tensors = wanted.map((cut) => this.#cutTensor(cut));
    const prefix = this.#part(`to ${wanted}`, () => modelPrefix(this.#model, tensors));
    const maps = runModel(prefix, x);
    return cuts.map((cut) => maps[wanted.indexOf(cut)] as tf.Tensor4D);
  }

  logitsTensor(x: tf.Tensor4D): tf.Tensor2D {
    this.#checkClassifier();
    return this.#logits(this.#model, x);
  }

  /** @throws DomainError BAD_INPUT where the output also depends on the image by another way. */
  logitsFromTensor(cut: number, features: tf.Tensor4D): tf.Tensor2D {
    this.#checkClassifier();
    const tensor = this.#cutTensor(cut);
    const suffix = this.#part(`from ${cut}`, () => modelSuffix(this.#output, tensor));
    return this.#logits(suffix, features);
  }

  dispose(): void {
    // Not `model.dispose()`: it counts the uses of a layer, and the parts are some.
    for (const weight of this.#model.weights) weight.dispose();
  }

  #logits(model: layers.LayersModel, x: tf.Tensor4D): tf.Tensor2D {
    return tf.tidy(() => {
      const [y] = runModel(model, x);
      const scores = y as tf.Tensor as tf.Tensor2D;
      // softmax(log p) = p. The least probability keeps the logarithm finite.
      return endsInSoftmax(this.#output)
        ? tf.log(tf.maximum(scores, 1e-30) as tf.Tensor2D)
        : scores;
    });
  }

  #cutTensor(cut: number): layers.SymbolicTensor {
    this.shapeAt(cut);
    return this.#cutTensors[cut] as layers.SymbolicTensor;
  }

  #part(key: string, build: () => layers.LayersModel): layers.LayersModel {
    const part = this.#parts.get(key) ?? build();
    this.#parts.set(key, part);
    return part;
  }

  #checkClassifier(): void {
    if (this.classes !== null) return;
    throw new DomainError('BAD_INPUT', 'This LayersModel is no classifier: it gives no scores.');
  }
}

function endsInSoftmax({ sourceLayer }: layers.SymbolicTensor): boolean {
  return (
    sourceLayer.getClassName() === 'Softmax' || sourceLayer.getConfig().activation === 'softmax'
  );
}

/** A model that can be built and not run is a file that is not what it should be. */
function runnable(error: unknown): unknown {
  if (error instanceof DomainError || isOutOfMemory(error)) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new DomainError('WEIGHTS_MISMATCH', `The model cannot be run: ${reason}`, {
    cause: error,
  });
}

function largestTensorBytes(model: layers.LayersModel, image: FeatureShape): number {
  const pixels = image.size * image.size;
  const sizes = model.layers.flatMap(({ inboundNodes }) =>
    inboundNodes.flatMap(({ outputTensors }) =>
      // A side that is not known is at most the image's.
      outputTensors.map(({ shape }) =>
        shape.slice(1).reduce((product: number, extent, i, all) => {
          const unknown = i === 0 && all.length === 3 ? pixels : 1;
          return product * (extent ?? unknown);
        }, 4),
      ),
    ),
  );
  return Math.max(...sizes);
}
