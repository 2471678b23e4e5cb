import { blockEpochs, type DistilSpec, type RatingMeasure } from '@blockwise/contracts';
import {
  distilSchedule,
  learningRateAt,
  type MicroBatch,
  type NamedArrays,
  type Schedule,
} from '@blockwise/engine';
import type { BlockBatch } from './block-features.ts';
import type { OpenCell } from './cell.ts';
import { openStudent } from './cell-student.ts';
import type { EarlierBlocks } from './earlier-blocks.ts';
import { EpochClock } from './epoch-clock.ts';
import { type EpochPlan, type EpochStep, planEpochs } from './epochs.ts';
import { variantOf, wholeGroup } from './feature-groups.ts';
import { Plateau, type PlateauState } from './plateau.ts';
import { RatingLoss } from './rating-loss.ts';
import { restore, stopWhenAsked, type TrainingState, writeState } from './resume.ts';
import { TaskStopped } from './stop-signal.ts';
import type { TaskContext } from './task.ts';
import { microBatchSums } from './task-micro-batch.ts';
import type { TeacherRequest } from './teacher-request.ts';

export interface CellRun {
  readonly opened: OpenCell;
  readonly microBatch: MicroBatch;
  /** Images on which its rating loss is taken. */
  readonly looked: MicroBatch;
  readonly earlier: EarlierBlocks;
  readonly teacher: TeacherRequest;
  readonly measure: RatingMeasure;
  readonly spec: DistilSpec;
  /** Of the search. */
  readonly seed: number;
  /** How often the cell diverged before; every time its rate became a share of what it was. */
  readonly retries: number;
  /** The state after so many steps; null: begin. */
  readonly resume: { readonly step: number; readonly state: TrainingState } | null;
}

export interface TrainedCell {
  readonly weights: NamedArrays;
  /** Mean training loss of the last epoch. */
  readonly finalLoss: number;
  /** Less than planned when the training ended early. */
  readonly steps: number;
}

/**
 * Trains one cell once, to its last epoch or its plateau. Curves: `loss` of every step; of every
 * epoch `learning_rate`, `rating_loss`, as `RatingLoss` says, `data_wait` and `images_per_second`.
 *
 * @throws DomainError DIVERGED, naming step and path; OUT_OF_MEMORY, naming the shapes
 */
export async function trainCell(run: CellRun, context: TaskContext): Promise<TrainedCell> {
  const { opened, earlier, spec, seed, retries } = run;
  const { data, place, features } = opened;
  const epochs = blockEpochs(spec, place.block);
  const plan = planOf(run, epochs);
  const schedule = scheduleOf(run, plan);
  const whole = wholeGroup('calibration', data.calibration.length);
  const student = await openStudent({
    opened,
    earlier,
    spec,
    training: settingsOf(spec, schedule, run.microBatch),
    seed,
    calibration: () => features.read(whole),
  });
  try {
    const rating = await RatingLoss.open(opened, run);
    const sums = run.resume?.state.sums ?? {};
    if (run.resume) restore(student, run.resume.state);
    let epochLoss = sums.epochLoss ?? 0;
    const plateau = spec.earlyStop && new Plateau(spec.earlyStop, plateauOf(sums));
    const state = async () => ({
      arrays: await student.snapshot(),
      sums: { epochLoss, retries, ...sizeSums(run), ...plateau?.state },
    });
    const { reporter } = context;
    let step = run.resume?.step ?? 0;
    let ended = false;
    const clock = new EpochClock();
    while (!ended) {
      await stopWhenAsked(context, step, state);
      const here = plan.at(step);
      if (step % plan.stepsPerEpoch === 0) epochLoss = 0;
      const batch = await clock
        .wait(() => readBatch(run, plan, here))
        .catch(async (error: unknown) => {
          // Stopped while the features were made: the state after the step before is whole.
          if (error instanceof TaskStopped) await stopWhenAsked(context, step, state);
          throw error;
        });
      const rate = learningRateAt(schedule, step);
      const loss = await student.step(batch, step);
      step += 1;
      epochLoss += loss;
      clock.trained(batch.count);
      reporter.point('loss', step, loss);
      ended = step === plan.totalSteps;
      if (here.isLastOfEpoch) {
        clock.report(reporter, step);
        reporter.point('learning_rate', step, rate);
        const seen = await rating.of(student);
        reporter.point('rating_loss', step, seen);
        if (plateau?.observe(seen)) ended = true;
        clock.begin();
      }
      const isEarly = ended && step < plan.totalSteps;
      const epoch = `epoch ${here.epoch + 1} of ${epochs}`;
      const note = isEarly ? `ended early, its rating loss on a plateau, after ${epoch}` : epoch;
      reporter.progress(step, plan.totalSteps, 'steps', note);
      if (step % spec.checkpointEverySteps === 0 && !ended) {
        reporter.checkpoint(step, writeState(step, await state()));
      }
    }
    const weights = await student.weights();
    return { weights, finalLoss: epochLoss / plan.stepsPerEpoch, steps: step };
  } finally {
    student.dispose();
  }
}

/** The sizes that worked, as a state remembers them. */
export function sizeSums({ microBatch, looked }: Pick<CellRun, 'microBatch' | 'looked'>) {
  const ofLook: { looked?: number } = looked.size === null ? {} : { looked: looked.size };
  return { ...microBatchSums(microBatch), ...ofLook };
}

/** Without block or cell in its seed: all cells of a search walk through the same batches. */
function planOf({ opened, spec, seed }: CellRun, epochs: number): EpochPlan {
  const count = opened.data.fitting.length;
  return planEpochs({ count, batch: spec.batch, epochs, seed: `${seed}/distil` });
}

function readBatch(
  { opened, spec }: CellRun,
  plan: EpochPlan,
  { epoch, from, rows }: EpochStep,
): Promise<BlockBatch> {
  const group = { kind: 'train', variant: variantOf(spec, epoch) } as const;
  const sequence = { name: `epoch-${epoch}`, group, rows: plan.order(epoch), epoch };
  return opened.features.read(sequence, from, from + rows.length);
}

function scheduleOf(
  { opened, spec, retries }: CellRun,
  { totalSteps, stepsPerEpoch }: EpochPlan,
): Schedule {
  const { block, space } = opened.place;
  const blocks = space.blocks.length;
  const schedule = distilSchedule(spec, { block, blocks, totalSteps, stepsPerEpoch });
  const share = (spec.divergence.retryRate ?? 1) ** retries;
  return { ...schedule, learningRate: schedule.learningRate * share };
}

function settingsOf(spec: DistilSpec, schedule: Schedule, microBatch: MicroBatch) {
  const { loss, divergence, optimizer, momentum, optimizerEpsilon, weightDecay } = spec;
  return {
    schedule,
    microBatch,
    loss,
    optimizer: { optimizer, momentum, optimizerEpsilon, weightDecay },
    explodesAt: divergence.explodesAt,
  };
}

function plateauOf({ bestLoss, staleEpochs }: TrainingState['sums']): PlateauState | null {
  return bestLoss === undefined || staleEpochs === undefined ? null : { bestLoss, staleEpochs };
}
