import type { Recipe } from '@blockwise/contracts';
import { type FeedRequest, mixBatch } from '@blockwise/datasets';
import type { Network } from '@blockwise/dna';
import {
  ClassifierTraining,
  type Distillation,
  type MicroBatch,
  type NamedArrays,
  type TrainingBatch,
} from '@blockwise/engine';
import { EpochClock } from './epoch-clock.ts';
import { type EpochPlan, type EpochStep, planEpochs } from './epochs.ts';
import { type ResumePoint, readState, restore, stopWhenAsked, writeState } from './resume.ts';
import type { SearchData } from './search-data.ts';
import type { TaskContext } from './task.ts';
import { type MemoryUse, microBatchSums, taskMicroBatch } from './task-micro-batch.ts';
import { countRight, labelsOf, type TestResult, testClassifier } from './test-classifier.ts';

export interface ClassifierRun {
  readonly network: Network;
  readonly recipe: Recipe;
  readonly memory: MemoryUse;
  readonly seed: number;
  /** To start with, instead of initial weights. */
  readonly weights: NamedArrays | null;
  /** What the network learns from a teacher first, before it sees labels; null: nothing. */
  readonly distillation: Distillation | null;
  /** Positions in the training part. */
  readonly trainOn: Uint32Array;
  /** Positions in the training part on which `val_accuracy` is measured after every epoch; may be none. */
  readonly validateOn: Uint32Array;
  readonly checkpointEverySeconds: number;
  readonly resume: ResumePoint | null;
}

export interface TrainedClassifier extends TestResult {
  readonly weights: NamedArrays;
}

interface RunInMemory extends ClassifierRun {
  readonly microBatch: MicroBatch;
}

/** One of the two things a network is trained on, one after the other. */
interface Phase {
  readonly kind: 'distil' | 'labels';
  /** Steps and epochs of the phase before. */
  readonly stepsBefore: number;
  readonly epochsBefore: number;
  readonly epochs: number;
  readonly plan: EpochPlan;
}

/**
 * Trains a network and tests it once, at the end. Steps count over both phases. Curves: `loss` and
 * `learning_rate` of every step (`distil_loss` where a teacher is learned from), `accuracy` (of the
 * training batches), `val_accuracy`, `data_wait` and `images_per_second` of every epoch.
 */
export async function trainClassifier(
  run: ClassifierRun,
  data: SearchData,
  context: TaskContext,
): Promise<TrainedClassifier> {
  const { distil, labels } = phasesOf(run);
  const remembered = run.resume && readState(run.resume).sums.microBatch;
  const memory = { ...run.memory, microBatch: remembered ?? run.memory.microBatch };
  const microBatch = taskMicroBatch(memory, context);
  const resumesLater = run.resume !== null && run.resume.step >= labels.stepsBefore;
  let { weights } = run;
  if (distil && !resumesLater) {
    weights = await withTraining(
      { ...run, microBatch },
      distil,
      weights,
      data,
      async (training) => {
        await runPhase({ ...run, microBatch }, distil, training, data, context);
        return await training.weights();
      },
    );
  }
  return await withTraining({ ...run, microBatch }, labels, weights, data, async (training) => {
    await runPhase({ ...run, microBatch }, labels, training, data, context);
    return { weights: await training.weights(), ...(await testClassifier(training, data)) };
  });
}

/** Learning from the teacher, where asked for, then from labels, even for no epoch. */
function phasesOf({ recipe, seed, distillation, trainOn }: ClassifierRun): {
  distil: Phase | null;
  labels: Phase;
} {
  const planOf = (kind: Phase['kind'], epochs: number) => {
    const order = kind === 'labels' ? 'classifier' : 'distillation';
    const { batch } = recipe;
    return planEpochs({ count: trainOn.length, batch, epochs, seed: `${seed}/${order}` });
  };
  const epochs = distillation?.spec.epochs ?? 0;
  const plan = planOf('distil', epochs);
  return {
    distil: epochs === 0 ? null : { kind: 'distil', stepsBefore: 0, epochsBefore: 0, epochs, plan },
    labels: {
      kind: 'labels',
      stepsBefore: plan.totalSteps,
      epochsBefore: epochs,
      epochs: recipe.epochs,
      plan: planOf('labels', recipe.epochs),
    },
  };
}

async function withTraining<T>(
  { network, recipe, microBatch, seed, distillation }: RunInMemory,
  { kind, plan }: Phase,
  weights: NamedArrays | null,
  { info }: SearchData,
  work: (training: ClassifierTraining) => Promise<T>,
): Promise<T> {
  const training = new ClassifierTraining({
    network,
    classes: info.classes.length,
    imageSize: info.size,
    seed,
    recipe,
    totalSteps: plan.totalSteps,
    stepsPerEpoch: plan.stepsPerEpoch,
    microBatch,
    ...(weights === null ? {} : { weights }),
    ...(kind === 'distil' && distillation !== null ? { distillation } : {}),
  });
  try {
    return await work(training);
  } finally {
    training.dispose();
  }
}

async function runPhase(
  run: RunInMemory,
  phase: Phase,
  training: ClassifierTraining,
  data: SearchData,
  context: TaskContext,
): Promise<void> {
  const { kind, plan, stepsBefore } = phase;
  const { reporter } = context;
  const total = stepsBefore + plan.totalSteps;
  const from = Math.max(stepsBefore, run.resume?.step ?? 0);
  const resumed = run.resume?.step === from ? readState(run.resume) : null;
  if (resumed) restore(training, resumed);
  let correct = resumed?.sums.correct ?? 0;
  const state = async () => ({
    arrays: await training.snapshot(),
    sums: { correct, ...microBatchSums(run.microBatch) },
  });
  let checkpointAt = performance.now();
  const clock = new EpochClock();
  // The images of the next steps are made during a step.
  const images = data.feed.stream((i) => {
    const step = from - stepsBefore + i;
    return step < plan.totalSteps ? requestOf(run, phase, plan.at(step)) : null;
  });
  // One array serves all steps: when a step has ended its images are of no use.
  let x: Float32Array | null = null;
  try {
    for (let done = from; done < total; ) {
      await stopWhenAsked(context, done, state);
      if (performance.now() - checkpointAt >= run.checkpointEverySeconds * 1000) {
        reporter.checkpoint(done, writeState(done, await state()));
        checkpointAt = performance.now();
      }
      const step = done - stepsBefore;
      const { epoch, rows, isLastOfEpoch } = plan.at(step);
      x = await clock.wait(() => images.next(x));
      if (x === null) throw new Error('the images ended before the training did');
      const result = await training.step({ ...batchOf(run, phase, data, { step, rows, x }), step });
      clock.trained(rows.length);
      correct += result.correct;
      done += 1;
      reporter.point(kind === 'labels' ? 'loss' : 'distil_loss', done, result.loss);
      reporter.point('learning_rate', done, training.learningRateAt(step));
      if (isLastOfEpoch) {
        clock.report(reporter, done);
        reporter.point('accuracy', done, correct / (plan.stepsPerEpoch * rows.length));
        correct = 0;
        if (run.validateOn.length > 0) {
          const right = await countRight(training, 'train', run.validateOn, data);
          reporter.point('val_accuracy', done, right / run.validateOn.length);
        }
        clock.begin();
      }
      const what = kind === 'labels' ? 'epoch' : 'distillation, epoch';
      reporter.progress(done, total, 'steps', `${what} ${epoch + 1} of ${phase.epochs}`);
    }
  } finally {
    images.close();
  }
}

/** The images of a step, augmented. */
function requestOf(
  { recipe, seed, trainOn }: ClassifierRun,
  { epochsBefore }: Phase,
  { epoch, rows }: EpochStep,
): FeedRequest {
  return {
    part: 'train',
    positions: positionsOf(trainOn, rows),
    draws: { augment: recipe.augment, seed: `${seed}/augment`, epoch: epochsBefore + epoch },
  };
}

/** A step's images and labels; mixed with each other where the recipe says so. */
function batchOf(
  { recipe, seed, trainOn }: ClassifierRun,
  { kind }: Phase,
  { train, info }: SearchData,
  { step, rows, x }: { step: number; rows: Uint32Array; x: Float32Array },
): TrainingBatch {
  const { mixup, cutmix, labelSmoothing } = recipe;
  const labels = labelsOf(train, positionsOf(trainOn, rows));
  if (kind === 'distil' || (mixup === 0 && cutmix === 0)) return { x, labels };
  const classes = info.classes.length;
  const mix = { labelSmoothing, mixup, cutmix, seed: `${seed}/mix`, step };
  return { x, targets: mixBatch({ x, labels, classes, ...mix }) };
}

function positionsOf(trainOn: Uint32Array, rows: Uint32Array): Uint32Array {
  return Uint32Array.from(rows, (row) => trainOn[row] ?? 0);
}
