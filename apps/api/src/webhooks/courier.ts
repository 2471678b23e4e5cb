import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Database,
  type DeliveryOutcome,
  pruneDeliveries,
  recordActivity,
  settleDelivery,
  switchOffFailing,
  type TakenDelivery,
  takeDeliveries,
} from '@blockwise/db';
import { encodeGlobalId } from '../schema/global-id.ts';
import { messageOf, signedHeaders } from './message.ts';
import { post } from './post.ts';
import type { SecretBox } from './secret-box.ts';

export interface CourierOptions {
  /** Sends to addresses of this machine and of private networks, too. */
  readonly allowPrivate: boolean;
  /**
   * How long to wait after each failed attempt, on average; after the one that follows the last of
   * them a message is given up.
   */
  readonly retryMilliseconds: readonly number[];
  /** For one attempt. */
  readonly timeoutMilliseconds?: number;
  /** How often it is looked for messages that are due. */
  readonly pollMilliseconds?: number;
  /** Hears how each attempt went. */
  readonly onAttempt?: (attempt: DeliveryAttempt) => void;
  readonly onError: (error: unknown) => void;
}

/** One attempt to send a message. */
export interface DeliveryAttempt {
  readonly outcome: 'delivered' | 'failed' | 'given_up';
  readonly webhookId: string;
  readonly deliveryId: string;
  readonly event: string;
  readonly attempt: number;
  /** HTTP status; null without an answer. */
  readonly status: number | null;
  readonly milliseconds: number;
}

export interface Courier {
  /** Takes no more messages, and resolves when those under way have been settled. */
  close(): Promise<void>;
}

/** Messages that one process sends at once, all together and of one webhook. */
const most = 16;
const mostOfWebhook = 4;
const pruneMilliseconds = 3_600_000;
/** How long the log of deliveries goes back. */
const keptDays = 30;
/** An address that has received nothing for so long is not tried any more. */
const failingDays = 3;
/** How long a replaced secret still signs. */
const formerSecretSeconds = 24 * 3600;

/** Sends the messages of webhooks as they become due. Any number of processes may do so at once. */
export function openCourier(
  database: Database,
  secrets: SecretBox,
  { timeoutMilliseconds = 10_000, pollMilliseconds = 1000, onError, ...options }: CourierOptions,
): Courier {
  const closing = new AbortController();
  /** What is under way, and of which webhook. */
  const sending = new Map<Promise<void>, string>();
  let pruneAt = 0;
  const working = work();
  return {
    async close() {
      closing.abort();
      await working;
      await Promise.all(sending.keys());
    },
  };

  async function work(): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        await startDue();
        await pruneNowAndThen();
      } catch (error) {
        onError(error);
      }
      await sleep(pollMilliseconds, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  }

  async function startDue(): Promise<void> {
    const limit = most - sending.size;
    if (limit === 0) {
      return;
    }
    const taken = await takeDeliveries(database, {
      limit,
      limitPerWebhook: mostOfWebhook,
      without: busyWebhooks(),
      // Whoever is alive has settled it long before.
      leaseSeconds: 30 + (2 * timeoutMilliseconds) / 1000,
      formerSecretSeconds,
    });
    for (const delivery of taken) {
      const sent = deliver(delivery)
        .catch(onError)
        .finally(() => sending.delete(sent));
      sending.set(sent, delivery.webhookId);
    }
  }

  function busyWebhooks(): string[] {
    const ids = [...sending.values()];
    return [...new Set(ids)].filter(
      (id) => ids.filter((other) => other === id).length >= mostOfWebhook,
    );
  }

  async function deliver(delivery: TakenDelivery): Promise<void> {
    const { webhook, sealedSecrets, attempts } = delivery;
    const message = messageOf(delivery, webhook);
    const body = JSON.stringify(message);
    const opened = openAll(webhook.id, sealedSecrets);
    if (opened === null) {
      const error = 'The secret cannot be decrypted (API_SECRET is another): rotate it.';
      const unsent = { status: null, error, milliseconds: 0, retryInMilliseconds: null };
      await settle(delivery, unsent);
      return;
    }
    const posted = await post(
      { url: webhook.url, body, headers: signedHeaders(message, body, opened, new Date()) },
      { allowPrivate: options.allowPrivate, timeoutMilliseconds },
    );
    const pause = options.retryMilliseconds[attempts - 1];
    await settle(delivery, {
      ...posted,
      retryInMilliseconds: pause === undefined ? null : spread(pause),
    });
  }

  async function settle(delivery: TakenDelivery, outcome: DeliveryOutcome): Promise<void> {
    await settleDelivery(database, delivery, outcome);
    const { status, error, milliseconds, retryInMilliseconds } = outcome;
    const failed = retryInMilliseconds === null ? 'given_up' : 'failed';
    options.onAttempt?.({
      outcome: error === null ? 'delivered' : failed,
      webhookId: delivery.webhookId,
      deliveryId: delivery.id,
      event: delivery.announcement.event,
      attempt: delivery.attempts,
      ...{ status, milliseconds: Math.round(milliseconds) },
    });
  }

  function openAll(webhookId: string, sealed: readonly string[]): string[] | null {
    try {
      return sealed.map((each) => secrets.open(webhookId, each));
    } catch (error) {
      onError(error);
      return null;
    }
  }

  async function pruneNowAndThen(): Promise<void> {
    if (Date.now() < pruneAt) {
      return;
    }
    pruneAt = Date.now() + pruneMilliseconds;
    await pruneDeliveries(database, keptDays);
    for (const { id, teamId, failingSince } of await switchOffFailing(database, failingDays)) {
      await recordActivity(database, {
        ...{ userId: null, tokenId: null, teamId, ip: null, requestId: randomUUID() },
        action: 'webhookSwitchedOff',
        subject: encodeGlobalId('Webhook', id),
        details: { failingSince: failingSince.toISOString() },
      });
    }
  }
}

/** Half to one and a half times the pause: what failed together does not come back together. */
function spread(milliseconds: number): number {
  return milliseconds * (0.5 + Math.random());
}
