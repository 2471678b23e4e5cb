import type { Cost, Layer, Squeeze } from './types.ts';
import { hiddenWidth, outChannelsOf, sizeAfter, squeezeWidth } from './widths.ts';

/** Cost of a layer and the shape it hands on (square feature maps, `outSize` pixels a side). */
export interface LayerCost extends Cost {
  outChannels: number;
  outSize: number;
}

/** Feature maps are 32-bit floating point. */
export const bytesPerElement = 4;

/**
 * Counts one layer for one image of inSize × inSize × inChannels.
 *
 * Convolutions have no bias, batch normalisation has a weight and a bias for each channel, and
 * the two 1×1 convolutions of the squeeze-and-excitation have a bias. Running statistics are not
 * parameters. Activations, gates, residual additions and the mean of a squeeze-and-excitation are
 * not counted, as in published tables; a pooling counts the elements that enter it in `flopsTool`.
 */
export function layerCost(layer: Layer, inChannels: number, inSize: number): LayerCost {
  const outSize = sizeAfter(inSize, layer.stride);
  const parts = partsOf(layer, inChannels, inSize, outSize);
  return { ...sumCosts(parts), outChannels: outChannelsOf(layer, inChannels), outSize };
}

/** The sum of costs, each axis by itself. */
export function sumCosts(costs: Iterable<Cost>): Cost {
  const sum: Cost = { params: 0, macs: 0, flopsTool: 0, activationBytes: 0 };
  for (const cost of costs) {
    sum.params += cost.params;
    sum.macs += cost.macs;
    sum.flopsTool += cost.flopsTool;
    sum.activationBytes += cost.activationBytes;
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
  const written = outChannels * outSize * outSize;
  const macs = weights * outSize * outSize;
  return {
    params: weights + 2 * outChannels,
    macs,
    flopsTool: macs + 2 * written,
    activationBytes: bytesPerElement * written,
  };
}

/** A pooling of `channels` maps from inSize to outSize pixels a side. */
export function poolingCost(channels: number, inSize: number, outSize: number): Cost {
  return {
    params: 0,
    macs: 0,
    flopsTool: channels * inSize * inSize,
    activationBytes: bytesPerElement * channels * outSize * outSize,
  };
}

function partsOf(layer: Layer, inChannels: number, inSize: number, outSize: number): Cost[] {
  switch (layer.kind) {
    case 'cn':
      return [convolutionCost(layer.kernel, inChannels, layer.channels, outSize)];
    case 'mp':
      return [poolingCost(inChannels, inSize, outSize)];
    case 'ds':
      return [
        convolutionCost(layer.kernel, 1, inChannels, outSize),
        exciteCost(layer.squeeze, inChannels, inChannels),
        convolutionCost(1, inChannels, layer.channels, outSize),
      ];
    case 'ir': {
      const hidden = hiddenWidth(layer, inChannels);
      return [
        convolutionCost(1, inChannels, hidden, inSize),
        convolutionCost(layer.kernel, 1, hidden, outSize),
        exciteCost(layer.squeeze, inChannels, hidden),
        convolutionCost(1, hidden, layer.channels, outSize),
      ];
    }
    case 'er': {
      const hidden = hiddenWidth(layer, inChannels);
      return [
        convolutionCost(layer.kernel, inChannels, hidden, outSize),
        exciteCost(layer.squeeze, inChannels, hidden),
        convolutionCost(1, hidden, layer.channels, outSize),
      ];
    }
    case 'bt': {
      const hidden = hiddenWidth(layer, inChannels);
      const isReshaped = layer.stride !== 1 || layer.channels !== inChannels;
      return [
        convolutionCost(1, inChannels, hidden, inSize),
        convolutionCost(layer.kernel, hidden, hidden, outSize),
        convolutionCost(1, hidden, layer.channels, outSize),
        ...(isReshaped ? [convolutionCost(1, inChannels, layer.channels, outSize)] : []),
      ];
    }
    default:
      return layer satisfies never;
  }
}

function exciteCost(squeeze: Squeeze, inChannels: number, hidden: number): Cost {
  const squeezed = squeezeWidth(squeeze, inChannels, hidden);
  if (squeezed === 0) {
    return { params: 0, macs: 0, flopsTool: 0, activationBytes: 0 };
  }
  const weights = 2 * squeezed * hidden;
  const biases = squeezed + hidden;
  return {
    params: weights + biases,
    macs: weights,
    flopsTool: weights + biases,
    activationBytes: bytesPerElement * biases,
  };
}
