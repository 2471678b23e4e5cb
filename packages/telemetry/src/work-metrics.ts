import { Counter, Histogram, type Registry } from 'prom-client';
import { type Happening, onHappening } from './happenings.ts';

/** From a second to a day: jobs are as short as a search of seconds and as long as an attempt may be. */
const attemptSeconds = [1, 5, 15, 60, 300, 900, 3600, 4 * 3600, 12 * 3600, 24 * 3600];

/**
 * Counts what this process writes of jobs: a trainer with the database its own, the API that of
 * trainers by token, both what they find lost. Summed over all processes each is counted once.
 *
 * @returns ends the counting
 */
export function countWork(registry: Registry): () => void {
  const registers = [registry];
  const jobs = new Counter({
    name: 'blockwise_jobs_ended_total',
    help: 'Jobs that have ended for good, by what they do and how they ended.',
    labelNames: ['kind', 'state'],
    registers,
  });
  const lost = new Counter({
    name: 'blockwise_jobs_lost_total',
    help: 'Jobs that were taken from a trainer that fell silent, or from a queue that gave them up.',
    labelNames: ['kind'],
    registers,
  });
  const attempts = new Histogram({
    name: 'blockwise_attempt_seconds',
    help: 'How long attempts at jobs lasted, by what they do and how they ended.',
    labelNames: ['kind', 'state'],
    buckets: attemptSeconds,
    registers,
  });
  const failures = new Counter({
    name: 'blockwise_attempt_failures_total',
    help: 'Attempts at jobs that failed, by the code of the failure.',
    labelNames: ['kind', 'code'],
    registers,
  });
  const checkpoints = new Counter({
    name: 'blockwise_checkpoints_total',
    help: 'Checkpoints that were saved.',
    labelNames: ['kind'],
    registers,
  });
  const checkpointBytes = new Counter({
    name: 'blockwise_checkpoint_bytes_total',
    help: 'Bytes of checkpoints that were saved.',
    labelNames: ['kind'],
    registers,
  });
  const points = new Counter({
    name: 'blockwise_curve_points_total',
    help: 'Points of curves that were taken in, with those that were sent a second time.',
    registers,
  });
  return onHappening((happening: Happening) => {
    switch (happening.what) {
      case 'attemptEnded': {
        const { kind, state, code, seconds } = happening;
        attempts.observe({ kind, state }, seconds);
        if (code !== null) failures.inc({ kind, code });
        break;
      }
      case 'jobEnded':
        jobs.inc({ kind: happening.kind, state: happening.state });
        break;
      case 'jobLost':
        lost.inc({ kind: happening.kind });
        break;
      case 'checkpointSaved':
        checkpoints.inc({ kind: happening.kind });
        checkpointBytes.inc({ kind: happening.kind }, happening.bytes);
        break;
      case 'pointsTaken':
        points.inc(happening.points);
        break;
      default:
        unknown(happening);
    }
  });
}

function unknown(happening: never): never {
  throw new Error(`nobody counts ${JSON.stringify(happening)}`);
}
