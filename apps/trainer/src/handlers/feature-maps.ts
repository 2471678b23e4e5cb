import type { Handler } from './handler.ts';
import { cellPlaceRequest } from './inputs.ts';

/** Keeps what the teacher and a path make of some samples: the teacher's maps, then the student's. */
export const featureMaps: Handler = async (run) => {
  const { attempt, artifacts } = run;
  const { cell, search, featureMaps: order } = attempt;
  if (!cell?.sha256 || !order) throw new Error(`job ${attempt.job.id} has no maps to make`);
  const { teacher, student, loss, mse } = await run.compute('featureMaps', {
    ...(await cellPlaceRequest(run)),
    rating: search.spec.rating,
    weights: await artifacts.get(cell.sha256),
    candidateIndex: order.candidateIndex,
    samples: order.samples,
  });
  const both = new Float32Array(teacher.length + student.length);
  both.set(teacher);
  both.set(student, teacher.length);
  await attempt.completeMaps({
    ...(await artifacts.put(new Uint8Array(both.buffer))),
    loss,
    mse,
  });
};
