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
 * Where the layers of a block differ, each is repeated about equally often and keeps its place, as
 * timm spreads repeats over the rows of a stage: from the last layer on, each takes its rounded
 * share of the repeats that are left. Repeats have stride 1. A factor of 1 changes nothing.
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
  return layers
    .map((layer, i) => ({ layer, before: i }))
    .reverse()
    .map(({ layer, before }) => {
      const repeats = Math.max(1, Math.round(left / (before + 1)));
      left -= repeats;
      return Array.from(
        { length: repeats },
        (_, i): Layer => (i === 0 ? { ...layer } : { ...layer, stride: 1 }),
      );
    })
    .reverse()
    .flat();
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
