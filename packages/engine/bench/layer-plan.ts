import {
  type Activation,
  hiddenWidth,
  type InvertedResidualLayer,
  type Layer,
  type SeparableLayer,
  squeezeWidth,
} from '@blockwise/dna';

/** A layer with all its widths worked out, for a program that does not read the grammar. */
export interface LayerPlan {
  readonly kind: 'cn' | 'ds' | 'ir';
  /** What its parameters are called, as in the engine; of `cn` the convolution alone. */
  readonly name: string;
  /** Of `cn`: what its normalisation is called. */
  readonly norm: string;
  readonly kernel: number;
  readonly stride: number;
  readonly inChannels: number;
  readonly outChannels: number;
  /** Between expansion and projection; of `cn` the width of the output. */
  readonly hidden: number;
  /** Of the squeeze-and-excitation's bottleneck; 0: none. */
  readonly squeeze: number;
}

/**
 * The plan of a layer that a program of convolutions, swish and EfficientNet's gates can build.
 *
 * @param norm of `cn`: what its normalisation is called
 */
export function planLayer(layer: Layer, name: string, inChannels: number, norm = ''): LayerPlan {
  switch (layer.kind) {
    case 'cn':
      return { ...planOf(layer, name, inChannels), norm, hidden: layer.channels, squeeze: 0 };
    case 'ds':
      return gated(layer, { ...planOf(layer, name, inChannels), norm, hidden: inChannels });
    case 'ir': {
      const hidden = hiddenWidth(layer, inChannels);
      return gated(layer, { ...planOf(layer, name, inChannels), norm, hidden });
    }
    default:
      throw new Error(`The bench has no plan for layers ${layer.kind}.`);
  }
}

interface Planned {
  readonly kind: LayerPlan['kind'];
  readonly kernel: number;
  readonly stride: number;
  readonly channels: number;
  readonly activation: Activation;
}

function planOf(layer: Planned, name: string, inChannels: number) {
  const { kind, kernel, stride, channels, activation } = layer;
  if (activation !== 'swish') throw new Error(`The bench has no plan for ${activation}.`);
  return { kind, name, kernel, stride, inChannels, outChannels: channels };
}

function gated(
  { squeeze }: SeparableLayer | InvertedResidualLayer,
  plan: Omit<LayerPlan, 'squeeze'>,
): LayerPlan {
  if (squeeze.of !== 'input') throw new Error('The bench has no plan for gates of hidden width.');
  return { ...plan, squeeze: squeezeWidth(squeeze, plan.inChannels, plan.hidden) };
}
