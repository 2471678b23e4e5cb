import { createRandom, imageChannels } from '@blockwise/dna';
import { ClassifierTraining } from '../src/index.ts';
import { type BenchNetwork, benchRecipe } from './networks.ts';
import type { Workload } from './workload.ts';

/** The retraining step of a network on labels; the loss and the logits are read. */
export function openNetwork(bench: BenchNetwork): Workload {
  const training = networkTraining(bench);
  const images = labelledImages(bench, bench.batch);
  const single = labelledImages(bench, 1);
  let step = 0;
  const train = async (batch: ReturnType<typeof labelledImages>) => {
    await training.step({ ...batch, step });
    step += 1;
  };
  return {
    params: training.model.weights.reduce((sum, { value }) => sum + value.size, 0),
    images: bench.batch,
    run: () => train(images),
    runOne: () => train(single),
    close: () => training.dispose(),
  };
}

export function networkTraining({ network, classes, imageSize }: BenchNetwork): ClassifierTraining {
  return new ClassifierTraining({
    ...{ network, classes, imageSize, recipe: benchRecipe, seed: 1 },
    totalSteps: 1000,
    stepsPerEpoch: 1000,
  });
}

/** Normally distributed images, their classes in turn. */
export function labelledImages({ imageSize, classes }: BenchNetwork, count: number) {
  const random = createRandom('bench', count);
  const length = count * imageSize * imageSize * imageChannels;
  return {
    x: Float32Array.from({ length }, () => random.normal()),
    labels: Array.from({ length: count }, (_, image) => image % classes),
  };
}
