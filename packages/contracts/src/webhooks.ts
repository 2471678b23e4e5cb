import { z } from 'zod';
import { failure } from './events.ts';

/** What a team can be told of over HTTP, each with the words that the API describes it by. */
export const webhookEvents = {
  SEARCH_COMPLETE: 'All jobs of a search ended well.',
  SEARCH_FAILED: 'A job of a search failed for good.',
  SEARCH_CANCELLED: 'A search was cancelled by a person.',
  NETWORK_TESTED: 'A network was trained with one seed and tested.',
  AUDIT_COMPLETE: 'All networks of a ranking audit were trained.',
  ENTRY_VERIFIED: 'An entry was evaluated again and its figure confirmed.',
  ENTRY_REJECTED: 'An entry was evaluated again and its figure was another.',
  LEADER_CHANGED: 'Another entry leads a leaderboard.',
  SEARCH_STALLED: 'A running job of a search has told nothing for a while, and that it does again.',
  SEARCH_DIVERGED:
    'A search failed because a loss was no number any more, and that it was retried.',
  TRAINER_LOST: 'A trainer fell silent, and that it, or another of its name, is there again.',
  QUEUE_GROWING: 'More jobs come than trainers take, and that they keep up again.',
  DISK_LOW: 'The disk of the artifacts is nearly full, and that there is room again.',
  PING: 'Somebody asked for a message to try the address.',
} as const;

/** Events that tell of something wrong: once when it begins and once when it ends. */
export const alertEvents = [
  'SEARCH_STALLED',
  'SEARCH_DIVERGED',
  'TRAINER_LOST',
  'QUEUE_GROWING',
  'DISK_LOW',
] as const;
export type AlertEvent = (typeof alertEvents)[number];
/** Those about the server, which only webhooks of operators are told. */
export const serverEvents = ['TRAINER_LOST', 'QUEUE_GROWING', 'DISK_LOW'] as const;

export type WebhookEvent = keyof typeof webhookEvents;
export const webhookEvent = z.enum(Object.keys(webhookEvents) as [WebhookEvent]);

const searchEnded = z.object({
  searchId: z.uuid(),
  name: z.string(),
  failure: failure.nullable(),
});
/** An accuracy that was entered, and what the evaluation of the same weights gave, 0..1. */
const entryChecked = z.object({
  leaderboardId: z.uuid(),
  entryId: z.uuid(),
  claimed: z.number(),
  measured: z.number(),
});

const alertState = z.enum(['BEGAN', 'ENDED']);
const searchAlert = z.object({ state: alertState, searchId: z.uuid(), name: z.string() });

/**
 * One thing to tell a team, as it is stored: row ids and figures. Fields that end in `Id` name the
 * type of what they point at: `searchId` is the row id of a Search.
 */
export const announcement = z.discriminatedUnion('event', [
  searchEnded.extend({ event: z.literal('SEARCH_COMPLETE') }),
  searchEnded.extend({ event: z.literal('SEARCH_FAILED') }),
  searchEnded.extend({ event: z.literal('SEARCH_CANCELLED') }),
  /** `top1`: on the test part, 0..1. */
  z.object({
    event: z.literal('NETWORK_TESTED'),
    searchId: z.uuid(),
    networkId: z.uuid(),
    retrainingId: z.uuid(),
    top1: z.number(),
  }),
  z.object({
    event: z.literal('AUDIT_COMPLETE'),
    searchId: z.uuid(),
    auditId: z.uuid(),
    name: z.string(),
  }),
  entryChecked.extend({ event: z.literal('ENTRY_VERIFIED') }),
  entryChecked.extend({ event: z.literal('ENTRY_REJECTED') }),
  /** `value`: the leading figure by the board's metric. `formerEntryId`: null for the first leader. */
  z.object({
    event: z.literal('LEADER_CHANGED'),
    leaderboardId: z.uuid(),
    entryId: z.uuid(),
    formerEntryId: z.uuid().nullable(),
    value: z.number(),
  }),
  /** `seconds`: how long it had told nothing at least. */
  searchAlert.extend({ event: z.literal('SEARCH_STALLED'), seconds: z.number() }),
  searchAlert.extend({ event: z.literal('SEARCH_DIVERGED'), message: z.string() }),
  z.object({
    event: z.literal('TRAINER_LOST'),
    state: alertState,
    name: z.string(),
    engine: z.string(),
    device: z.string(),
  }),
  /** `waiting`: jobs when it began. */
  z.object({ event: z.literal('QUEUE_GROWING'), state: alertState, waiting: z.number() }),
  /** As it was when it began. */
  z.object({
    event: z.literal('DISK_LOW'),
    state: alertState,
    host: z.string(),
    freeBytes: z.number(),
    sizeBytes: z.number(),
  }),
  z.object({ event: z.literal('PING'), webhookId: z.uuid() }),
]);
export type Announcement = z.infer<typeof announcement>;
