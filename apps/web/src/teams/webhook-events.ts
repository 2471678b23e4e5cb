import type { WebhookEvent } from '@blockwise/client';

/** Events that a webhook can be made for; PING comes only when it is asked for. */
export const webhookEvents = [
  'SEARCH_COMPLETE',
  'SEARCH_FAILED',
  'SEARCH_CANCELLED',
  'NETWORK_TESTED',
  'AUDIT_COMPLETE',
  'ENTRY_VERIFIED',
  'ENTRY_REJECTED',
  'LEADER_CHANGED',
  'SEARCH_STALLED',
  'SEARCH_DIVERGED',
  'TRAINER_LOST',
  'QUEUE_GROWING',
  'DISK_LOW',
] as const satisfies readonly WebhookEvent[];
