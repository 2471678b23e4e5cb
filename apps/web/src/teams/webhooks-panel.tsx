'use client';

import { CreateWebhookDocument, TeamWebhooksDocument, type WebhookEvent } from '@blockwise/client';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ApiProblem } from '../api/api-problem.tsx';
import { useApi, useChange } from '../api/use-api.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/fields.tsx';
import { Form } from '../ui/form.tsx';
import { Empty, Panel, Problem, Skeleton } from '../ui/page.tsx';
import { Secret } from '../ui/secret.tsx';
import { Ago } from '../ui/times.tsx';
import { EventChoice } from './event-choice.tsx';
import { ForRole } from './for-role.tsx';
import { useTeam } from './team-frame.tsx';
import { teamPath } from './team-path.ts';
import styles from './teams.module.css';

/** Addresses that the team's events are sent to. */
export function WebhooksPanel() {
  const say = useTranslations('teams.webhooks');
  return (
    <ForRole least="MAINTAINER" title={say('title')}>
      <Panel title={say('title')}>
        <div className={styles.stack}>
          <p className={styles.note}>{say('about')}</p>
          <Webhooks />
          <WebhookForm />
        </div>
      </Panel>
    </ForRole>
  );
}

function Webhooks() {
  const say = useTranslations('teams.webhooks');
  const common = useTranslations('common');
  const { id } = useTeam();
  const { data, error, refetch } = useApi(TeamWebhooksDocument, { team: id });
  if (error) return <ApiProblem error={error} onRetry={refetch} />;
  if (data === undefined) return <Skeleton label={common('loading')} />;
  const webhooks = data.team?.webhooks.nodes ?? [];
  if (webhooks.length === 0) return <Empty>{say('none')}</Empty>;
  return (
    <ul className={styles.hooks}>
      {webhooks.map((hook) => (
        <li key={hook.id} className={styles.hook}>
          <div className={styles.head}>
            <Link href={teamPath(id, 'webhooks', hook.id)} className={styles.url}>
              {hook.url}
            </Link>
            <span className={styles.note}>{hook.active ? say('active') : say('inactive')}</span>
          </div>
          <div className={styles.chips}>
            {hook.events.map((event) => (
              <span key={event} className={styles.chip}>
                {say(`event.${event}`)}
              </span>
            ))}
          </div>
          <p className={styles.note}>
            {say('madeBy', { name: hook.createdBy?.name ?? common('none') })}{' '}
            <Ago at={hook.createdAt} />
          </p>
        </li>
      ))}
    </ul>
  );
}

function WebhookForm() {
  const say = useTranslations('teams.webhooks');
  const { id } = useTeam();
  const [url, setUrl] = useState('');
  const [events, setEvents] = useState<WebhookEvent[]>(['SEARCH_COMPLETE', 'SEARCH_FAILED']);
  const [secret, setSecret] = useState<string>();
  const create = useChange(CreateWebhookDocument, {
    renews: [TeamWebhooksDocument],
    showsOwnErrors: true,
  });
  const submit = () =>
    create.mutate(
      { input: { team: id, url, events } },
      {
        onSuccess: ({ createWebhook }) => {
          setSecret(createWebhook.secret);
          setUrl('');
        },
      },
    );
  return (
    <section className={`${styles.stack} ${styles.add}`} aria-label={say('make')}>
      <h3>{say('make')}</h3>
      <Form onSubmit={submit}>
        <TextField
          label={say('address')}
          placeholder="https://example.org/hooks/blockwise"
          type="url"
          isRequired
          value={url}
          onChange={setUrl}
        />
        <EventChoice events={events} onChange={setEvents} />
        <Button type="submit" isDisabled={create.isPending || events.length === 0}>
          {say('create')}
        </Button>
      </Form>
      {create.error && <Problem>{create.error.message}</Problem>}
      {secret !== undefined && (
        <Secret about={say('once')} text={secret} onClose={() => setSecret(undefined)} />
      )}
    </section>
  );
}
