'use client';

import { useTranslations } from 'next-intl';
import { formatCount, formatShare } from '../ui/format.ts';
import type { Architecture, DrawnLayer, LayerShape, PartName } from './read-architecture.ts';

const kinds = ['ir', 'er', 'bt', 'ds', 'cn', 'mp', 'conv', 'pool', 'hidden', 'fc'] as const;
type Kind = (typeof kinds)[number];
const kindOf = (kind: string): Kind => kinds.find((known) => known === kind) ?? 'cn';
/** Kinds whose kernel says something. */
const withKernel: ReadonlySet<string> = new Set(['ir', 'er', 'bt', 'ds', 'cn', 'mp']);

/** Layers in words of the reader's language, for pictures, tables and whoever does not see them. */
export function useLayerWords() {
  const say = useTranslations('architecture');

  /** `5×5 e6`: what tells operations apart in a few letters. */
  const short = ({ kind, kernel, expansion }: LayerShape): string =>
    [
      say(`short.${kindOf(kind)}`),
      withKernel.has(kind) ? say('kernelOf', { kernel }) : '',
      expansion === 1 ? '' : `e${expansion}`,
    ]
      .filter((word) => word !== '')
      .join(' ');

  const shape = (size: number, channels: number): string => say('shapeOf', { size, channels });

  return {
    short,
    shape,
    kind: (kind: string): string => say(`kind.${kindOf(kind)}`),
    part: (part: PartName): string =>
      typeof part === 'number' ? say('block', { block: part }) : say(part),
    /** All of a layer but its costs. */
    layer: (layer: DrawnLayer): string =>
      [
        `${say('layer', { layer: layer.key })}: ${say(`kind.${kindOf(layer.kind)}`)}`,
        withKernel.has(layer.kind) ? say('kernelOf', { kernel: layer.kernel }) : '',
        layer.expansion === 1 ? '' : say('expansionOf', { expansion: layer.expansion }),
        say('widthOf', { width: layer.outChannels }),
        withKernel.has(layer.kind) ? say('strideOf', { stride: layer.stride }) : '',
        layer.squeeze === 0 ? '' : say('squeezeOf', { ratio: layer.squeeze }),
        say('turns', {
          from: shape(layer.inSize, layer.inChannels),
          to: shape(layer.outSize, layer.outChannels),
        }),
      ]
        .filter((word) => word !== '')
        .join(', '),
    /** What a layer costs, and which share of the whole that is. */
    costs: ({ params, macs }: DrawnLayer, whole: Architecture): string =>
      say('costs', {
        params: formatCount(params),
        paramsShare: formatShare(params / whole.params),
        macs: formatCount(macs),
        macsShare: formatShare(macs / whole.macs),
      }),
  };
}
