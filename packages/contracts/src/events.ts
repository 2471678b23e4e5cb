import { z } from 'zod';
import { errorCodes } from './errors.ts';
import { jobState, phase, searchPriority, searchState } from './states.ts';

export const failure = z.object({
  code: z.enum(Object.keys(errorCodes) as [keyof typeof errorCodes]),
  message: z.string(),
});
export type Failure = z.infer<typeof failure>;

/**
 * What happens in a search, in the order of its cursor. Rows hold history; events are deltas for
 * whoever watches. `jobId`, `cellId` and `networkId` are row ids.
 */
export const searchEvent = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('SEARCH_CHANGED'),
    state: searchState,
    phase: phase.nullable(),
    failure: failure.nullable(),
    /** Events from before there was another lack it. */
    priority: searchPriority.default('NORMAL'),
  }),
  z.object({
    kind: z.literal('JOB_CHANGED'),
    jobId: z.uuid(),
    jobKind: phase,
    cellId: z.uuid().nullable(),
    networkId: z.uuid().nullable(),
    state: jobState,
    attempt: z.int(),
    failure: failure.nullable(),
  }),
  /** `done` of `total` in `unit`s; `note` says what is under way ("loading images"). */
  z.object({
    kind: z.literal('JOB_PROGRESS'),
    jobId: z.uuid(),
    done: z.number(),
    total: z.number(),
    unit: z.string(),
    perSecond: z.number().nullable(),
    note: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('CURVE_POINTS'),
    jobId: z.uuid(),
    key: z.string(),
    steps: z.array(z.int()),
    values: z.array(z.number()),
  }),
  z.object({
    kind: z.literal('CELL_RATED'),
    cellId: z.uuid(),
    candidates: z.int(),
    bestPath: z.string(),
    bestLoss: z.number(),
  }),
  z.object({ kind: z.literal('SEARCH_SOLVED'), networks: z.int() }),
  /** One training of a network was tested; a network has one for every seed. */
  z.object({
    kind: z.literal('NETWORK_TESTED'),
    networkId: z.uuid(),
    retrainingId: z.uuid(),
    top1: z.number(),
  }),
  z.object({ kind: z.literal('LATENCY_MEASURED'), engine: z.string(), device: z.string() }),
  z.object({ kind: z.literal('NETWORK_CUT'), networkId: z.uuid(), top1: z.number().nullable() }),
  /** `networkId` is null where it is the search's teacher. */
  z.object({
    kind: z.literal('NETWORK_EXPORTED'),
    exportId: z.uuid(),
    networkId: z.uuid().nullable(),
  }),
  z.object({
    kind: z.literal('FEATURE_MAPS_MADE'),
    featureMapsId: z.uuid(),
    cellId: z.uuid(),
  }),
  z.object({ kind: z.literal('AUDIT_CHANGED'), auditId: z.uuid(), state: jobState }),
  z.object({ kind: z.literal('MESSAGE'), level: z.enum(['INFO', 'WARNING']), text: z.string() }),
]);
export type SearchEvent = z.infer<typeof searchEvent>;
export type SearchEventKind = SearchEvent['kind'];

/** Channel of Postgres NOTIFY; the payload is {@link eventNotice} as JSON, once per batch of events. */
export const eventChannel = 'blockwise_events';
export const eventNotice = z.object({ searchId: z.uuid(), cursor: z.int() });

/** Channel of Postgres NOTIFY for trainers that have changed; triggers send it, and it says no more. */
export const trainerChannel = 'blockwise_trainers';
