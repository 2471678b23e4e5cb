import { type Activation, hiddenWidth, type Squeeze, squeezeWidth } from '@blockwise/dna';
import type { PlacedLayer } from '../placed-network.ts';
import {
  bottleneck,
  convNormAct,
  depthwiseSeparable,
  edgeResidual,
  invertedResidual,
  squeezeExcite,
} from './classes.ts';

/** The Python expression that makes a part of a network, and the class definitions that it needs. */
export interface LayerCall {
  readonly call: string;
  readonly needs: readonly string[];
}

/** A layer of any kind as an instance of its class. */
export function layerCall({ layer, inChannels }: PlacedLayer): LayerCall {
  switch (layer.kind) {
    case 'cn':
      return convCall(inChannels, layer.channels, layer);
    case 'mp':
      return { call: `MaxPool(${layer.kernel}, ${layer.stride})`, needs: [] };
    case 'ds': {
      const { channels, kernel, stride, activation, squeeze } = layer;
      const given = [inChannels, channels, kernel, stride, torchActivation(activation)];
      const gate = gateOf(squeeze, inChannels, inChannels);
      return gated('DepthwiseSeparable', depthwiseSeparable, given, gate);
    }
    case 'ir':
    case 'er': {
      const { channels, kernel, stride, activation, squeeze } = layer;
      const hidden = hiddenWidth(layer, inChannels);
      const given = [inChannels, hidden, channels, kernel, stride, torchActivation(activation)];
      const gate = gateOf(squeeze, inChannels, hidden);
      return layer.kind === 'ir'
        ? gated('InvertedResidual', invertedResidual, given, gate)
        : gated('EdgeResidual', edgeResidual, given, gate);
    }
    case 'bt': {
      const { channels, kernel, stride, activation } = layer;
      const hidden = hiddenWidth(layer, inChannels);
      const given = [inChannels, hidden, channels, kernel, stride, torchActivation(activation)];
      return { call: `Bottleneck(${given.join(', ')})`, needs: [bottleneck] };
    }
    default:
      return unknownLayer(layer);
  }
}

/** Convolution, batch norm and activation as one module. */
export function convCall(
  inputs: number,
  outputs: number,
  { kernel, stride, activation }: { kernel: number; stride: number; activation: Activation },
): LayerCall {
  const given = [inputs, outputs, kernel, stride, torchActivation(activation)];
  return { call: `ConvNormAct(${given.join(', ')})`, needs: [convNormAct] };
}

/** PyTorch's function for an activation. */
export function torchActivation(activation: Activation): string {
  switch (activation) {
    case 'swish':
      return 'F.silu';
    case 'relu':
      return 'F.relu';
    case 'hardSwish':
      return 'F.hardswish';
    default:
      return unknownActivation(activation);
  }
}

function gated(
  name: string,
  definition: string,
  given: readonly (number | string)[],
  gate: string | null,
): LayerCall {
  const call = `${name}(${[...given, ...(gate === null ? [] : [`se=${gate}`])].join(', ')})`;
  return { call, needs: gate === null ? [definition] : [squeezeExcite, definition] };
}

function gateOf(squeeze: Squeeze, inChannels: number, hidden: number): string | null {
  const reduced = squeezeWidth(squeeze, inChannels, hidden);
  if (reduced === 0) return null;
  const functions = squeeze.of === 'input' ? 'F.silu, torch.sigmoid' : 'F.relu, F.hardsigmoid';
  return `SqueezeExcite(${hidden}, ${reduced}, ${functions})`;
}

function unknownLayer(layer: never): never {
  throw new Error(`Unknown layer ${JSON.stringify(layer)}.`);
}

function unknownActivation(activation: never): never {
  throw new Error(`Unknown activation ${String(activation)}.`);
}
