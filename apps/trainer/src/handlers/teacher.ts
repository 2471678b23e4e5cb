import { DomainError, type TeacherSpec } from '@blockwise/contracts';
import type { TeacherKind } from '@blockwise/db';
import type { TeacherOrigin } from '../compute/tasks/teacher.ts';
import type { JobRun } from '../job-run.ts';
import { checkpointEverySeconds } from './checkpoints.ts';
import type { Handler } from './handler.ts';
import { dataRequest, modelOf } from './inputs.ts';
import { networkOrigin } from './network-origin.ts';

/** Makes the teacher, and records it with the images and the cut points. */
export const teacher: Handler = async (run) => {
  const { attempt, artifacts } = run;
  const { spec } = attempt.search;
  const { origin, kind } = await originOf(run, spec.teacher);
  const {
    dataset,
    samples,
    teacher: made,
  } = await run.train('teacher', {
    data: await dataRequest(run),
    plan: spec,
    origin,
    seed: spec.seed,
    onOutOfMemory: attempt.search.spec.onOutOfMemory,
    checkpointEverySeconds,
  });
  const { weights, ...described } = made;
  const stored = await artifacts.put(weights);
  const { png, ...sheet } = samples;
  await attempt.completeTeacher({
    dataset,
    samples: { ...sheet, ...(await artifacts.put(png)) },
    teacher: { kind, ...described, ...stored },
  });
};

/** Where the teacher comes from, with what the platform has stored of it. */
async function originOf(
  run: JobRun,
  wanted: TeacherSpec,
): Promise<{ origin: TeacherOrigin; kind: TeacherKind }> {
  switch (wanted.kind) {
    case 'train':
    case 'timm':
    case 'layersModel':
      return { origin: wanted, kind: wanted.kind };
    case 'network':
      return { origin: await networkOrigin(run, wanted), kind: 'network' };
    case 'search':
      return await earlierTeacher(run, wanted.searchId);
    default:
      return unknownTeacher(wanted);
  }
}

async function earlierTeacher(
  { attempt, artifacts }: JobRun,
  searchId: string,
): Promise<{ origin: TeacherOrigin; kind: TeacherKind }> {
  const earlier = await attempt.inputs.origin();
  if (earlier?.from !== 'search') {
    throw new DomainError('SPEC_INVALID', `The search ${searchId} has no teacher.`, {
      path: ['teacher', 'searchId'],
    });
  }
  const { kind, params, macs, cuts } = earlier;
  const { architecture, sha256, ...known } = earlier.weights;
  const weights = await artifacts.get(sha256);
  const counts = { classes: known.classes.length, imageSize: known.imageSize };
  const model = modelOf({ kind, architecture, cuts, sha256 });
  return {
    kind,
    origin: { kind: 'search', teacher: { ...model, ...counts, params, macs, weights }, known },
  };
}

function unknownTeacher(wanted: never): never {
  throw new Error(`there is no teacher ${JSON.stringify(wanted)}`);
}
