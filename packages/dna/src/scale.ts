import { DomainError } from '@blockwise/contracts';
import type { Layer, Network } from './types.ts';
import { roundToEights } from './widths.ts';

/** Factors of EfficientNet's compound scaling; the resolution is the task's. */
export interface Scaling {
  width: number;
  depth: number;
}

/**
 * A wider and deeper network (or a narrower and shallower one), as EfficientNet scales: widths
 * times `width`, rounded to eights; layers of a block times `depth`, rounded up. In the stem the
 * plain convolutions and poolings stay single, the other layers count as one block.
 *
 * Layers of a block keep their order and are repeated about equally often, as timm spreads repeats
 * over the rows of a stage: from the last layer on, each takes its rounded share of the layers that
 * are left; repeats have stride 1. A block that shrinks keeps its first layer and those that change
 * size or width. A factor of 1 changes nothing.
 *
 * @throws DomainError BAD_INPUT where a factor is not a finite number above 0
 */
export function scaleNetwork(network: Network, { width, depth }: Scaling): Network {
  checkFactor('width', width);
  checkFactor('depth', depth);
  const widened = (channels: number) =>
    width === 1 || channels === 0 ? channels : roundToEights(width * channels);
  const widen = (layer: Layer): Layer =>
    layer.kind === 'mp' ? { ...layer } : { ...layer, channels: widened(layer.channels) };
  const isSingle = ({ kind }: Layer) => kind === 'cn' || kind === 'mp';
  const head = { ...network.head };
  return {
    frame: { ...network.frame },
    stem: runsOf(network.stem, isSingle)
      .flatMap((run) => (run.every(isSingle) ? run : deepen(run, depth)))
      .map(widen),
    blocks: network.blocks.map((layers) => deepen(layers, depth).map(widen)),
    head: { ...head, channels: widened(head.channels), hidden: widened(head.hidden) },
  };
}

function deepen(layers: readonly Layer[], depth: number): Layer[] {
  // The product of a round factor may lie just above a whole number (1.1 · 10).
  let left = Math.max(1, Math.ceil(layers.length * depth - 1e-9));
  let anchorsBefore = layers.filter((_, i) => isAnchor(layers, i)).length;
  return [...layers.entries()]
    .reverse()
    .map(([i, layer]) => {
      const least = isAnchor(layers, i) ? 1 : 0;
      anchorsBefore -= least;
      const share = Math.round(left / (i + 1));
      const repeats = Math.max(least, Math.min(share, left - anchorsBefore));
      left -= repeats;
      return Array.from(
        { length: repeats },
        (_, copy): Layer => (copy === 0 ? { ...layer } : { ...layer, stride: 1 }),
      );
    })
    .reverse()
    .flat();
}

/** Whether a block would have another shape, or none, without the layer. */
function isAnchor(layers: readonly Layer[], i: number): boolean {
  const [before, layer] = [layers[i - 1], layers[i]];
  return (
    before === undefined ||
    layer === undefined ||
    layer.stride !== 1 ||
    widthOf(before) !== widthOf(layer)
  );
}

function widthOf(layer: Layer): number | undefined {
  return layer.kind === 'mp' ? undefined : layer.channels;
}

/** Neighbours for which `test` gives the same answer, together. */
function runsOf(layers: readonly Layer[], test: (layer: Layer) => boolean): Layer[][] {
  const runs: Layer[][] = [];
  for (const layer of layers) {
    const last = runs.at(-1);
    if (last?.[0] !== undefined && test(last[0]) === test(layer)) {
      last.push(layer);
    } else {
      runs.push([layer]);
    }
  }
  return runs;
}

function checkFactor(name: keyof Scaling, factor: number): void {
  if (!Number.isFinite(factor) || factor <= 0) {
    throw new DomainError('BAD_INPUT', `The ${name} factor must be a number above 0.`, {
      path: [name],
    });
  }
}
