import { z } from 'zod';
import { DomainError } from './errors.ts';
import { type Phase, phases, type SearchPriority } from './states.ts';

/** A queue delivers ids only; the job's row holds its input. */
const jobPayload = z.strictObject({ jobId: z.uuid() });
export type JobPayload = z.infer<typeof jobPayload>;

interface JobDefinition {
  readonly payload: typeof jobPayload;
  /** Larger goes first, so that started cells finish before new ones begin. */
  readonly priority: number;
  /** Attempts after the first one, for lost trainers and passing faults. */
  readonly retryLimit: number;
}

/** Every kind of job, by the phase it belongs to. */
export const jobCatalogue = {
  teacher: { payload: jobPayload, priority: 1, retryLimit: 3 },
  latency: { payload: jobPayload, priority: 5, retryLimit: 3 },
  distil: { payload: jobPayload, priority: 1, retryLimit: 3 },
  rate: { payload: jobPayload, priority: 2, retryLimit: 3 },
  solve: { payload: jobPayload, priority: 4, retryLimit: 3 },
  retrain: { payload: jobPayload, priority: 3, retryLimit: 3 },
  /** Weights of a found network, cut out of the supernets. */
  cut: { payload: jobPayload, priority: 4, retryLimit: 3 },
  /** Weights as files of every format. */
  export: { payload: jobPayload, priority: 5, retryLimit: 3 },
  /** The weights of a leaderboard's entry, evaluated again. */
  verify: { payload: jobPayload, priority: 4, retryLimit: 3 },
  /** Feature maps of a path beside the teacher's. */
  maps: { payload: jobPayload, priority: 5, retryLimit: 3 },
} as const satisfies Record<Phase, JobDefinition>;

export type JobKind = keyof typeof jobCatalogue;
export const jobKinds = Object.keys(jobCatalogue) as JobKind[];

/** Kinds of searches of equal priority in the order in which they are asked for: by their own, then what ends a search sooner. */
export const kindsByUrgency: readonly JobKind[] = [...jobKinds].sort(
  (a, b) =>
    jobCatalogue[b].priority - jobCatalogue[a].priority || phases.indexOf(b) - phases.indexOf(a),
);

/** More than the kinds' own priorities lie apart. */
const prioritySpan = 10;

/** A job's place in the queue, larger first: by the search's priority, then by its kind. */
export function jobPriority(kind: JobKind, priority: SearchPriority): number {
  const rank = { LOW: -1, NORMAL: 0, HIGH: 1 } satisfies Record<SearchPriority, number>;
  return rank[priority] * prioritySpan + jobCatalogue[kind].priority;
}

/** Name of a kind's queue. */
export function queueName(kind: JobKind): string {
  return `search.${kind}`;
}

/** Parses a payload on send and on receive. */
export function parsePayload(kind: JobKind, data: unknown): JobPayload {
  const parsed = jobCatalogue[kind].payload.safeParse(data);
  if (!parsed.success) {
    throw new DomainError('BAD_INPUT', `The payload of a ${kind} job is malformed.`, {
      path: parsed.error.issues[0]?.path.map((part) =>
        typeof part === 'symbol' ? String(part) : part,
      ),
      cause: parsed.error,
    });
  }
  return parsed.data;
}
