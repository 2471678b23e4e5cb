'use client';

import {
  DeleteWebhookDocument,
  PingWebhookDocument,
  RotateWebhookSecretDocument,
  TeamWebhooksDocument,
  UpdateWebhookDocument,
  WebhookDeliveriesDocument,
  type WebhookDetailFragment,
  type WebhookEvent,
} from '@blockwise/client';
import { RefreshCw, Send, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ApiProblem } from '../api/api-problem.tsx';
import { useApi, useChange } from '../api/use-api.ts';
import { Button } from '../ui/button.tsx';
import { useConfirm } from '../ui/confirm.tsx';
import { Checkbox } from '../ui/fields.tsx';
import { Form } from '../ui/form.tsx';
import { Fact, Facts, Panel, Problem, Skeleton } from '../ui/page.tsx';
import { Secret } from '../ui/secret.tsx';
import { Moment } from '../ui/times.tsx';
import { tell } from '../ui/toasts.tsx';
import { DeliveryLog } from './delivery-log.tsx';
import { EventChoice } from './event-choice.tsx';
import { ForRole } from './for-role.tsx';
import { useTeam } from './team-frame.tsx';
import { teamPath } from './team-path.ts';
import styles from './teams.module.css';

/** One webhook: what it sends, and what became of what it sent. */
export function WebhookView({ id }: { id: string }) {
  const say = useTranslations('teams.webhooks');
  return (
    <ForRole least="MAINTAINER" title={say('title')}>
      <Loaded id={id} />
    </ForRole>
  );
}

function Loaded({ id }: { id: string }) {
  const say = useTranslations('teams.webhooks');
  const common = useTranslations('common');
  const { data, error, refetch } = useApi(WebhookDeliveriesDocument, { webhook: id, first: 1 });
  if (error) return <ApiProblem error={error} onRetry={refetch} />;
  if (data === undefined) return <Skeleton lines={6} label={common('loading')} />;
  if (data.node?.__typename !== 'Webhook') return <Problem>{say('noWebhook')}</Problem>;
  return (
    <>
      <Settings hook={data.node} />
      <DeliveryLog webhook={id} />
    </>
  );
}

function Settings({ hook }: { hook: WebhookDetailFragment }) {
  const say = useTranslations('teams.webhooks');
  const common = useTranslations('common');
  const [events, setEvents] = useState<WebhookEvent[]>(hook.events);
  const [active, setActive] = useState(hook.active);
  const [secret, setSecret] = useState<string>();
  const update = useChange(UpdateWebhookDocument, {
    renews: [WebhookDeliveriesDocument, TeamWebhooksDocument],
  });
  const isSame = active === hook.active && events.join() === hook.events.join();
  const save = () =>
    update.mutate(
      { input: { webhook: hook.id, events, active } },
      { onSuccess: () => tell({ text: say('saved'), tone: 'good' }) },
    );
  return (
    <Panel title={hook.url} aside={<Deeds hook={hook} onSecret={setSecret} />}>
      <div className={styles.stack}>
        {secret !== undefined && (
          <Secret about={say('rotatedOnce')} text={secret} onClose={() => setSecret(undefined)} />
        )}
        <Facts>
          <Fact name={say('state')}>{hook.active ? say('active') : say('inactive')}</Fact>
          <Fact name={say('made')} note={hook.createdBy?.name}>
            <Moment at={hook.createdAt} />
          </Fact>
          <Fact name={say('secretRotated')}>
            {hook.rotatedAt == null ? common('none') : <Moment at={hook.rotatedAt} />}
          </Fact>
        </Facts>
        <Form label={say('settings')} onSubmit={save}>
          <EventChoice events={events} onChange={setEvents} />
          <Checkbox isSelected={active} onChange={setActive}>
            {say('sends')}
          </Checkbox>
          <Button type="submit" isDisabled={isSame || events.length === 0 || update.isPending}>
            {say('save')}
          </Button>
        </Form>
      </div>
    </Panel>
  );
}

function Deeds({
  hook,
  onSecret,
}: {
  hook: WebhookDetailFragment;
  onSecret: (secret: string) => void;
}) {
  const say = useTranslations('teams.webhooks');
  const team = useTeam();
  const router = useRouter();
  const confirm = useConfirm();
  const ping = useChange(PingWebhookDocument, { renews: [WebhookDeliveriesDocument] });
  const rotate = useChange(RotateWebhookSecretDocument, { renews: [WebhookDeliveriesDocument] });
  const remove = useChange(DeleteWebhookDocument, { renews: [TeamWebhooksDocument] });
  const input = { webhook: hook.id };
  const askRotate = async () => {
    const question = { title: say('rotateTitle'), text: say('rotateText'), yes: say('rotate') };
    if (!(await confirm(question))) return;
    rotate.mutate(
      { input },
      { onSuccess: ({ rotateWebhookSecret }) => onSecret(rotateWebhookSecret.secret) },
    );
  };
  const askDelete = async () => {
    const question = { title: say('deleteTitle'), text: say('deleteText'), yes: say('delete') };
    if (!(await confirm(question))) return;
    remove.mutate({ input }, { onSuccess: () => router.push(teamPath(team.id, 'webhooks')) });
  };
  return (
    <div className={styles.actions}>
      <Button
        icon={<Send aria-hidden />}
        isDisabled={ping.isPending || !hook.active}
        onPress={() =>
          ping.mutate({ input }, { onSuccess: () => tell({ text: say('pinged'), tone: 'good' }) })
        }
      >
        {say('ping')}
      </Button>
      <Button icon={<RefreshCw aria-hidden />} isDisabled={rotate.isPending} onPress={askRotate}>
        {say('rotate')}
      </Button>
      <Button
        tone="danger"
        icon={<Trash2 aria-hidden />}
        isDisabled={remove.isPending}
        onPress={askDelete}
      >
        {say('delete')}
      </Button>
    </div>
  );
}
