import { cellAt, cellLayers, createRandom, imageChannels, type Layer, opsOf } from '@blockwise/dna';
import { benchLearningRate } from '../src/backends/bench-cell.ts';
import { drawPaths } from '../src/distil/sampling.ts';
import { namesOf } from '../src/layers/names.ts';
import { opName } from '../src/supernet.ts';
import { type BenchCell, benchCells } from './cells.ts';
import { type LayerPlan, planLayer } from './layer-plan.ts';
import { type BenchNetwork, benchNetworks, benchRecipe } from './networks.ts';

/** A distillation step, for another program to do the same: MSE, Adam (β 0.9, 0.999, ε 1e-8). */
export interface CellPlan {
  readonly kind: 'cell';
  /** Of every layer every op. */
  readonly layers: readonly (readonly LayerPlan[])[];
  /** Op indices; what one step trains. */
  readonly paths: readonly (readonly number[])[];
  readonly batch: number;
  readonly inSize: number;
  readonly outSize: number;
  readonly normEpsilon: number;
  readonly learningRate: number;
}

/** A retraining step, for another program to do the same: cross-entropy, AdamW (the same β and ε). */
export interface NetworkPlan {
  readonly kind: 'network';
  /** Stem, blocks and the head's convolution, in order. */
  readonly layers: readonly LayerPlan[];
  readonly classifier: string;
  readonly classes: number;
  readonly batch: number;
  readonly inSize: number;
  readonly normEpsilon: number;
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly labelSmoothing: number;
}

export type StepPlan = CellPlan | NetworkPlan;

/** The plans of all steps that can be given away, by workload. */
export function stepPlans(): Record<
  keyof typeof benchCells | keyof typeof benchNetworks,
  StepPlan
> {
  return {
    distil: planCell(benchCells.distil),
    'distil-one': planCell(benchCells['distil-one']),
    'distil-small': planCell(benchCells['distil-small']),
    'distil-large': planCell(benchCells['distil-large']),
    retrain: planNetwork(benchNetworks.retrain),
    'retrain-large': planNetwork(benchNetworks['retrain-large']),
  };
}

export function planCell(bench: BenchCell): CellPlan {
  const { space, block, cell, teacherIn, teacherOut, batch, sampling } = bench;
  const depth = cellAt(space, block, cell).layers;
  const byOp = opsOf(space, block).map((_, op) =>
    cellLayers(space, block, cell, new Array<number>(depth).fill(op), teacherOut.channels),
  );
  let channels = teacherIn.channels;
  const layers = Array.from({ length: depth }, (_, layer) => {
    const ops = byOp.map((list, op) =>
      planLayer(list[layer] as Layer, opName(layer, op), channels),
    );
    channels = ops[0]?.outChannels ?? channels;
    return ops;
  });
  return {
    kind: 'cell',
    layers,
    // Whatever is drawn, a step of strict fairness costs the same, and a single op leaves no choice.
    paths: drawPaths(sampling, space, block, cell, createRandom('bench')),
    batch,
    inSize: teacherIn.size,
    outSize: teacherOut.size,
    normEpsilon: space.frame.epsilon,
    learningRate: benchLearningRate,
  };
}

export function planNetwork({ network, classes, imageSize, batch }: BenchNetwork): NetworkPlan {
  const names = namesOf(network);
  const { learningRate, weightDecay, labelSmoothing } = benchRecipe;
  const { first, head } = names;
  const conv = { kind: 'cn', kernel: 1, stride: 1, ...network.head } as const;
  const named: [layer: Layer, name: string, norm?: string][] = [
    ...network.stem.map((layer, i): [Layer, string, string?] =>
      i === 0 ? [layer, first.conv, first.norm] : [layer, names.stem(i)],
    ),
    ...network.blocks.flatMap((layers, block) =>
      layers.map((layer, i): [Layer, string] => [layer, names.layer(block, i)]),
    ),
    [conv, head.conv.conv, head.conv.norm],
  ];
  let channels = imageChannels;
  const layers = named.map(([layer, name, norm]) => {
    const plan = planLayer(layer, name, channels, norm);
    channels = plan.outChannels;
    return plan;
  });
  return {
    ...{ kind: 'network', layers, classifier: head.classifier, classes, batch },
    inSize: imageSize,
    normEpsilon: network.frame.epsilon,
    ...{ learningRate, weightDecay, labelSmoothing },
  };
}
