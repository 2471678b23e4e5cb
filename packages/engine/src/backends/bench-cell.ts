import { createRandom, parseSpace } from '@blockwise/dna';
import { CellTraining } from '../distil/cell-training.ts';
import type { FeatureShape } from '../supernet.ts';

/**
 * The bench cell: 4 layers of k5 e6 with squeeze-excite on 14×14, 40 → 80 channels, 32 images a step.
 * One path, no choice.
 */
export const benchCell = {
  space: parseSpace(`
    stem cn_k3_s1_c40
    ops ir_k5_e6_se0.25
    block n1_c40_s1
    block n4_c40_s1
    head hd_c80
  `),
  block: 1,
  cell: 0,
  teacherIn: { channels: 40, size: 14 },
  teacherOut: { channels: 80, size: 14 },
  batch: 32,
} as const;

/** Adam's, of a constant schedule. */
export const benchLearningRate = 0.0045;

/** After the first one. An engine may still compile, and its clock may still rise, in the next few. */
const warmupSteps = 3;
const timedSteps = 5;
const slowMilliseconds = 3000;

/** How long a step takes, and for how many images. */
interface StepTime {
  readonly stepMs: number;
  readonly stepBatch: number;
}

/**
 * Times the distillation step of the bench cell on the open engine: forward, backward, Adam,
 * running statistics. An engine that takes seconds for one image is timed on that alone.
 */
export async function timeBenchStep(): Promise<StepTime> {
  const { batch } = benchCell;
  const training = benchTraining();
  let step = 0;
  const run = async (count: number): Promise<number> => {
    const features = randomFeatures(count);
    const start = performance.now();
    await training.step({ ...features, step: step++ });
    return performance.now() - start;
  };
  try {
    // Twice: the first step also compiles.
    await run(1);
    const one = await run(1);
    if (one > slowMilliseconds) return { stepMs: one, stepBatch: 1 };
    const first = await run(batch);
    if (first > slowMilliseconds) return { stepMs: first, stepBatch: batch };
    for (let i = 0; i < warmupSteps; i++) await run(batch);
    const times: number[] = [];
    for (let i = 0; i < timedSteps; i++) times.push(await run(batch));
    const stepMs = times.sort((a, b) => a - b)[Math.floor(timedSteps / 2)] as number;
    return { stepMs, stepBatch: batch };
  } finally {
    training.dispose();
  }
}

function benchTraining(): CellTraining {
  return new CellTraining({
    ...benchCell,
    seed: 1,
    schedule: {
      kind: 'constant',
      learningRate: benchLearningRate,
      warmupSteps: 0,
      totalSteps: 1000,
      stepsPerEpoch: 1000,
      decay: 1,
    },
  });
}

function randomFeatures(count: number) {
  const { teacherIn, teacherOut } = benchCell;
  const random = createRandom('bench', count);
  const values = ({ channels, size }: FeatureShape) =>
    Float32Array.from({ length: count * size * size * channels }, () => random.normal());
  return { x: values(teacherIn), y: values(teacherOut), count };
}
