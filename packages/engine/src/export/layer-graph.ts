import {
  type Activation,
  hiddenWidth,
  type Layer,
  type Squeeze,
  squeezeWidth,
} from '@blockwise/dna';
import type { ConvNames } from '../layers/conv.ts';
import type { GraphBuilder } from './graph.ts';
import type { PlacedLayer } from './placed-network.ts';

type Of<Kind extends Layer['kind']> = PlacedLayer & { readonly layer: Layer & { kind: Kind } };

/** A layer of any kind, the same operations as the module of that kind; answers its output. */
export function addLayer(builder: GraphBuilder, placed: PlacedLayer, x: string): string {
  const { layer } = placed;
  switch (layer.kind) {
    case 'cn':
      return addConv(builder, placed.names, layer, x);
    case 'mp': {
      const { kernel, stride } = layer;
      return builder.add(placed.name, { kind: 'pool', kernel, stride }, placed.inChannels, x);
    }
    case 'ds':
      return addSeparable(builder, { ...placed, layer }, x);
    case 'ir':
      return addInvertedResidual(builder, { ...placed, layer }, x);
    case 'er':
      return addFused(builder, { ...placed, layer }, x);
    case 'bt':
      return addBottleneck(builder, { ...placed, layer }, x);
    default:
      return unknownLayer(layer);
  }
}

interface ConvWidths {
  readonly kernel: number;
  readonly stride: 1 | 2;
  readonly channels: number;
  readonly activation: Activation | 'none';
}

/** Convolution, batch normalisation, activation. */
export function addConv(
  builder: GraphBuilder,
  { conv, norm }: ConvNames,
  { kernel, stride, channels, activation }: ConvWidths,
  x: string,
): string {
  const op = { kind: 'conv', weight: `${conv}.weight`, kernel, stride } as const;
  return addNorm(builder, norm, activation, channels, builder.add(conv, op, channels, x));
}

/** As {@link addConv}, channel by channel. */
function addDepthwise(
  builder: GraphBuilder,
  { conv, norm }: ConvNames,
  { kernel, stride, channels, activation }: ConvWidths,
  x: string,
): string {
  const op = { kind: 'depthwise', weight: `${conv}.weight`, kernel, stride } as const;
  return addNorm(builder, norm, activation, channels, builder.add(conv, op, channels, x));
}

function addNorm(
  builder: GraphBuilder,
  name: string,
  activation: Activation | 'none',
  channels: number,
  x: string,
): string {
  const normed = builder.add(name, { kind: 'norm', of: name }, channels, x);
  if (activation === 'none') return normed;
  return builder.add(`${name}.act`, { kind: 'activation', activation }, channels, normed);
}

function addSeparable(builder: GraphBuilder, placed: Of<'ds'>, x: string): string {
  const { layer, name, inChannels } = placed;
  const { kernel, stride, channels, squeeze, activation } = layer;
  const dw = { conv: `${name}.conv_dw`, norm: `${name}.bn1` };
  const pw = { conv: `${name}.conv_pw`, norm: `${name}.bn2` };
  const filter = { kernel, stride, channels: inChannels, activation };
  const filtered = addDepthwise(builder, dw, filter, x);
  const gated = addSqueeze(builder, placed, squeeze, inChannels, filtered);
  const projected = addConv(builder, pw, { ...linear, channels }, gated);
  return addInput(builder, placed, projected, x);
}

function addInvertedResidual(builder: GraphBuilder, placed: Of<'ir'>, x: string): string {
  const { layer, name, inChannels } = placed;
  const { kernel, stride, squeeze, activation } = layer;
  const channels = hiddenWidth(layer, inChannels);
  const pw = { conv: `${name}.conv_pw`, norm: `${name}.bn1` };
  const dw = { conv: `${name}.conv_dw`, norm: `${name}.bn2` };
  const pwl = { conv: `${name}.conv_pwl`, norm: `${name}.bn3` };
  const expanded = addConv(builder, pw, { ...linear, channels, activation }, x);
  const filtered = addDepthwise(builder, dw, { kernel, stride, channels, activation }, expanded);
  const gated = addSqueeze(builder, placed, squeeze, channels, filtered);
  const projected = addConv(builder, pwl, { ...linear, channels: layer.channels }, gated);
  return addInput(builder, placed, projected, x);
}

function addFused(builder: GraphBuilder, placed: Of<'er'>, x: string): string {
  const { layer, name, inChannels } = placed;
  const { kernel, stride, squeeze, activation } = layer;
  const channels = hiddenWidth(layer, inChannels);
  const exp = { conv: `${name}.conv_exp`, norm: `${name}.bn1` };
  const pwl = { conv: `${name}.conv_pwl`, norm: `${name}.bn2` };
  const expanded = addConv(builder, exp, { kernel, stride, channels, activation }, x);
  const gated = addSqueeze(builder, placed, squeeze, channels, expanded);
  const projected = addConv(builder, pwl, { ...linear, channels: layer.channels }, gated);
  return addInput(builder, placed, projected, x);
}

function addBottleneck(builder: GraphBuilder, { layer, name, inChannels }: Of<'bt'>, x: string) {
  const { kernel, stride, channels, activation } = layer;
  const hidden = hiddenWidth(layer, inChannels);
  const names = (index: number) => ({ conv: `${name}.conv${index}`, norm: `${name}.bn${index}` });
  const sides = { conv: `${name}.downsample.0`, norm: `${name}.downsample.1` };
  const reduce = { ...linear, channels: hidden, activation };
  const reduced = addConv(builder, names(1), reduce, x);
  const middle = { kernel, stride, channels: hidden, activation };
  const filtered = addConv(builder, names(2), middle, reduced);
  const branch = addConv(builder, names(3), { ...linear, channels }, filtered);
  const reshaped = stride !== 1 || inChannels !== channels;
  const input = reshaped ? addConv(builder, sides, { ...linear, stride, channels }, x) : x;
  const sum = builder.add(`${name}.add`, { kind: 'add' }, channels, branch, input);
  return builder.add(`${name}.act`, { kind: 'activation', activation }, channels, sum);
}

const linear = { kernel: 1, stride: 1, activation: 'none' } as const;

/** The residual: the input is added where it has the output's shape. */
function addInput(
  builder: GraphBuilder,
  { layer, name, inChannels }: Of<'ds' | 'ir' | 'er'>,
  branch: string,
  x: string,
): string {
  const { stride, channels } = layer;
  if (stride !== 1 || inChannels !== channels) return branch;
  return builder.add(`${name}.add`, { kind: 'add' }, channels, branch, x);
}

/** EfficientNet's gate has swish and a sigmoid, MobileNetV3's ReLU and a hard sigmoid. */
function addSqueeze(
  builder: GraphBuilder,
  { name, inChannels }: PlacedLayer,
  squeeze: Squeeze,
  channels: number,
  x: string,
): string {
  const reduced = squeezeWidth(squeeze, inChannels, channels);
  if (reduced === 0) return x;
  const [inner, outer] =
    squeeze.of === 'input' ? (['swish', 'sigmoid'] as const) : (['relu', 'hardSigmoid'] as const);
  const [reduce, expand] = [`${name}.se.conv_reduce`, `${name}.se.conv_expand`];
  const mean = builder.add(`${name}.se.mean`, { kind: 'mean' }, channels, x);
  const squeezed = builder.add(reduce, { kind: 'linear', of: reduce }, reduced, mean);
  const act = { kind: 'activation', activation: inner } as const;
  const hidden = builder.add(`${reduce}.act`, act, reduced, squeezed);
  const expanded = builder.add(expand, { kind: 'linear', of: expand }, channels, hidden);
  const gate = { kind: 'activation', activation: outer } as const;
  const factors = builder.add(`${expand}.act`, gate, channels, expanded);
  return builder.add(`${name}.se`, { kind: 'gate' }, channels, x, factors);
}

function unknownLayer(layer: never): never {
  throw new Error(`Unknown layer ${JSON.stringify(layer)}.`);
}
