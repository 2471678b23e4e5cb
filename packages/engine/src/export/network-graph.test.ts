import { parseNetwork, publishedNetworks } from '@blockwise/dna';
import { describe, expect, it } from 'vitest';
import { networkParameters } from '../network.ts';
import { type GraphOp, graphInput, graphOutput } from './graph.ts';
import { networkGraph } from './network-graph.ts';
import { exportCases } from './testing/subjects.ts';

const networks = [
  ...Object.entries(publishedNetworks),
  ...Object.entries(exportCases).map(
    ([name, { architecture }]) => [name, parseNetwork(architecture)] as const,
  ),
];

/** Names of the arrays that an operation reads. */
function arraysOf(op: GraphOp): string[] {
  const parts = (of: string, ...names: string[]) => names.map((name) => `${of}.${name}`);
  if (op.kind === 'conv' || op.kind === 'depthwise') return [op.weight];
  if (op.kind === 'norm') return parts(op.of, 'weight', 'bias', 'running_mean', 'running_var');
  return op.kind === 'linear' ? parts(op.of, 'weight', 'bias') : [];
}

describe('networkGraph', () => {
  it.each(networks)('%s: every parameter is used once, every name is known', (_, network) => {
    const { nodes } = networkGraph(network, 7);
    const used = nodes.flatMap(({ op }) => arraysOf(op)).sort();
    const parameters = networkParameters(network, 7);
    expect(used).toEqual(parameters.map(({ name }) => name).sort());
    const known = new Set([graphInput]);
    for (const { name, inputs } of nodes) {
      expect(inputs.filter((input) => !known.has(input))).toEqual([]);
      expect(known.has(name)).toBe(false);
      known.add(name);
    }
    expect(nodes.at(-1)).toMatchObject({ name: graphOutput, channels: 7 });
    const read = new Set(nodes.flatMap(({ inputs }) => inputs));
    expect(nodes.filter(({ name }) => !read.has(name)).map(({ name }) => name)).toEqual([
      graphOutput,
    ]);
  });
});
