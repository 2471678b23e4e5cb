import { expect, it } from 'vitest';
import { networkCost } from '../../packages/dna/src/index.ts';
import type { LayerPlan } from '../../packages/engine/bench/layer-plan.ts';
import { benchNetworks } from '../../packages/engine/bench/networks.ts';
import { planNetwork } from '../../packages/engine/bench/step-plan.ts';

/** Trained numbers of a layer, from what the plan says alone. */
function paramsOf({ kind, kernel, inChannels, outChannels, hidden, squeeze }: LayerPlan): number {
  if (kind === 'cn') return kernel ** 2 * inChannels * outChannels + 2 * outChannels;
  const expansion = kind === 'ir' ? inChannels * hidden + 2 * hidden : 0;
  const gate = squeeze === 0 ? 0 : 2 * hidden * squeeze + squeeze + hidden;
  const depthwise = kernel ** 2 * hidden + 2 * hidden;
  return expansion + depthwise + gate + hidden * outChannels + 2 * outChannels;
}

it.each(Object.entries(benchNetworks))(
  'the plan of %s has the params of the network',
  (_, bench) => {
    const { layers } = planNetwork(bench);
    const features = layers.at(-1)?.outChannels ?? 0;
    const sum = layers.reduce((total, layer) => total + paramsOf(layer), 0);
    const { classes, imageSize: inputSize } = bench;
    const { params } = networkCost(bench.network, { inputSize, classes });
    expect(sum + features * classes + classes).toBe(params);
  },
);
