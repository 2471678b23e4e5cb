import { z } from 'zod';
import { networkTraining } from './retrain-spec.ts';

/** By what a board orders its entries. */
export const leaderboardMetric = z.enum(['TOP1']);
export type LeaderboardMetric = z.infer<typeof leaderboardMetric>;

/** A cost that a board sets a maximum for; LATENCY_MS by the latency table of the network's search. */
export const budgetAxis = z.enum([
  'PARAMS',
  'MACS',
  'FLOPS_TOOL',
  'ACTIVATION_BYTES',
  'LATENCY_MS',
]);
export type BudgetAxis = z.infer<typeof budgetAxis>;

/** A budget class: what a network may cost at most to enter. */
export const leaderboardBudget = z.strictObject({ axis: budgetAxis, max: z.number().positive() });
export type LeaderboardBudget = z.infer<typeof leaderboardBudget>;

/**
 * UNVERIFIED: nobody has evaluated the weights again. VERIFYING: a trainer is to, or does. VERIFIED:
 * they are as good as the entry says, within the board's tolerance. REJECTED: they are not.
 * WITHDRAWN: taken back.
 */
export const entryState = z.enum(['UNVERIFIED', 'VERIFYING', 'VERIFIED', 'REJECTED', 'WITHDRAWN']);
export type EntryState = z.infer<typeof entryState>;

/** Only entries in these states have a place on their board. */
export const rankedStates: readonly EntryState[] = ['UNVERIFIED', 'VERIFYING', 'VERIFIED'];

/** What may happen on a board. VERIFICATION_FAILED: the weights could not be evaluated. */
export const leaderboardEventKind = z.enum([
  'ENTERED',
  'VERIFIED',
  'REJECTED',
  'VERIFICATION_FAILED',
  'WITHDRAWN',
  'LEADER_CHANGED',
]);
export type LeaderboardEventKind = z.infer<typeof leaderboardEventKind>;

/** How far measured accuracy may be from an entry's unless a board says otherwise, as a share. */
export const defaultTolerance = 0.005;

const share = z.number().min(0).max(1);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().nonnegative();

/** One training of an entry's network: what was trained, how good it is, and its weights. */
export const entryTraining = z.strictObject({
  seed: z.int(),
  /** As trained, in the grammar. */
  architecture: z.string().min(1).max(20_000),
  /** On the test part. */
  top1: share,
  sha256,
});
export type EntryTraining = z.infer<typeof entryTraining>;

/** What finding and training an entry's network took on one kind of device. */
export const entryCost = z.strictObject({
  engine: z.string().min(1).max(100),
  device: z.string().min(1).max(300),
  onGpu: z.boolean(),
  /** Of trainers' slots, lost and repeated attempts included. */
  seconds: z.number().nonnegative(),
});
export type EntryCost = z.infer<typeof entryCost>;

/** Where an entry was before it was imported, as its document says. */
export const entryImport = z.strictObject({
  team: z.string().max(200),
  search: z.string().max(200).nullable(),
  leaderboard: z.string().max(200),
  exportedAt: z.iso.datetime(),
  /** Whether it was verified there. */
  verified: z.boolean(),
});
export type EntryImport = z.infer<typeof entryImport>;

export const leaderboardName = z.string().trim().min(1).max(120);
export const leaderboardDescription = z.string().trim().max(2000);

const documentEntry = z.strictObject({
  /** From 1, the best. */
  rank: z.int().positive(),
  state: entryState,
  team: z.string().max(200),
  search: z.string().max(200).nullable(),
  architecture: z.string().min(1).max(20_000),
  params: count,
  macs: count,
  flopsTool: count,
  activationBytes: count.nullable(),
  latencyMs: z.number().nonnegative().nullable(),
  top1: share,
  top1Deviation: share.nullable(),
  verifiedTop1: share.nullable(),
  verifiedAt: z.iso.datetime().nullable(),
  teacherTop1: share.nullable(),
  predictedRank: z.int().positive().nullable(),
  predictedLoss: z.number().nonnegative(),
  training: networkTraining,
  trainings: z.array(entryTraining).min(1).max(20),
  costs: z.array(entryCost).max(100),
  enteredAt: z.iso.datetime(),
});
export type LeaderboardDocumentEntry = z.infer<typeof documentEntry>;

/** A board with its ranked entries as a file; `sha256` is that of all the rest in canonical form. */
export const leaderboardDocument = z.strictObject({
  format: z.literal('blockwise-leaderboard'),
  version: z.literal(1),
  exportedAt: z.iso.datetime(),
  leaderboard: z.strictObject({
    name: leaderboardName,
    description: leaderboardDescription,
    dataset: z.strictObject({
      hash: sha256,
      kind: z.enum(['procedural', 'imageFolder', 'cifar10']),
      imageSize: z.int().positive(),
      classes: z.int().min(2),
      testCount: z.int().positive(),
    }),
    metric: leaderboardMetric,
    budget: leaderboardBudget.nullable(),
    tolerance: share,
  }),
  /** The best first. */
  entries: z.array(documentEntry).max(10_000),
  sha256,
});
export type LeaderboardDocument = z.infer<typeof leaderboardDocument>;

/** Channel of Postgres NOTIFY; the payload is {@link leaderboardNotice} as JSON, once per batch of events. */
export const leaderboardChannel = 'blockwise_leaderboards';
export const leaderboardNotice = z.object({ leaderboardId: z.uuid(), cursor: z.int() });
