import type { Checkpoint, Progress } from '../rows.ts';
import type { Standing, StoredArtifact } from './attempt.ts';
import { type AttemptContext, putArtifact, refusal, writeAttempt } from './context.ts';

export async function writeProgress(context: AttemptContext, progress: Progress): Promise<void> {
  await writeAttempt(context, { ...progress, progressAt: new Date() }, async ({ emit }, job) => {
    const { done, total, unit, perSecond, note } = job;
    emit({ kind: 'JOB_PROGRESS', jobId: job.id, done, total, unit, perSecond, note });
  });
}

export async function saveCheckpoint(
  context: AttemptContext,
  { sha256, bytes, step }: Checkpoint & StoredArtifact,
): Promise<void> {
  await writeAttempt(context, { progressAt: new Date() }, async ({ tx }, job) => {
    // The job's row points at the artifact's, so that comes first.
    await putArtifact(tx, 'checkpoint', { sha256, bytes });
    await tx.job.update({
      where: { id: job.id },
      data: { checkpointSha256: sha256, checkpointStep: step },
    });
  });
}

export async function writeMessage(
  context: AttemptContext,
  level: 'INFO' | 'WARNING',
  text: string,
): Promise<void> {
  await writeAttempt(context, { progressAt: new Date() }, async ({ emit }) => {
    emit({ kind: 'MESSAGE', level, text });
  });
}

export async function standing(context: AttemptContext): Promise<Standing> {
  const { prisma } = context.db;
  const held = await prisma.job.findFirst({
    where: { id: context.jobId, attempt: context.attempt, state: 'RUNNING' },
    select: { search: { select: { state: true } } },
  });
  if (held !== null) {
    return held.search.state === 'PAUSED' ? 'PAUSED' : 'HELD';
  }
  const reason = await refusal(prisma, context);
  if (reason.code === 'CANCELLED') {
    return 'CANCELLED';
  }
  throw reason;
}
