import { DomainError } from '@blockwise/contracts';
import { emitJob } from '../job-rows.ts';
import type { CurvePoints } from './attempt.ts';
import { type AttemptContext, writeAttempt } from './context.ts';

export async function appendCurves(
  context: AttemptContext,
  curves: readonly CurvePoints[],
): Promise<void> {
  for (const curve of curves) {
    checkCurve(curve);
  }
  await writeAttempt(context, { progressAt: new Date() }, async ({ tx, emit }) => {
    const { jobId } = context;
    const stored = await tx.curveChunk.groupBy({
      by: ['key'],
      where: { jobId, key: { in: curves.map(({ key }) => key) } },
      _max: { lastStep: true },
    });
    const lastSteps = new Map(stored.map(({ key, _max }) => [key, _max.lastStep]));
    const chunks = curves.flatMap(({ key, ...columns }) => {
      const lastStep = lastSteps.get(key) ?? Number.NEGATIVE_INFINITY;
      const begin = columns.steps.findIndex((step) => step > lastStep);
      const steps = begin === -1 ? [] : columns.steps.slice(begin);
      const [firstStep] = steps;
      return firstStep === undefined
        ? []
        : [
            {
              jobId,
              key,
              firstStep,
              lastStep: steps.at(-1) ?? firstStep,
              steps,
              values: columns.values.slice(begin),
              wallTimes: columns.wallTimes.slice(begin),
            },
          ];
    });
    await tx.curveChunk.createMany({ data: chunks });
    for (const { key, steps, values } of chunks) {
      emit({ kind: 'CURVE_POINTS', jobId, key, steps, values });
    }
  });
}

export async function resumeFrom(context: AttemptContext, step: number): Promise<void> {
  await writeAttempt(context, { progressAt: new Date() }, async (transaction, job) => {
    const { tx } = transaction;
    const { jobId, attempt } = context;
    await tx.curveChunk.deleteMany({ where: { jobId, firstStep: { gt: step } } });
    const cut = await tx.curveChunk.findMany({ where: { jobId, lastStep: { gt: step } } });
    for (const { key, firstStep, steps, values, wallTimes } of cut) {
      const count = steps.findLastIndex((stored) => stored <= step) + 1;
      await tx.curveChunk.update({
        where: { jobId_key_firstStep: { jobId, key, firstStep } },
        data: {
          lastStep: steps[count - 1] ?? firstStep,
          steps: steps.slice(0, count),
          values: values.slice(0, count),
          wallTimes: wallTimes.slice(0, count),
        },
      });
    }
    await tx.run.update({
      where: { jobId_attempt: { jobId, attempt } },
      data: { resumedFromStep: step },
    });
    // Whoever watches has points that are gone now: the job's change tells them to read again.
    emitJob(transaction, job);
  });
}

function checkCurve({ key, steps, values, wallTimes }: CurvePoints): void {
  if (values.length !== steps.length || wallTimes.length !== steps.length) {
    throw new Error(`the columns of curve ${key} have different lengths`);
  }
  for (const [i, step] of steps.entries()) {
    if (i > 0 && step <= (steps[i - 1] ?? 0)) {
      throw new Error(`curve ${key} steps back to ${step}`);
    }
    const value = values[i];
    if (!Number.isFinite(value)) {
      throw new DomainError('DIVERGED', `${key} is ${value} at step ${step}.`);
    }
  }
}
