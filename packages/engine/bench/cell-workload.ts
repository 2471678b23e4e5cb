import { createRandom } from '@blockwise/dna';
import { benchLearningRate } from '../src/backends/bench-cell.ts';
import { CellTraining, type FeatureBatch } from '../src/index.ts';
import type { BenchCell } from './cells.ts';
import type { Workload } from './workload.ts';

/** The distillation step of a cell: forward, backward, Adam, running statistics; the loss is read. */
export function openCell(cell: BenchCell): Workload {
  const training = cellTraining(cell);
  const features = cellFeatures(cell, cell.batch);
  const single = cellFeatures(cell, 1);
  let step = 0;
  const train = async (batch: FeatureBatch) => {
    await training.step({ ...batch, step });
    step += 1;
  };
  return {
    params: training.supernet.store.weights().reduce((sum, { value }) => sum + value.size, 0),
    images: cell.batch,
    run: () => train(features),
    runOne: () => train(single),
    close: () => training.dispose(),
  };
}

export function cellTraining(cell: BenchCell): CellTraining {
  return new CellTraining({
    ...cell,
    schedule: {
      kind: 'constant',
      learningRate: benchLearningRate,
      warmupSteps: 0,
      totalSteps: 1000,
      stepsPerEpoch: 1000,
      decay: 1,
    },
    seed: 1,
  });
}

/** Normally distributed features of so many images. */
export function cellFeatures(
  { teacherIn, teacherOut }: Pick<BenchCell, 'teacherIn' | 'teacherOut'>,
  count: number,
): FeatureBatch {
  const random = createRandom('bench', count);
  const values = ({ channels, size }: BenchCell['teacherIn']) =>
    Float32Array.from({ length: count * size * size * channels }, () => random.normal());
  return { x: values(teacherIn), y: values(teacherOut), count };
}
