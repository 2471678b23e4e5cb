import type { Announcement, WebhookEvent } from '@blockwise/contracts';

/** An address that a team's events are sent to; its secrets stay in the table. */
export interface WebhookRow {
  readonly id: string;
  readonly teamId: string;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  /** Nothing is sent while it is false. */
  readonly active: boolean;
  /** The first failed attempt since something was last received; null while it receives. */
  readonly failingSince: Date | null;
  /** Null when the account is gone. */
  readonly createdById: string | null;
  readonly createdAt: Date;
  /** When its secret was last replaced. */
  readonly rotatedAt: Date | null;
}

export type DeliveryState = 'PENDING' | 'DELIVERED' | 'FAILED';

/** One event for one webhook, and what became of it. */
export interface DeliveryRow {
  readonly id: string;
  readonly webhookId: string;
  readonly announcement: Announcement;
  readonly state: DeliveryState;
  /** How often it was tried. */
  readonly attempts: number;
  /** HTTP status that the last attempt was answered with; null without an answer. */
  readonly lastStatus: number | null;
  /** What went wrong with the last attempt, for people. */
  readonly lastError: string | null;
  /** How long the last attempt took. */
  readonly lastMilliseconds: number | null;
  readonly lastAttemptAt: Date | null;
  /** When it is tried next; null unless PENDING. */
  readonly nextAttemptAt: Date | null;
  readonly createdAt: Date;
  readonly deliveredAt: Date | null;
}

/** A message that one process has taken to send it. */
export interface TakenDelivery extends DeliveryRow {
  readonly webhook: WebhookRow;
  /** As they are stored: encrypted. The first one counts, the others are still good. */
  readonly sealedSecrets: readonly string[];
}
