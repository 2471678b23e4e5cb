import type { ClassifierTrainingSpec } from '@blockwise/contracts';
import { fillBatch, type ImageSet } from '@blockwise/datasets';
import { parseNetwork } from '@blockwise/dna';
import { ClassifierTraining, cosineWithWarmup, type NamedArrays } from '@blockwise/engine';
import { planEpochs } from './epochs.ts';
import { rowRange } from './feature-groups.ts';
import { imageValues } from './image-shape.ts';
import { type ResumePoint, readState, stopWhenAsked, writeState } from './resume.ts';
import type { SearchData } from './search-data.ts';
import type { TaskContext } from './task.ts';

export interface ClassifierRun {
  /** In the grammar. */
  readonly architecture: string;
  readonly training: ClassifierTrainingSpec;
  readonly seed: number;
  /** Positions in the training part. */
  readonly trainOn: Uint32Array;
  /** Positions in the training part on which `val_accuracy` is measured after every epoch; may be none. */
  readonly validateOn: Uint32Array;
  readonly checkpointEverySeconds: number;
  readonly resume: ResumePoint | null;
}

export interface TrainedClassifier {
  readonly weights: NamedArrays;
  /** On the test part, 0..1. */
  readonly top1: number;
}

/** Images per pass of an evaluation. */
const evaluationBatch = 100;

/**
 * Trains a network on labels and tests it once, at the end. Curves: `loss` and `learning_rate` of
 * every step, `accuracy` (of the training batches) and `val_accuracy` of every epoch.
 */
export async function trainClassifier(
  run: ClassifierRun,
  data: SearchData,
  context: TaskContext,
): Promise<TrainedClassifier> {
  const { training: spec, seed, trainOn } = run;
  const { info, train } = data;
  const { batch, epochs, learningRate, weightDecay, labelSmoothing } = spec;
  const plan = planEpochs({ count: trainOn.length, batch, epochs, seed: `${seed}/classifier` });
  const schedule = {
    peak: learningRate,
    // One epoch, unless there is only one to train in.
    warmupSteps: epochs > 1 ? plan.stepsPerEpoch : 0,
    totalSteps: plan.totalSteps,
  };
  const training = new ClassifierTraining({
    network: parseNetwork(run.architecture),
    classes: info.classes.length,
    imageSize: info.size,
    seed,
    learningRate,
    warmupSteps: schedule.warmupSteps,
    totalSteps: schedule.totalSteps,
    weightDecay,
    labelSmoothing,
  });
  try {
    const resumed = run.resume && readState(run.resume);
    if (resumed) training.restore(resumed.arrays);
    let correct = resumed?.sums.correct ?? 0;
    const state = async () => ({ arrays: await training.snapshot(), sums: { correct } });
    const { reporter } = context;
    let checkpointAt = Date.now();
    for (let step = run.resume?.step ?? 0; step < plan.totalSteps; step++) {
      await stopWhenAsked(context, step, state);
      if (Date.now() - checkpointAt >= run.checkpointEverySeconds * 1000) {
        reporter.checkpoint(step, writeState(step, await state()));
        checkpointAt = Date.now();
      }
      const { epoch, rows, isLastOfEpoch } = plan.at(step);
      const positions = Uint32Array.from(rows, (row) => trainOn[row] ?? 0);
      const x = new Float32Array(positions.length * imageValues(info.size));
      const draw = { augment: spec.augment, seed: `${seed}/augment`, epoch };
      fillBatch(train, positions, info, draw, x);
      const result = await training.step({ x, labels: labelsOf(train, positions), step });
      correct += result.correct;
      const done = step + 1;
      reporter.point('loss', done, result.loss);
      reporter.point('learning_rate', done, cosineWithWarmup(schedule, step));
      if (isLastOfEpoch) {
        reporter.point('accuracy', done, correct / (plan.stepsPerEpoch * rows.length));
        correct = 0;
        if (run.validateOn.length > 0) {
          const right = await countRight(training, train, run.validateOn, info);
          reporter.point('val_accuracy', done, right / run.validateOn.length);
        }
      }
      reporter.progress(done, plan.totalSteps, 'steps', `epoch ${epoch + 1} of ${epochs}`);
    }
    const top1 = await testTop1(training, data);
    return { weights: await training.weights(), top1 };
  } finally {
    training.dispose();
  }
}

interface Classifier {
  evaluate(batch: { x: Float32Array; labels: ArrayLike<number> }): Promise<number>;
}

/** Share of the test part that is classified right. */
export async function testTop1(classifier: Classifier, { test, info }: SearchData) {
  return (await countRight(classifier, test, rowRange(0, test.count), info)) / test.count;
}

async function countRight(
  classifier: Classifier,
  set: ImageSet,
  positions: Uint32Array,
  info: SearchData['info'],
): Promise<number> {
  let right = 0;
  for (let from = 0; from < positions.length; from += evaluationBatch) {
    const taken = positions.subarray(from, from + evaluationBatch);
    const x = new Float32Array(taken.length * imageValues(info.size));
    fillBatch(set, taken, info, { augment: 'none' }, x);
    right += await classifier.evaluate({ x, labels: labelsOf(set, taken) });
  }
  return right;
}

function labelsOf(set: ImageSet, positions: Uint32Array): number[] {
  return Array.from(positions, (position) => set.labels[position] ?? 0);
}
