import { DomainError } from '@blockwise/contracts';
import { tell } from '@blockwise/telemetry';
import { Prisma } from '../generated/client.ts';
import { emitJob } from '../job-rows.ts';
import type { CurvePoints } from './attempt.ts';
import { forgetCheckpoints } from './checkpoints.ts';
import { type AttemptContext, writeAttempt } from './context.ts';
import { writeNewCurves } from './new-curves.ts';

export async function appendCurves(
  context: AttemptContext,
  curves: readonly CurvePoints[],
): Promise<void> {
  for (const curve of curves) {
    checkCurve(curve);
  }
  if (!(await writeNewCurves(context, curves))) {
    await writeMixedCurves(context, curves);
  }
  tell({ what: 'pointsTaken', points: curves.reduce((sum, { steps }) => sum + steps.length, 0) });
}

/** Writes a batch of which something may be stored already. */
async function writeMixedCurves(
  context: AttemptContext,
  curves: readonly CurvePoints[],
): Promise<void> {
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
    if (chunks.length === 0) {
      return;
    }
    const rows = chunks.map(
      ({ key, firstStep, lastStep, steps, values, wallTimes }) =>
        Prisma.sql`(${jobId}::uuid, ${key}, ${firstStep}::int, ${lastStep}::int, ${steps}::int[],
          ${values}::float8[], ${wallTimes}::float8[])`,
    );
    // Prisma's own insert would round the last digit of values in lists.
    await tx.$executeRaw`
      INSERT INTO curve_chunk (job_id, key, first_step, last_step, steps, values, wall_times)
      VALUES ${Prisma.join(rows)}`;
    for (const { key, steps, values } of chunks) {
      emit({ kind: 'CURVE_POINTS', jobId, key, steps, values });
    }
  });
}

export async function resumeFrom(context: AttemptContext, step: number): Promise<void> {
  await writeAttempt(context, { progressAt: new Date() }, async (transaction, job) => {
    const { tx } = transaction;
    const { jobId, attempt } = context;
    await forgetCheckpoints(tx, job, step);
    await tx.curveChunk.deleteMany({ where: { jobId, firstStep: { gt: step } } });
    await tx.$executeRaw`
      UPDATE curve_chunk SET
        last_step = steps[kept.count],
        steps = steps[1:kept.count],
        values = values[1:kept.count],
        wall_times = wall_times[1:kept.count]
      FROM (
        SELECT key, first_step,
          (SELECT count(*) FROM unnest(steps) AS step WHERE step <= ${step})::int AS count
        FROM curve_chunk WHERE job_id = ${jobId}::uuid AND last_step > ${step}
      ) AS kept
      WHERE curve_chunk.job_id = ${jobId}::uuid
        AND curve_chunk.key = kept.key AND curve_chunk.first_step = kept.first_step`;
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
