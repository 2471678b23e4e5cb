import { ping, redeliver } from '@blockwise/db';
import { subject } from '../rights/subject.ts';
import { messageOf } from '../webhooks/message.ts';
import { builder } from './builder.ts';
import { OrderDirectionEnum } from './enums.ts';
import { connectionOf, ownedConnection, pageArgs } from './paging.ts';
import { WebhookDeliveryObject, WebhookObject } from './refs.ts';
import { WebhookEventEnum, WebhookInput } from './webhook.ts';

const DeliveryStateEnum = builder.enumType('DeliveryState', {
  description: 'What became of a message.',
  values: {
    PENDING: { description: 'To be sent, for the first time or again.' },
    DELIVERED: { description: 'Answered with a status from 200 to 299.' },
    FAILED: { description: 'Given up after the last attempt.' },
  } as const,
});

builder.node(WebhookDeliveryObject, {
  description: 'One event for one webhook, and what became of it. Kept for 30 days.',
  id: { resolve: ({ id }) => id },
  loadWithoutCache: (id, { loaders }) => loaders.webhookDelivery.load(id),
  fields: (t) => ({
    webhook: t.field({
      type: WebhookObject,
      nullable: true,
      description: 'Where it is sent to; null when the webhook is gone.',
      resolve: ({ webhookId }, _args, { loaders }) => loaders.webhook.load(webhookId),
    }),
    event: t.field({
      type: WebhookEventEnum,
      description: 'What it tells.',
      resolve: ({ announcement }) => announcement.event,
    }),
    message: t.field({
      type: 'JSON',
      nullable: true,
      description: 'The body that is sent: `id`, `type`, `at`, `team` and `data`.',
      resolve: async (delivery, _args, { loaders }) => {
        const webhook = await loaders.webhook.load(delivery.webhookId);
        return webhook && messageOf(delivery, webhook);
      },
    }),
    state: t.expose('state', { type: DeliveryStateEnum, description: 'What became of it.' }),
    attempts: t.exposeInt('attempts', {
      description: 'How often it was tried, since it was asked for last.',
    }),
    lastStatus: t.exposeInt('lastStatus', {
      nullable: true,
      description: 'HTTP status of the last answer; null when there was none.',
    }),
    lastError: t.exposeString('lastError', {
      nullable: true,
      description: 'Why the last attempt failed; of an answer its first characters.',
    }),
    lastMilliseconds: t.exposeInt('lastMilliseconds', {
      nullable: true,
      description: 'How long the last attempt took.',
    }),
    lastAttemptAt: t.expose('lastAttemptAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was tried last.',
    }),
    nextAttemptAt: t.expose('nextAttemptAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it is tried next; null unless PENDING.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it happened.' }),
    deliveredAt: t.expose('deliveredAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was delivered; null while it was not.',
    }),
  }),
});

const DeliveryConnection = connectionOf('WebhookDelivery', WebhookDeliveryObject);

const DeliveryFilterInput = builder.inputType('WebhookDeliveryFilter', {
  description: 'Which messages; all conditions that are given hold.',
  fields: (t) => ({
    state: t.field({ type: DeliveryStateEnum, description: 'In this state.' }),
    event: t.field({ type: WebhookEventEnum, description: 'That tell this.' }),
  }),
});

const DeliveryOrderFieldEnum = builder.enumType('WebhookDeliveryOrderField', {
  description: 'What the log of a webhook can be sorted by.',
  values: {
    CREATED_AT: { description: 'When it happened; DESC if no direction is given.' },
    LAST_ATTEMPT_AT: {
      description:
        'When they were tried last, those that never were last; DESC if no direction is given.',
    },
  } as const,
});

const DeliveryOrder = builder.inputType('WebhookDeliveryOrder', {
  description: 'How the log of a webhook is sorted.',
  fields: (t) => ({
    field: t.field({
      type: DeliveryOrderFieldEnum,
      required: true,
      description: 'What to sort by.',
    }),
    direction: t.field({ type: OrderDirectionEnum, description: 'Least or greatest first.' }),
  }),
});

builder.objectField(WebhookObject, 'deliveries', (t) =>
  t.field({
    type: DeliveryConnection,
    description: 'Its log of the last 30 days, newest first.',
    args: {
      filter: t.arg({ type: DeliveryFilterInput, description: 'Only these; all if not given.' }),
      orderBy: t.arg({
        type: DeliveryOrder,
        description: 'Sorting; the newest first if not given.',
      }),
      ...pageArgs(t, 20),
    },
    resolve: ({ id }, { filter, ...page }, { loaders }) =>
      ownedConnection(
        loaders.deliveriesOfWebhook,
        id,
        { ...page, filter: filter ?? undefined },
        20,
      ),
  }),
);

const RedeliverInput = builder.inputType('RedeliverWebhookInput', {
  description: 'What to send again.',
  fields: (t) => ({ delivery: t.id({ required: true, description: 'Id of the delivery.' }) }),
});

builder.mutationFields((t) => ({
  pingWebhook: t.field({
    type: WebhookDeliveryObject,
    description: 'Sends a message that tells nothing, to try the address.',
    args: { input: t.arg({ type: WebhookInput, required: true, description: 'Which webhook.' }) },
    resolve: async (_root, { input }, context) => {
      const { id } = await subject(context, 'Webhook', input.webhook, ['webhook']);
      return ping(context.database, id);
    },
  }),
  redeliverWebhook: t.field({
    type: WebhookDeliveryObject,
    description:
      'Sends a message once more, whatever became of it, with all attempts before it. It keeps its ' +
      'id, by which a receiver knows it again. CONFLICT when the webhook is switched off.',
    args: {
      input: t.arg({ type: RedeliverInput, required: true, description: 'What to send again.' }),
    },
    resolve: async (_root, { input }, context) => {
      const { id } = await subject(context, 'WebhookDelivery', input.delivery, ['delivery']);
      return redeliver(context.database, id);
    },
  }),
}));
