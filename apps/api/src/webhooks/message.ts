import type { Announcement } from '@blockwise/contracts';
import type { DeliveryRow, WebhookRow } from '@blockwise/db';
import { Webhook as Signer } from 'standardwebhooks';
import { encodeGlobalId, type NodeName } from '../schema/global-id.ts';

type KeysOf<Union> = Union extends Union ? keyof Union : never;
type IdKey = Extract<KeysOf<Announcement>, `${string}Id`>;

/** What the row ids of announcements point at. */
const nodeOf: Record<IdKey, NodeName> = {
  searchId: 'Search',
  networkId: 'Network',
  retrainingId: 'Retraining',
  auditId: 'RankingAudit',
  leaderboardId: 'Leaderboard',
  entryId: 'Entry',
  formerEntryId: 'Entry',
  webhookId: 'Webhook',
};

/** What is sent: the same for every attempt at a delivery. */
export interface Message {
  /** Id of the delivery; a receiver knows by it what it has seen already. */
  readonly id: string;
  readonly type: Announcement['event'];
  /** When it happened, ISO 8601. */
  readonly at: string;
  /** Id of the team. */
  readonly team: string;
  /** Opaque ids (`search`, `network`) and figures. */
  readonly data: Readonly<Record<string, unknown>>;
}

export function messageOf(
  { id, announcement: { event, ...told }, createdAt }: DeliveryRow,
  { teamId }: WebhookRow,
): Message {
  return {
    id: encodeGlobalId('WebhookDelivery', id),
    type: event,
    at: createdAt.toISOString(),
    team: encodeGlobalId('Team', teamId),
    data: Object.fromEntries(Object.entries(told).map(opaque)),
  };
}

/** `searchId` with a row's id becomes `search` with the opaque one. */
function opaque([key, value]: [string, unknown]): [string, unknown] {
  const node = nodeOf[key as IdKey] as NodeName | undefined;
  if (node === undefined) {
    return [key, value];
  }
  const name = key.slice(0, -'Id'.length);
  return [name, typeof value === 'string' ? encodeGlobalId(node, value) : value];
}

/** The headers that the Standard Webhooks specification asks for, signed by every secret that counts. */
export function signedHeaders(
  { id }: Message,
  body: string,
  secrets: readonly string[],
  at: Date,
): Record<string, string> {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Signer(secret).sign(id, at, body)).join(' '),
  };
}
