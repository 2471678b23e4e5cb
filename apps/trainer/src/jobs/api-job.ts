import {
  AppendCurvesDocument,
  CompleteJobDocument,
  FailJobDocument,
  type JobResultInput,
  KeepJobDocument,
  ReleaseJobDocument,
  ReportFeatureUseDocument,
  ReportMessageDocument,
  ReportProgressDocument,
  ResumeJobDocument,
  SaveCheckpointDocument,
} from '@blockwise/client';
import {
  type Confusion,
  datasetInfo,
  enumName,
  type JobKind,
  jobKinds,
  type LatencySpec,
  searchSpec,
} from '@blockwise/contracts';
import type { RetrainingRow } from '@blockwise/db';
import { parseEncoding, printEncoding, spaceOf } from '@blockwise/dna';
import type { ApiConnection } from './api-connection.ts';
import { apiInputs } from './api-inputs.ts';
import type { Taken } from './api-source.ts';
import type { HeldJob, JobFiles } from './job-source.ts';
import { teacherKindOf } from './teacher-kind.ts';
import { toldPathIndex } from './told-path.ts';

/** How often the API is asked whether the job was cancelled or paused, at least. */
const keepSeconds = 5;

/** A job that was taken through the API. */
export function takenJob(taken: Taken, connection: ApiConnection, files: JobFiles): HeldJob {
  const own = { job: taken.job, attempt: taken.attempt };
  const complete = async (result: JobResultInput): Promise<void> => {
    await connection.request(CompleteJobDocument, { input: { ...own, result } });
  };
  return {
    ...toldOf(taken),
    inputs: apiInputs(taken),
    watches: [
      {
        what: 'heartbeat',
        everyMilliseconds: Math.min(taken.heartbeatSeconds / 3, keepSeconds) * 1000,
        async ask() {
          // Once: the next beat says the same.
          const { keepJob } = await connection.once(KeepJobDocument, { input: own });
          if (keepJob.isCancelled) return 'stop';
          return keepJob.isPaused ? 'suspend' : null;
        },
      },
    ],
    async progress(progress) {
      await connection.request(ReportProgressDocument, { input: { ...own, ...progress } });
    },
    async appendCurves(points) {
      const curves = points.map(({ key, steps, values, wallTimes }) => ({
        ...{ key, steps: [...steps], values: [...values], wallTimes: [...wallTimes] },
      }));
      await connection.request(AppendCurvesDocument, { input: { ...own, curves } });
    },
    async saveCheckpoint({ step, sha256 }) {
      await connection.request(SaveCheckpointDocument, { input: { ...own, step, sha256 } });
    },
    async resumeFrom(step) {
      await connection.request(ResumeJobDocument, { input: { ...own, step } });
    },
    async message(level, text) {
      await connection.request(ReportMessageDocument, { input: { ...own, level, text } });
    },
    async recordFeatures(use) {
      await connection.request(ReportFeatureUseDocument, { input: { ...own, ...use } });
    },
    completeTeacher: ({ dataset, samples, teacher }) => {
      const { bytes: _, kind, confusion, cuts, ...made } = teacher;
      return complete({
        teacher: {
          ...made,
          dataset,
          kind: enumName(kind) as 'TRAIN',
          confusion: triplesOf(confusion),
          cuts: cuts.map(({ channels, size }) => ({ channels, size })),
          samples: samples && {
            sha256: samples.sha256,
            columns: samples.columns,
            labels: [...samples.labels],
          },
        },
      });
    },
    completeLatency: ({ engine, device, batch, milliseconds }) =>
      complete({ latency: { engine, device, batch, milliseconds } }),
    completeDistil: ({ finalLoss, steps, sha256 }) =>
      complete({ distil: { finalLoss, steps, sha256 } }),
    async completeRate({ losses, errors, kl, top1 }) {
      const list = (column: ArrayLike<number> | null) => column && Array.from(column);
      const columns = {
        losses: list(losses),
        errors: list(errors),
        kl: list(kl),
        top1: list(top1),
      };
      const { sha256 } = await files.put(new TextEncoder().encode(JSON.stringify(columns)));
      await complete({ rate: { columns: sha256 } });
    },
    completeSolve: ({ networks }) =>
      complete({
        solve: {
          networks: networks.map(({ choices, seeds }) => ({
            encoding: printEncoding(choices),
            seeds: [...seeds],
          })),
        },
      }),
    completeRetrain: ({ architecture, top1, confusion, sha256 }) =>
      complete({ retrain: { architecture, top1, sha256, confusion: triplesOf(confusion) } }),
    completeCut: ({ architecture, top1, sha256 }) =>
      complete({ cut: { architecture, top1, sha256 } }),
    completeExport: (result) =>
      complete({
        export: {
          files: result.files.map(({ format, sha256 }) => ({
            format: enumName(format) as 'SAFETENSORS',
            sha256,
          })),
        },
      }),
    completeVerify: ({ datasetHash, top1s }) =>
      complete({ verify: { datasetHash, top1s: [...top1s] } }),
    completeMaps: ({ loss, mse, sha256 }) => complete({ maps: { loss, mse, sha256 } }),
    async fail({ code, message }, { retry }) {
      await connection.request(FailJobDocument, { input: { ...own, code, message, retry } });
    },
    async abandon() {
      await connection.request(ReleaseJobDocument, { input: own });
    },
  };
}

function triplesOf(confusion: Confusion | null): number[] | null {
  if (confusion === null) return null;
  return confusion.flatMap(({ trueClass, guessedClass, images }) => [
    ...[trueClass, guessedClass, images],
  ]);
}

/** Of the images, as the API tells them. */
const toldData = datasetInfo
  .pick({ hash: true, classes: true, size: true, mean: true, std: true })
  .strip();

/** What the API told of a job, in the words of its rows. */
function toldOf(taken: Taken) {
  const { search, dataset, teacher, cell, network, retraining, featureMaps } = taken;
  const spec = searchSpec.parse(search.spec);
  const kind = kindOf(taken.kind);
  return {
    attempt: taken.attempt,
    checkpoint: taken.checkpoint,
    earlierCheckpoint: taken.earlierCheckpoint,
    job: { id: taken.job, kind, requestId: null, traceparent: null },
    search: { id: search.id, spec },
    dataset: dataset && toldData.parse(dataset),
    teacher: teacher && { ...teacher, kind: teacherKindOf(teacher.kind) },
    cell: cell && { block: cell.block, index: cell.cell, sha256: cell.sha256 },
    network: network && {
      architecture: network.architecture,
      choices: parseEncoding(spaceOf(spec.space), network.encoding),
    },
    retraining: retraining && {
      seed: retraining.seed,
      training: retraining.training as RetrainingRow['training'],
    },
    latencyTable: kind === 'latency' ? { spec: taken.latency as LatencySpec } : null,
    export: taken.export && {
      architecture: taken.export.architecture,
      weightsSha256: taken.export.sha256,
    },
    entry:
      taken.entryDatasetHash === null
        ? null
        : { datasetHash: taken.entryDatasetHash, trainings: taken.trainings },
    featureMaps:
      featureMaps && cell
        ? {
            candidateIndex: toldPathIndex(spaceOf(spec.space), cell, featureMaps.path),
            samples: featureMaps.samples,
          }
        : null,
  };
}

function kindOf(phase: Taken['kind']): JobKind {
  const kind = jobKinds.find((name) => enumName(name) === phase);
  if (kind === undefined) throw new Error(`there is no kind of job ${phase}`);
  return kind;
}
