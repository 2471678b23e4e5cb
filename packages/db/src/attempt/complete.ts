import { packConfusion } from '../confusions.ts';
import { startAfterTeacher, startSolveWhenReady } from '../flow.ts';
import { createJobs } from '../job-rows.ts';
import type { DistilResult, LatencyResult, TeacherResult } from './attempt.ts';
import {
  type AttemptContext,
  checkFinite,
  completeAttempt,
  putArtifact,
  requireId,
} from './context.ts';

/** Records data set and teacher; the latency table and the first cells get their jobs. */
export async function completeTeacher(
  context: AttemptContext,
  { dataset, samples, teacher: { bytes, confusion, ...teacher } }: TeacherResult,
): Promise<void> {
  if (teacher.top1 !== null) {
    checkFinite("the teacher's top-1", teacher.top1);
  }
  await completeAttempt(context, 'teacher', async (transaction) => {
    const { tx, search } = transaction;
    if (samples !== null) await putArtifact(tx, 'samples', samples);
    await tx.dataset.create({
      data: {
        ...dataset,
        searchId: search.id,
        samplesSha256: samples?.sha256 ?? null,
        sampleColumns: samples?.columns ?? null,
        sampleLabels: samples?.labels ?? [],
      },
    });
    await putArtifact(tx, 'teacher', { sha256: teacher.sha256, bytes });
    await tx.teacher.create({
      data: {
        ...teacher,
        cuts: teacher.cuts.map(({ size, channels }) => ({ size, channels })),
        searchId: search.id,
      },
    });
    if (confusion !== null) {
      await tx.confusion.create({
        data: { searchId: search.id, counts: packConfusion(confusion) },
      });
    }
    await startAfterTeacher(transaction, context.queue);
  });
}

/** Records the measured table, which the exact search may have waited for. */
export async function completeLatency(
  context: AttemptContext,
  { engine, device, batch, milliseconds }: LatencyResult,
): Promise<void> {
  for (const [key, value] of Object.entries(milliseconds)) {
    checkFinite(`the latency of ${key}`, value);
  }
  const id = requireId(context.latencyTableId, 'latency table');
  await completeAttempt(context, 'latency', async (transaction) => {
    const { tx, search, emit } = transaction;
    await tx.latencyTable.update({
      where: { id },
      data: { engine, device, batch, milliseconds, measuredAt: new Date() },
    });
    emit({ kind: 'LATENCY_MEASURED', engine, device });
    if (search.state !== 'COMPLETE') {
      await startSolveWhenReady(transaction, context.queue);
    }
  });
}

/** Records the supernet; the cell gets its rate job. */
export async function completeDistil(
  context: AttemptContext,
  { sha256, bytes, finalLoss, steps }: DistilResult,
): Promise<void> {
  checkFinite('the final loss', finalLoss);
  const cellId = requireId(context.cellId, 'cell');
  await completeAttempt(context, 'distil', async (transaction) => {
    await putArtifact(transaction.tx, 'supernet', { sha256, bytes });
    await transaction.tx.cell.update({
      where: { id: cellId },
      data: { sha256, finalLoss, steps },
    });
    await createJobs(transaction, context.queue, [{ kind: 'rate', cellId }]);
  });
}
