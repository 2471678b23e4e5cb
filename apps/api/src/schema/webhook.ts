import { randomUUID } from 'node:crypto';
import { DomainError, serverEvents, type WebhookEvent, webhookEvents } from '@blockwise/contracts';
import {
  createWebhook,
  deleteWebhook,
  rotateWebhookSecret,
  updateWebhook,
  type WebhookRow,
} from '@blockwise/db';
import type { Context } from '../context.ts';
import { subject, teamFor } from '../rights/subject.ts';
import { checkedWebhookUrl } from '../webhooks/checked-url.ts';
import { newWebhookSecret } from '../webhooks/secret-box.ts';
import { builder } from './builder.ts';
import { orderInput } from './order-input.ts';
import { connectionOf, ownedConnection, pageArgs } from './paging.ts';
import { TeamObject, UserObject, WebhookObject } from './refs.ts';

export const WebhookEventEnum = builder.enumType('WebhookEvent', {
  description: 'What a webhook can be told of.',
  values: Object.fromEntries(
    Object.entries(webhookEvents).map(([event, description]) => [
      event,
      { value: event, description },
    ]),
  ) as Record<WebhookEvent, { value: WebhookEvent; description: string }>,
});

builder.node(WebhookObject, {
  description:
    "An address that a team's events are sent to, as signed JSON. For maintainers. Of what is " +
    'PRIVATE nothing is sent.',
  id: { resolve: ({ id }) => id },
  loadWithoutCache: (id, { loaders }) => loaders.webhook.load(id),
  fields: (t) => ({
    team: t.field({
      type: TeamObject,
      description: 'Whose events are sent.',
      resolve: ({ teamId }, _args, { loaders }) => loaders.requireTeam(teamId),
    }),
    url: t.exposeString('url', { description: 'Where they are sent to.' }),
    events: t.field({
      type: [WebhookEventEnum],
      description: 'Which events are sent. PING is sent whether or not it is among them.',
      resolve: ({ events }) => [...events],
    }),
    active: t.exposeBoolean('active', { description: 'Nothing is sent while it is false.' }),
    failingSince: t.expose('failingSince', {
      type: 'DateTime',
      nullable: true,
      description:
        'The first failed attempt since something was last received; null while it receives. After ' +
        'three days it is switched off.',
    }),
    createdBy: t.field({
      type: UserObject,
      nullable: true,
      description: 'Who made it; null when the account is gone.',
      resolve: ({ createdById }, _args, { loaders }) =>
        createdById === null ? null : loaders.requireUser(createdById),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    rotatedAt: t.expose('rotatedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When its secret was last replaced; null while it is the first.',
    }),
  }),
});

const WebhookConnection = connectionOf('Webhook', WebhookObject);

const WebhookFilter = builder.inputType('WebhookFilter', {
  description: 'Which webhooks; all conditions that are given hold.',
  fields: (t) => ({
    active: t.boolean({ description: 'Switched on, or off.' }),
    event: t.field({ type: WebhookEventEnum, description: 'That are told this.' }),
  }),
});

const WebhookOrder = orderInput('Webhook', 'webhooks', {
  CREATED_AT: 'When they were made; DESC if no direction is given.',
  URL: 'Where events are sent to; ASC if no direction is given.',
});

type Arguments = Parameters<typeof pageArgs>[0];

function listArgs(t: Arguments) {
  return {
    filter: t.arg({ type: WebhookFilter, description: 'Only these; all if not given.' }),
    orderBy: t.arg({ type: WebhookOrder, description: 'Sorting; the newest first if not given.' }),
    ...pageArgs(t, 20),
  };
}

builder.objectField(TeamObject, 'webhooks', (t) =>
  t.field({
    type: WebhookConnection,
    description: "Addresses that the team's events are sent to. For maintainers.",
    args: listArgs(t),
    resolve: ({ id }, { filter, ...page }, { loaders }) =>
      ownedConnection(loaders.webhooksOfTeam, id, { ...page, filter: filter ?? undefined }, 20),
  }),
);

builder.queryField('webhooks', (t) =>
  t.field({
    type: WebhookConnection,
    description: "Addresses that a team's events are sent to.",
    args: {
      team: t.arg.id({
        description: 'Id of the team; the only one that you maintain if not given.',
      }),
      ...listArgs(t),
    },
    resolve: async (_root, { team, filter, ...page }, context) => {
      const teamId = await teamFor(context, team, ['team']);
      const asked = { ...page, filter: filter ?? undefined };
      return ownedConnection(context.loaders.webhooksOfTeam, teamId, asked, 20);
    },
  }),
);

const WithSecretObject = builder
  .objectRef<{ webhook: WebhookRow; secret: string }>('WebhookWithSecret')
  .implement({
    description: 'A webhook with its new secret.',
    fields: (t) => ({
      webhook: t.field({
        type: WebhookObject,
        description: 'The webhook.',
        resolve: ({ webhook }) => webhook,
      }),
      secret: t.exposeString('secret', {
        description:
          'With which the receiver checks signatures (Standard Webhooks, `whsec_…`). It is not ' +
          'shown again.',
      }),
    }),
  });

const urlTold =
  'https, without a name and password in it; an address that is not on the public internet is ' +
  'refused when a message is sent.';

const CreateWebhookInput = builder.inputType('CreateWebhookInput', {
  description: 'The webhook to make.',
  fields: (t) => ({
    team: t.id({ description: 'Id of the team; the only one that you maintain if not given.' }),
    url: t.string({ required: true, description: `Where events are sent to: ${urlTold}` }),
    events: t.field({
      type: [WebhookEventEnum],
      required: true,
      description: 'Which events are sent.',
    }),
  }),
});

const UpdateWebhookInput = builder.inputType('UpdateWebhookInput', {
  description: 'What to change; what is not given stays.',
  fields: (t) => ({
    webhook: t.id({ required: true, description: 'Id of the webhook.' }),
    url: t.string({ description: `Where events are sent to: ${urlTold}` }),
    events: t.field({ type: [WebhookEventEnum], description: 'Which events are sent.' }),
    active: t.boolean({
      description: 'False: nothing is sent any more, and what was still to be sent is given up.',
    }),
  }),
});

/** @throws DomainError FORBIDDEN for events of the whole server, of which operators alone are told */
function checkServerEvents({ viewer }: Context, events: readonly WebhookEvent[]): void {
  const ofServer = events.find((event) => (serverEvents as readonly string[]).includes(event));
  if (ofServer === undefined || viewer.principal?.isOperator === true) return;
  throw new DomainError(
    'FORBIDDEN',
    `${ofServer} tells of the whole server: an operator makes a webhook for it.`,
    { path: ['events'] },
  );
}

export const WebhookInput = builder.inputType('WebhookInput', {
  description: 'Which webhook.',
  fields: (t) => ({ webhook: t.id({ required: true, description: 'Id of the webhook.' }) }),
});

builder.mutationFields((t) => ({
  createWebhook: t.field({
    type: WithSecretObject,
    description: "Has a team's events sent to an address, as signed JSON.",
    args: {
      input: t.arg({ type: CreateWebhookInput, required: true, description: 'The new webhook.' }),
    },
    resolve: async (_root, { input }, context) => {
      const { database, viewer, webhooks } = context;
      const teamId = await teamFor(context, input.team, ['team']);
      checkServerEvents(context, input.events);
      const url = checkedWebhookUrl(input.url, webhooks.allowPrivate, ['url']);
      const [id, secret] = [randomUUID(), newWebhookSecret()];
      const webhook = await createWebhook(database, {
        id,
        teamId,
        url,
        events: [...new Set(input.events)],
        sealedSecret: webhooks.secrets.seal(id, secret),
        createdById: viewer.principal?.userId ?? null,
      });
      return { webhook, secret };
    },
  }),
  updateWebhook: t.field({
    type: WebhookObject,
    description: 'Changes address or events of a webhook, or switches it off or on.',
    args: {
      input: t.arg({ type: UpdateWebhookInput, required: true, description: 'What to change.' }),
    },
    resolve: async (_root, { input }, context) => {
      const { database, webhooks } = context;
      const webhook = await subject(context, 'Webhook', input.webhook, ['webhook']);
      const { url, events, active } = input;
      checkServerEvents(
        context,
        (events ?? []).filter((event) => !webhook.events.includes(event)),
      );
      return updateWebhook(database, webhook.id, {
        url: url ? checkedWebhookUrl(url, webhooks.allowPrivate, ['url']) : undefined,
        events: events ? [...new Set(events)] : undefined,
        active: active ?? undefined,
      });
    },
  }),
  deleteWebhook: t.field({
    type: WebhookObject,
    description: 'Deletes a webhook with its log, and answers it once more.',
    args: { input: t.arg({ type: WebhookInput, required: true, description: 'Which webhook.' }) },
    resolve: async (_root, { input }, context) => {
      const webhook = await subject(context, 'Webhook', input.webhook, ['webhook']);
      await deleteWebhook(context.database, webhook.id);
      return webhook;
    },
  }),
  rotateWebhookSecret: t.field({
    type: WithSecretObject,
    description:
      'Replaces the secret of a webhook. For 24 hours messages are signed with both, so that the ' +
      'receiver can change over.',
    args: { input: t.arg({ type: WebhookInput, required: true, description: 'Which webhook.' }) },
    resolve: async (_root, { input }, context) => {
      const { id } = await subject(context, 'Webhook', input.webhook, ['webhook']);
      const secret = newWebhookSecret();
      const sealed = context.webhooks.secrets.seal(id, secret);
      return { webhook: await rotateWebhookSecret(context.database, id, sealed), secret };
    },
  }),
}));
