import { createRandom, type Frame, type HeadPart, type LatencyItem } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { buildLayer } from '../layers/build.ts';
import { Conv } from '../layers/conv.ts';
import { Initialiser } from '../layers/initialise.ts';
import { linear } from '../layers/linear.ts';
import { ParameterStore } from '../layers/parameter-store.ts';
import type { LayerPlace } from '../layers/place.ts';
import { activate } from '../ops/activation.ts';
import { spatialMean } from '../ops/spatial-mean.ts';

/** A layer or a part of a head with weights and an input, ready to be run. */
export interface Piece {
  /** One evaluation, as a network is evaluated: with running statistics. The result is the caller's. */
  run(): tf.Tensor;
  dispose(): void;
}

/** Builds what an item describes for `batch` images at once. */
export function buildPiece(item: LatencyItem, batch: number, frame: Frame): Piece {
  const { inChannels, inSize } = item;
  const store = new ParameterStore();
  const initialiser = new Initialiser(store, 'latency');
  const place = { initialiser, name: 'piece', inChannels, frame, depth: 0 };
  const forward =
    'layer' in item ? forwardLayer(item.layer, place) : headPart(item.headPart, place);
  const x = images(batch, inSize, inChannels);
  return {
    run: () => tf.tidy(() => forward(x)),
    dispose: () => {
      x.dispose();
      store.dispose();
    },
  };
}

type Forward = (x: tf.Tensor4D) => tf.Tensor;

function forwardLayer(layer: Parameters<typeof buildLayer>[1], place: LayerPlace): Forward {
  const module = buildLayer(place, layer);
  return (x) => module.forward(x, { kind: 'eval' });
}

function headPart({ name, channels, activation }: HeadPart, place: LayerPlace): Forward {
  const { initialiser, inChannels } = place;
  switch (name) {
    case 'conv': {
      const spec = { kernel: 1, stride: 1, channels, activation } as const;
      const conv = new Conv(place, spec, { conv: 'conv', norm: 'norm' });
      return (x) => conv.forward(x, { kind: 'eval' });
    }
    case 'pool':
      return spatialMean;
    case 'hidden':
    case 'fc': {
      const weight = initialiser.matrix('weight', inChannels, channels);
      const bias = initialiser.vector('bias', channels, 0);
      const end = name === 'fc' ? 'none' : activation;
      return (x) => activate(linear(tf.reshape(x, [x.shape[0], inChannels]), weight, bias), end);
    }
    default:
      return unknownPart(name);
  }
}

/** Numbers drawn once and repeated: drawing all of them would take longer than the layer. */
function images(batch: number, size: number, channels: number): tf.Tensor4D {
  const random = createRandom('latency');
  const drawn = Float32Array.from({ length: 4093 }, () => random.normal());
  const values = new Float32Array(batch * size * size * channels);
  for (let i = 0; i < values.length; i++) values[i] = drawn[i % drawn.length] as number;
  return tf.tensor4d(values, [batch, size, size, channels]);
}

function unknownPart(name: never): never {
  throw new Error(`Unknown part of a head ${String(name)}.`);
}
