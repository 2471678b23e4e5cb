import { rm, truncate } from 'node:fs/promises';
import path from 'node:path';
import { openArtifactStore } from '@blockwise/artifacts';
import {
  type Checkpoint,
  type JobRow,
  jobsOf,
  pauseSearch,
  ratingsOf,
  readCurves,
  readEvents,
  readJob,
  resumeSearch,
  runsOf,
} from '@blockwise/db';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openLog } from './log.ts';
import {
  finished,
  openPlatform,
  stepsOf,
  submit,
  type TestPlatform,
  until,
} from './testing/platform.ts';
import { tinyDataset, tinyDistil, tinySpec } from './testing/tiny-search.ts';
import { startProcess, type TrainerProcess } from './testing/trainer-process.ts';
import { startTrainer } from './trainer.ts';

const checkpointEverySteps = 100;

/** Two cells whose distillation takes some seconds each, with checkpoints that lie more than a second apart. */
const spec = tinySpec({
  dataset: { ...tinyDataset, size: 32, trainPerClass: 60 },
  space: [
    'stem cn_k3_s2_c8',
    'ops ir_k3_e3_se0.25 ir_k5_e3_se0.25',
    'block n2_c8_s2',
    'block n1_c12_s2',
    'head hd_c16',
  ].join('\n'),
  distil: { ...tinyDistil, epochs: 60, batch: 32, checkpointEverySteps },
});
/** Epochs of 5 whole batches: 3 classes × (60 − 4) images. */
const steps = 60 * 5;
const everyStep = Array.from({ length: steps }, (_, i) => i + 1);

let undisturbed: Promise<Float64Array[]>;

/** Ratings of the same specification from a trainer that nothing happens to. */
async function ratingsInPeace(): Promise<Float64Array[]> {
  const platform = await openPlatform();
  const trainer = await startTrainer(platform.env, openLog('silent'));
  const id = await submit(platform, spec);
  expect(await finished(platform, id)).toMatchObject({ state: 'COMPLETE' });
  const ratings = await ratingsOf(platform.db, id);
  await trainer.stop();
  await platform.close();
  return ratings.map(({ losses }) => losses);
}

let platform: TestPlatform;
const processes: TrainerProcess[] = [];

async function start(): Promise<TrainerProcess> {
  const started = await startProcess(platform);
  processes.push(started);
  return started;
}

/** The last step whose loss is stored. */
async function lastStepOf(jobId: string): Promise<number> {
  const [loss] = await readCurves(platform.db, { jobIds: [jobId], keys: ['loss'] });
  return loss?.steps.at(-1) ?? 0;
}

/**
 * The running distillation when points behind a checkpoint are stored, which a machine that takes
 * less than a second from checkpoint to checkpoint never has: then from its second checkpoint on.
 */
function underWay(searchId: string) {
  return until(async () => {
    const job = (await jobsOf(platform.db, searchId)).find(
      ({ kind, state }) => kind === 'distil' && state === 'RUNNING',
    );
    if (!job?.checkpoint) return null;
    const { step } = job.checkpoint;
    const isUnderWay = (await lastStepOf(job.id)) > step || step >= 2 * checkpointEverySteps;
    return isUnderWay && { jobId: job.id, checkpointStep: step };
  });
}

/** Runs of one job, by attempt. */
async function runsOfJob(searchId: string, jobId: string) {
  return (await runsOf(platform.db, searchId)).filter((run) => run.jobId === jobId);
}

/** The job's second run, when there is one. */
function takeover(searchId: string, jobId: string) {
  return until(async () => (await runsOfJob(searchId, jobId))[1]);
}

/** A waiting job with two checkpoints, which its trainer handed back as it was stopped. */
async function leftBehind(searchId: string): Promise<JobRow> {
  const leaving = await start();
  const jobId = await until(async () => {
    const jobs = await jobsOf(platform.db, searchId);
    return jobs.find(({ state, earlierCheckpoint }) => state === 'RUNNING' && earlierCheckpoint)
      ?.id;
  });
  leaving.kill('SIGTERM');
  await leaving.ended;
  const job = await readJob(platform.db, jobId);
  if (job?.state !== 'QUEUED') throw new Error('the job was done before its trainer was stopped');
  return job;
}

/** Where a checkpoint's file lies. */
function fileOf(checkpoint: Checkpoint | null): string {
  const { sha256 } = checkpoint ?? { sha256: '' };
  return path.join(platform.stateFolder, 'artifacts', sha256.slice(0, 2), sha256);
}

async function expectSameAsInPeace(searchId: string): Promise<void> {
  expect(await finished(platform, searchId)).toMatchObject({ state: 'COMPLETE' });
  const curves = await stepsOf(platform, searchId, 'distil', 'loss');
  expect(curves).toEqual([everyStep, everyStep]);
  const ratings = await ratingsOf(platform.db, searchId);
  expect(ratings.map(({ losses }) => losses)).toEqual(await undisturbed);
}

describe('a trainer that', { timeout: 180_000 }, () => {
  beforeAll(() => {
    undisturbed = ratingsInPeace();
    // Whoever waits for it hears of its failure.
    undisturbed.catch(() => undefined);
  });
  beforeEach(async () => {
    platform = await openPlatform();
  });
  afterEach(async () => {
    for (const { kill, ended } of processes.splice(0)) {
      kill('SIGKILL');
      await ended;
    }
    await platform.close();
  });

  test('is killed loses at most one checkpoint interval', async () => {
    const doomed = await start();
    const id = await submit(platform, spec);
    const { jobId, checkpointStep } = await underWay(id);
    doomed.kill('SIGKILL');
    const killedAt = Date.now();
    expect(await doomed.ended).toBe('SIGKILL');
    const lastStep = await lastStepOf(jobId);
    await start();
    const { startedAt } = await takeover(id, jobId);
    await expectSameAsInPeace(id);
    const [first, second] = await runsOfJob(id, jobId);
    expect(first).toMatchObject({ attempt: 1, state: 'FAILED' });
    expect(second).toMatchObject({ attempt: 2, state: 'COMPLETE' });
    // It may have saved another checkpoint between the look and the kill.
    const resumedFromStep = second?.resumedFromStep ?? 0;
    expect(resumedFromStep).toBeGreaterThanOrEqual(checkpointStep);
    // A whole interval when the kill came between a checkpoint's last point and the checkpoint.
    const repeated = lastStep - resumedFromStep;
    expect(repeated).toBeGreaterThanOrEqual(0);
    expect(repeated).toBeLessThanOrEqual(checkpointEverySteps);
    const seconds = ((startedAt.getTime() - killedAt) / 1000).toFixed(1);
    console.info(
      `a kill at step ${lastStep} of ${steps} cost ${repeated} repeated steps ` +
        `and ${seconds} s until another trainer took over`,
    );
  });

  test('wakes up after its job was given away writes nothing more', async () => {
    const sleeper = await start();
    const id = await submit(platform, spec);
    const { jobId } = await underWay(id);
    sleeper.kill('SIGSTOP');
    await start();
    await takeover(id, jobId);
    sleeper.kill('SIGCONT');
    await until(async () => sleeper.messages.some((line) => /^attempt (ended|stopped)/.test(line)));
    await expectSameAsInPeace(id);
  });

  test('is asked to stop loses nothing and keeps nobody waiting', async () => {
    const leaving = await start();
    const id = await submit(platform, spec);
    const { jobId } = await underWay(id);
    leaving.kill('SIGTERM');
    expect(await leaving.ended).toBe(0);
    const job = await readJob(platform.db, jobId);
    expect(job).toMatchObject({ state: 'QUEUED', retries: 0 });
    expect(job?.checkpoint?.step).toBe(await lastStepOf(jobId));
    await start();
    await expectSameAsInPeace(id);
    expect(await runsOfJob(id, jobId)).toMatchObject([
      { attempt: 1, state: 'CANCELLED' },
      { attempt: 2, state: 'COMPLETE', resumedFromStep: job?.checkpoint?.step },
    ]);
  });

  test('works for a search that is paused hands the job back and goes on from there when it is resumed', async () => {
    const { db, queue } = platform;
    const { messages } = await start();
    const id = await submit(platform, spec);
    const jobId = await until(async () => {
      const jobs = await jobsOf(db, id);
      return jobs.find(({ kind, progress }) => kind === 'distil' && progress.unit === 'steps')?.id;
    });
    await pauseSearch(db, queue, id);
    await until(async () => messages.includes('attempt handed back'));
    const job = await readJob(db, jobId);
    expect(job).toMatchObject({ state: 'QUEUED', retries: 0 });
    expect(job?.checkpoint?.step).toBeGreaterThan(0);
    expect(job?.checkpoint?.step).toBe(await lastStepOf(jobId));
    // The same trainer is free and asks for more, in vain.
    expect((await jobsOf(db, id)).filter(({ state }) => state === 'RUNNING')).toEqual([]);
    await resumeSearch(db, queue, id);
    await expectSameAsInPeace(id);
    expect(await runsOfJob(id, jobId)).toMatchObject([
      { attempt: 1, state: 'CANCELLED' },
      { attempt: 2, state: 'COMPLETE', resumedFromStep: job?.checkpoint?.step },
    ]);
  });

  test('left damaged checkpoints behind costs an interval, or the job begins again', async () => {
    const { db, env } = platform;
    const id = await submit(platform, spec);
    const cut = await leftBehind(id);
    await truncate(fileOf(cut.checkpoint), 1000);
    const noneWhole = await leftBehind(id);
    expect(noneWhole.id).not.toBe(cut.id);
    // The newest is what it was stored as, but no state of this training; the one before is gone.
    const store = await openArtifactStore(env.artifactPlace);
    const { sha256, bytes } = await store.put(new TextEncoder().encode('of next year'));
    await db.prisma.artifact.create({ data: { sha256, bytes, kind: 'checkpoint' } });
    await db.prisma.job.update({ where: { id: noneWhole.id }, data: { checkpointSha256: sha256 } });
    await rm(fileOf(noneWhole.earlierCheckpoint));
    await start();
    await expectSameAsInPeace(id);
    const resumed = async ({ id: jobId }: JobRow) =>
      (await runsOfJob(id, jobId)).map(({ resumedFromStep }) => resumedFromStep);
    expect(await resumed(cut)).toEqual([null, cut.earlierCheckpoint?.step]);
    expect(await resumed(noneWhole)).toEqual([null, 0]);
    const said = (await readEvents(db, id, 0, 10_000)).flatMap(({ event }) =>
      event.kind === 'MESSAGE' && event.level === 'WARNING' ? [event.text] : [],
    );
    const of = ({ checkpoint, earlierCheckpoint }: JobRow) =>
      [checkpoint, earlierCheckpoint].map((stored) => `The checkpoint of step ${stored?.step}`);
    const goesOn = (job: JobRow) =>
      `the job goes on from that of step ${job.earlierCheckpoint?.step}.`;
    expect(said).toEqual([
      `${of(cut)[0]} is lost; ${goesOn(cut)}`,
      expect.stringContaining(`${of(noneWhole)[0]} cannot be read (`),
      `${of(noneWhole)[1]} is lost; the job begins again.`,
    ]);
    expect(said[1]).toContain(goesOn(noneWhole));
  });
});
