import type { Layer, Network } from '@blockwise/dna';
import type { ConvNames } from './conv.ts';
import type { HeadNames } from './head.ts';

/** What the parts of a network are called: timm's names, so that its weight files fit. */
export interface NetworkNames {
  /** The convolution at the very start. */
  readonly first: ConvNames;
  /** Layer `index` of the stem, unless it is the first convolution. */
  stem(index: number): string;
  layer(block: number, index: number): string;
  readonly head: HeadNames;
}

/** The parts of a network that decide how it is named. */
type Parts = Pick<Network, 'stem' | 'blocks' | 'head'>;

/**
 * A ResNet's names for networks that are built as one (a convolution, poolings, bottlenecks and a
 * bare head), an EfficientNet's for all others.
 */
export function namesOf(network: Parts): NetworkNames {
  if (isResNet(network)) return resNetNames;
  const { channels, hidden } = network.head;
  const [first, ...rest] = network.stem;
  const firstStage = first?.kind === 'cn' && rest.length === 0 ? 0 : 1;
  const last = `blocks.${firstStage + network.blocks.length}.0`;
  return {
    first: { conv: 'conv_stem', norm: 'bn1' },
    stem: (index) => efficientNetStem(network.stem, index),
    layer: (block, index) => `blocks.${firstStage + block}.${index}`,
    head: {
      // MobileNetV3's last convolution is a stage of its own, and `conv_head` the linear layer.
      conv:
        channels > 0 && hidden > 0
          ? { conv: `${last}.conv`, norm: `${last}.bn1` }
          : { conv: 'conv_head', norm: 'bn2' },
      hidden: 'conv_head',
      classifier: 'classifier',
    },
  };
}

/** Names of a stem alone: the layers after its first convolution make timm's stage `blocks.0`. */
export function stemNames(stem: readonly Layer[]): Pick<NetworkNames, 'first' | 'stem'> {
  return {
    first: { conv: 'conv_stem', norm: 'bn1' },
    stem: (index) => efficientNetStem(stem, index),
  };
}

/** Whether a parameter of a network belongs to its head. */
export function isOfHead(network: Parts, parameter: string): boolean {
  const { conv, hidden, classifier } = namesOf(network).head;
  return [conv.conv, conv.norm, hidden, classifier].some((part) =>
    parameter.startsWith(`${part}.`),
  );
}

function efficientNetStem(stem: readonly Layer[], index: number): string {
  return `blocks.0.${stem[0]?.kind === 'cn' ? index - 1 : index}`;
}

const resNetNames: NetworkNames = {
  first: { conv: 'conv1', norm: 'bn1' },
  stem: (index) => `stem.${index}`,
  layer: (block, index) => `layer${block + 1}.${index}`,
  head: { conv: { conv: 'conv_head', norm: 'bn2' }, hidden: 'conv_head', classifier: 'fc' },
};

function isResNet({ stem: [first, ...rest], blocks, head }: Parts): boolean {
  return (
    first?.kind === 'cn' &&
    rest.every(({ kind }) => kind === 'mp') &&
    blocks.every((layers) => layers.every(({ kind }) => kind === 'bt')) &&
    head.channels === 0 &&
    head.hidden === 0
  );
}
