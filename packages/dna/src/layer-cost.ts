import type { Cost, Layer } from './types.ts';

/** Cost of a layer and the shape it hands on (square feature maps, `outSize` pixels a side). */
export interface LayerCost extends Cost {
  outChannels: number;
  outSize: number;
}

/**
 * Width of the squeeze-and-excitation bottleneck, max(1, ⌊ratio · input channels⌋). It is computed
 * from the layer's input before expansion, as in the authors' networks.
 */
export function seWidth(se: number, inChannels: number): number {
  return Math.max(1, Math.floor(se * inChannels));
}

/** Size of a feature map after a stride, with padding (kernel − 1) / 2: ⌈size / stride⌉. */
export function sizeAfter(inSize: number, stride: 1 | 2): number {
  return Math.ceil(inSize / stride);
}

/**
 * Counts one layer for one image of inSize × inSize × inChannels.
 *
 * Convolutions have no bias, batch normalisation has a weight and a bias for each channel, and
 * the two 1×1 convolutions of the squeeze-and-excitation have a bias. Running statistics are not
 * parameters. Activations, gates and residual additions are not counted, as in published tables.
 */
export function layerCost(layer: Layer, inChannels: number, inSize: number): LayerCost {
  const outChannels = layer.channels;
  const outSize = sizeAfter(inSize, layer.stride);
  const parts = partsOf(layer, inChannels, inSize, outSize);
  return { ...sumCosts(parts), outChannels, outSize };
}

/** The sum of costs, each axis by itself. */
export function sumCosts(costs: Iterable<Cost>): Cost {
  const sum = { params: 0, macs: 0, flopsTool: 0 };
  for (const cost of costs) {
    sum.params += cost.params;
    sum.macs += cost.macs;
    sum.flopsTool += cost.flopsTool;
  }
  return sum;
}

/** A convolution without bias followed by batch normalisation; `inPerGroup` is 1 when depth-wise. */
export function convolutionCost(
  kernel: number,
  inPerGroup: number,
  outChannels: number,
  outSize: number,
): Cost {
  const weights = kernel * kernel * inPerGroup * outChannels;
  const macs = weights * outSize * outSize;
  const normalised = outChannels * outSize * outSize;
  return { params: weights + 2 * outChannels, macs, flopsTool: macs + 2 * normalised };
}

function partsOf(layer: Layer, inChannels: number, inSize: number, outSize: number): Cost[] {
  const { kernel, channels } = layer;
  switch (layer.kind) {
    case 'cn':
      return [convolutionCost(kernel, inChannels, channels, outSize)];
    case 'ds':
      return [
        convolutionCost(kernel, 1, inChannels, outSize),
        exciteCost(layer.se, inChannels, inChannels),
        convolutionCost(1, inChannels, channels, outSize),
      ];
    case 'ir': {
      const hidden = inChannels * layer.expansion;
      return [
        convolutionCost(1, inChannels, hidden, inSize),
        convolutionCost(kernel, 1, hidden, outSize),
        exciteCost(layer.se, inChannels, hidden),
        convolutionCost(1, hidden, channels, outSize),
      ];
    }
    default:
      return layer satisfies never;
  }
}

function exciteCost(se: number, inChannels: number, hidden: number): Cost {
  if (se === 0) {
    return { params: 0, macs: 0, flopsTool: 0 };
  }
  const squeezed = seWidth(se, inChannels);
  const weights = 2 * squeezed * hidden;
  const biases = squeezed + hidden;
  return { params: weights + biases, macs: weights, flopsTool: weights + biases };
}
