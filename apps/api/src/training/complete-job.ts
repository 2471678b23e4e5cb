import {
  type DatasetInfo,
  datasetInfo,
  type ExportFormat,
  type JobKind,
  type SampleSheet,
  sampleSheet,
} from '@blockwise/contracts';
import {
  type Database,
  datasetOf,
  type HeldAttempt,
  readFeatureMaps,
  type StoredArtifact,
  type TeacherKind,
  uploadOf,
} from '@blockwise/db';
import { networkCost, networkOf, parseEncoding } from '@blockwise/dna';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { shapeOfMaps } from '../feature-maps/shape-of-maps.ts';
import { planNetwork } from '../follow-up/plan-network.ts';
import { InputIssuesError, under } from '../input-issues.ts';
import { refuse } from '../refuse.ts';
import { searchingOf } from '../searching.ts';
import { inputIssues } from '../zod-issues.ts';
import { givenConfusion } from './given-confusion.ts';
import { rateResultOf } from './rate-result.ts';

type Given<Value> = Value | null | undefined;

/** What a trainer says of its work; what the server can calculate itself it does not take from it. */
export interface JobResult {
  readonly teacher?: Given<TeacherGiven>;
  readonly latency?: Given<{
    readonly engine: string;
    readonly device: string;
    readonly batch: number;
    readonly milliseconds?: unknown;
  }>;
  readonly distil?: Given<{
    readonly sha256: string;
    readonly finalLoss: number;
    readonly steps: number;
  }>;
  readonly rate?: Given<{ readonly columns: string }>;
  readonly solve?: Given<{
    readonly networks: readonly { readonly encoding: string; readonly seeds: readonly number[] }[];
  }>;
  readonly retrain?: Given<{
    readonly sha256: string;
    readonly architecture: string;
    readonly top1: number;
    readonly confusion?: Given<readonly number[]>;
  }>;
  readonly cut?: Given<{
    readonly sha256: string;
    readonly architecture: string;
    readonly top1?: Given<number>;
  }>;
  readonly export?: Given<{
    readonly files: readonly { readonly format: ExportFormat; readonly sha256: string }[];
  }>;
  readonly maps?: Given<{
    readonly sha256: string;
    readonly loss: number;
    readonly mse: number;
  }>;
  readonly verify?: Given<{ readonly datasetHash: string; readonly top1s: readonly number[] }>;
}

interface TeacherGiven {
  readonly dataset?: unknown;
  readonly samples?: Given<Pick<SampleSheet, 'columns' | 'labels'> & { readonly sha256: string }>;
  readonly kind: TeacherKind;
  readonly architecture: string;
  readonly params: bigint;
  readonly macs?: Given<bigint>;
  readonly top1?: Given<number>;
  readonly testCount: number;
  readonly confusion?: Given<readonly number[]>;
  readonly cuts: readonly { readonly size: number; readonly channels: number }[];
  readonly sha256: string;
}

type Tools = Pick<Context, 'database' | 'ratings' | 'artifacts'>;

/** Completes a job with the result of its kind. */
export async function completeJob(
  attempt: HeldAttempt,
  result: JobResult,
  tokenId: string,
  tools: Tools,
): Promise<void> {
  const [given] = Object.keys(result).filter((kind) => result[kind as keyof JobResult] != null);
  const { kind } = attempt.job;
  if (given !== kind) {
    refuse('BAD_INPUT', `The result of a ${kind} job is expected, not of a ${given} job.`, [
      'result',
    ]);
  }
  await completions[kind]({ attempt, result, tools, tokenId });
}

interface Completion {
  readonly attempt: HeldAttempt;
  readonly result: JobResult;
  readonly tools: Tools;
  readonly tokenId: string;
}

const completions: Record<JobKind, (completion: Completion) => Promise<void>> = {
  async teacher(completion) {
    const { dataset, samples, kind, sha256, confusion, ...given } = own(completion, 'teacher');
    const found = checkedDataset(dataset);
    const top1 = given.top1 ?? null;
    const tested = { classes: found.classes.length, testCount: given.testCount, top1 };
    await completion.attempt.completeTeacher({
      dataset: found,
      samples: samples == null ? null : await checkedSamples(completion, samples, found),
      teacher: {
        ...given,
        ...(await stored(completion, sha256)),
        kind,
        params: Number(given.params),
        macs: given.macs == null ? null : Number(given.macs),
        top1,
        confusion: givenConfusion(confusion, tested, ['result', 'teacher', 'confusion']),
        cuts: given.cuts.map(({ size, channels }) => ({ size, channels })),
      },
    });
  },
  async latency(completion) {
    const { milliseconds, ...given } = own(completion, 'latency');
    const parsed = z.record(z.string(), z.number().nonnegative()).safeParse(milliseconds);
    if (!parsed.success) throw faults(parsed.error, ['result', 'latency', 'milliseconds']);
    await completion.attempt.completeLatency({ ...given, milliseconds: parsed.data });
  },
  async distil(completion) {
    const { sha256, finalLoss, steps } = own(completion, 'distil');
    await completion.attempt.completeDistil({
      ...(await stored(completion, sha256)),
      finalLoss,
      steps,
    });
  },
  async rate(completion) {
    const { columns } = own(completion, 'rate');
    const { sha256 } = await stored(completion, columns);
    await completion.attempt.completeRate(
      await rateResultOf(completion.attempt.job, sha256, completion.tools),
    );
  },
  async solve(completion) {
    const { attempt, tools } = completion;
    const { networks } = own(completion, 'solve');
    if (networks.length === 0) {
      refuse('BAD_INPUT', 'A search without a network has failed: INFEASIBLE.', [
        ...['result', 'solve', 'networks'],
      ]);
    }
    const searching = await searchingOf(attempt.job.searchId, undefined, tools);
    const planned = networks.map(({ encoding, seeds }, i) => {
      const path = ['result', 'solve', 'networks', i, 'encoding'];
      const choices = under(path, () => parseEncoding(searching.space, encoding));
      return planNetwork(searching, choices, seeds);
    });
    await attempt.completeSolve({ networks: planned });
  },
  async retrain(completion) {
    const { sha256, architecture, top1, confusion: triples } = own(completion, 'retrain');
    const { attempt, tools } = completion;
    const { size, classes, testCount } = await knownDataset(tools.database, attempt.job.searchId);
    const task = { inputSize: size, classes: classes.length };
    const costs = under(['result', 'retrain', 'architecture'], () => costsOf(architecture, task));
    const tested = { classes: classes.length, testCount, top1 };
    const confusion = givenConfusion(triples, tested, ['result', 'retrain', 'confusion']);
    const artifact = await stored(completion, sha256);
    await attempt.completeRetrain({ ...costs, ...artifact, architecture, top1, confusion });
  },
  async cut(completion) {
    const { sha256, architecture, top1 } = own(completion, 'cut');
    under(['result', 'cut', 'architecture'], () => networkOf(architecture));
    const artifact = await stored(completion, sha256);
    await completion.attempt.completeCut({ ...artifact, architecture, top1: top1 ?? null });
  },
  async export(completion) {
    const { files } = own(completion, 'export');
    const archives = [];
    for (const { format, sha256 } of files) {
      archives.push({ format, ...(await stored(completion, sha256)) });
    }
    await completion.attempt.completeExport({ files: archives });
  },
  async verify(completion) {
    const { datasetHash, top1s } = own(completion, 'verify');
    await completion.attempt.completeVerify({ datasetHash, top1s });
  },
  async maps(completion) {
    const { sha256, loss, mse } = own(completion, 'maps');
    const artifact = await stored(completion, sha256);
    const expected = await bytesOfMaps(completion);
    if (artifact.bytes !== expected) {
      refuse('BAD_INPUT', `Such maps are ${expected} bytes, not ${artifact.bytes}.`, [
        ...['result', 'maps', 'sha256'],
      ]);
    }
    await completion.attempt.completeMaps({ ...artifact, loss, mse });
  },
};

function own<Kind extends keyof JobResult>(
  { result }: Completion,
  kind: Kind,
): NonNullable<JobResult[Kind]> {
  const given = result[kind];
  if (given == null) throw new Error(`the result of the ${kind} job is gone`);
  return given as NonNullable<JobResult[Kind]>;
}

function stored({ tools, tokenId }: Completion, sha256: string): Promise<StoredArtifact> {
  return uploadOf(tools.database, tokenId, sha256, ['result']);
}

function checkedDataset(given: unknown): DatasetInfo {
  const parsed = datasetInfo.safeParse(given);
  if (parsed.success) return parsed.data;
  throw faults(parsed.error, ['result', 'teacher', 'dataset']);
}

/** Of the teacher's and the student's maps together, 32-bit floats. */
async function bytesOfMaps({ attempt, tools: { database } }: Completion): Promise<number> {
  const [order] = await readFeatureMaps(database, [attempt.job.featureMapsId ?? '']);
  if (order === undefined) throw new Error('a maps job without its order');
  const values = (await shapeOfMaps(database, order)).reduce((product, extent) => product * extent);
  return 2 * values * Float32Array.BYTES_PER_ELEMENT;
}

async function checkedSamples(
  completion: Completion,
  { sha256, ...sheet }: NonNullable<TeacherGiven['samples']>,
  { classes }: DatasetInfo,
) {
  const path = ['result', 'teacher', 'samples'];
  const parsed = sampleSheet.safeParse(sheet);
  if (!parsed.success) throw faults(parsed.error, path);
  if (parsed.data.labels.some((label) => label >= classes.length)) {
    refuse('BAD_INPUT', `There are ${classes.length} classes.`, [...path, 'labels']);
  }
  return { ...parsed.data, ...(await stored(completion, sha256)) };
}

function faults(error: z.ZodError, path: readonly string[]): InputIssuesError {
  return new InputIssuesError(
    'BAD_INPUT',
    inputIssues(error, (inner) => [...path, ...inner]),
  );
}

function costsOf(architecture: string, task: { inputSize: number; classes: number }) {
  const { params, macs, flopsTool, activationBytes } = networkCost(networkOf(architecture), task);
  return { params, macs, flopsTool, activationBytes };
}

async function knownDataset(database: Database, searchId: string): Promise<DatasetInfo> {
  const dataset = await datasetOf(database, searchId);
  if (dataset === null) throw new Error(`the search ${searchId} has no data set yet`);
  return dataset;
}
