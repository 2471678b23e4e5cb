import { announcement, webhookEvent } from '@blockwise/contracts';
import type { WebhookDeliveryModel, WebhookModel } from '../generated/models.ts';
import type { DeliveryRow, WebhookRow } from './rows.ts';

export function toWebhookRow(row: WebhookModel): WebhookRow {
  const { secret: _, formerSecret: __, events, ...rest } = row;
  return { ...rest, events: events.map((event) => webhookEvent.parse(event)) };
}

export function toDeliveryRow({ event, payload, ...row }: WebhookDeliveryModel): DeliveryRow {
  return { ...row, announcement: announcement.parse({ event, ...(payload as object) }) };
}
