import type { Network } from '@blockwise/dna';
import { GraphBuilder, graphInput, graphOutput, type NetworkGraph } from './graph.ts';
import { addConv, addLayer } from './layer-graph.ts';
import { type PlacedNetwork, placeNetwork } from './placed-network.ts';

/** A whole network, image to logits, as it computes in evaluation. */
export function networkGraph(network: Network, classes: number): NetworkGraph {
  const builder = new GraphBuilder();
  const { stem, blocks, head } = placeNetwork(network);
  const features = [...stem, ...blocks.flat()].reduce(
    (x, placed) => addLayer(builder, placed, x),
    graphInput,
  );
  addHead(builder, head, classes, features);
  return { frame: network.frame, nodes: builder.nodes };
}

function addHead(
  builder: GraphBuilder,
  { spec, names }: PlacedNetwork['head'],
  classes: number,
  x: string,
): void {
  const { channels, hidden, activation } = spec;
  const widths = { kernel: 1, stride: 1, channels, activation } as const;
  const features = channels === 0 ? x : addConv(builder, names.conv, widths, x);
  const last = builder.nodes.at(-1)?.channels ?? 0;
  let pooled = builder.add('global_pool', { kind: 'mean' }, last, features);
  if (hidden > 0) {
    const linear = { kind: 'linear', of: names.hidden } as const;
    pooled = builder.add(`${names.hidden}.linear`, linear, hidden, pooled);
    const act = { kind: 'activation', activation } as const;
    pooled = builder.add(`${names.hidden}.act`, act, hidden, pooled);
  }
  builder.add(graphOutput, { kind: 'linear', of: names.classifier }, classes, pooled);
}
