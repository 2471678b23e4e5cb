import { createJobs } from '../job-rows.ts';
import type { DistilResult, RetrainResult, SolveResult, TeacherResult } from './attempt.ts';
import { type AttemptContext, checkFinite, completeAttempt, putArtifact } from './context.ts';

/** Records data set and teacher; each cell gets its distil job. */
export async function completeTeacher(
  context: AttemptContext,
  { dataset, teacher: { bytes, ...teacher } }: TeacherResult,
): Promise<void> {
  checkFinite("the teacher's top-1", teacher.top1);
  await completeAttempt(context, 'teacher', async (transaction) => {
    const { tx, search } = transaction;
    await tx.dataset.create({ data: { ...dataset, searchId: search.id } });
    await putArtifact(tx, 'teacher', { sha256: teacher.sha256, bytes });
    await tx.teacher.create({
      data: {
        ...teacher,
        cuts: teacher.cuts.map(({ size, channels }) => ({ size, channels })),
        searchId: search.id,
      },
    });
    const cells = await tx.cell.findMany({
      where: { searchId: search.id },
      orderBy: [{ block: 'asc' }, { index: 'asc' }],
    });
    await createJobs(
      transaction,
      context.queue,
      cells.map((cell) => ({ kind: 'distil', cellId: cell.id })),
    );
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

/** Records the chosen networks; each gets its retrain job. */
export async function completeSolve(
  context: AttemptContext,
  { networks }: SolveResult,
): Promise<void> {
  if (networks.length === 0) {
    throw new Error('a search without a network is a failure (INFEASIBLE), not a result');
  }
  await completeAttempt(context, 'solve', async (transaction) => {
    const rows = await transaction.tx.network.createManyAndReturn({
      data: networks.map((network, i) => ({
        ...network,
        choices: network.choices.map(({ cell, path }) => ({ cell, path: [...path] })),
        rank: i + 1,
        searchId: transaction.search.id,
      })),
      select: { id: true },
    });
    transaction.emit({ kind: 'SEARCH_SOLVED', networks: rows.length });
    await createJobs(
      transaction,
      context.queue,
      rows.map(({ id }) => ({ kind: 'retrain', networkId: id })),
    );
  });
}

/** Records the tested network and its place on the leaderboard; the last one completes the search. */
export async function completeRetrain(
  context: AttemptContext,
  { sha256, bytes, top1 }: RetrainResult,
): Promise<void> {
  checkFinite("the network's top-1", top1);
  const networkId = requireId(context.networkId, 'network');
  await completeAttempt(context, 'retrain', async ({ tx, search, emit }) => {
    await putArtifact(tx, 'network', { sha256, bytes });
    const network = await tx.network.update({
      where: { id: networkId },
      data: { sha256, top1, testedAt: new Date() },
    });
    const teacher = await tx.teacher.findUniqueOrThrow({ where: { searchId: search.id } });
    const dataset = await tx.dataset.findUniqueOrThrow({ where: { searchId: search.id } });
    const { architecture, params, macs, flopsTool, loss, rank } = network;
    await tx.entry.create({
      data: {
        teamId: search.teamId,
        searchId: search.id,
        networkId,
        datasetHash: dataset.hash,
        architecture,
        params,
        macs,
        flopsTool,
        top1,
        teacherTop1: teacher.top1,
        predictedRank: rank,
        predictedLoss: loss,
        sha256,
      },
    });
    emit({ kind: 'NETWORK_TESTED', networkId, top1 });
  });
}

function requireId(id: string | null, what: string): string {
  if (id === null) {
    throw new Error(`the job has no ${what}`);
  }
  return id;
}
