import { DomainError, type TeacherSpec } from '@blockwise/contracts';
import { datasetOf, teacherOf } from '@blockwise/db';
import { networkCost, networkCuts, parseNetwork } from '@blockwise/dna';
import type { JobRun } from '../job-run.ts';
import { checkpointEverySeconds } from './checkpoints.ts';
import type { Handler } from './handler.ts';
import { dataRequest } from './inputs.ts';

/** Trains the teacher, or takes an earlier search's, and records the images and the cut points. */
export const teacher: Handler = async (run) => {
  const { teacher: wanted } = run.attempt.search.spec;
  if (wanted.kind === 'train') await train(run, wanted);
  else await takeOver(run, wanted.searchId);
};

async function train(run: JobRun, wanted: TeacherSpec & { kind: 'train' }): Promise<void> {
  const { attempt, artifacts } = run;
  const { spec } = attempt.search;
  const { architecture, training } = wanted;
  const { dataset, top1, weights } = await run.compute('teacherTrain', {
    data: dataRequest(run),
    plan: spec,
    architecture,
    training,
    seed: spec.seed,
    checkpointEverySeconds,
    resume: await run.resumePoint(),
  });
  const stored = await artifacts.put(weights);
  const teacher = { ...describe(architecture, dataset), ...stored, top1 };
  await attempt.completeTeacher({ dataset, teacher });
}

async function takeOver(run: JobRun, searchId: string): Promise<void> {
  const { attempt, artifacts, db } = run;
  const [earlier, itsData] = await Promise.all([teacherOf(db, searchId), datasetOf(db, searchId)]);
  if (!earlier || !itsData) {
    throw new DomainError('SPEC_INVALID', `The search ${searchId} has no teacher.`, {
      path: ['teacher', 'searchId'],
    });
  }
  const { architecture, sha256 } = earlier;
  const weights = await artifacts.get(sha256);
  const { classes, size: imageSize } = itsData;
  const { dataset, top1 } = await run.compute('teacherTest', {
    data: dataRequest(run),
    plan: attempt.search.spec,
    teacher: { architecture, classes: classes.length, imageSize, sha256, weights },
    classes,
  });
  const stored = { sha256, bytes: weights.byteLength };
  const teacher = { ...describe(architecture, dataset), ...stored, top1 };
  await attempt.completeTeacher({ dataset, teacher });
}

function describe(architecture: string, { size, classes }: { size: number; classes: string[] }) {
  const network = parseNetwork(architecture);
  const { params, macs } = networkCost(network, { inputSize: size, classes: classes.length });
  const cuts = networkCuts(network, size).map((cut) => ({ ...cut }));
  return { architecture, params, macs, cuts };
}
