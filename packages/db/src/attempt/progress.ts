import type { Progress } from '../rows.ts';
import type { Standing } from './attempt.ts';
import { type AttemptContext, refusal, writeAttempt } from './context.ts';

export async function writeProgress(context: AttemptContext, progress: Progress): Promise<void> {
  await writeAttempt(context, { ...progress, progressAt: new Date() }, async ({ emit }, job) => {
    const { done, total, unit, perSecond, note } = job;
    emit({ kind: 'JOB_PROGRESS', jobId: job.id, done, total, unit, perSecond, note });
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
