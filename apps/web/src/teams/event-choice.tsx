'use client';

import type { WebhookEvent } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { Checkbox } from '../ui/fields.tsx';
import { CheckGroup } from '../ui/form.tsx';
import { webhookEvents } from './webhook-events.ts';

/** Which events a webhook sends. */
export function EventChoice({
  events,
  onChange,
}: {
  events: readonly WebhookEvent[];
  onChange: (events: WebhookEvent[]) => void;
}) {
  const say = useTranslations('teams.webhooks');
  return (
    <CheckGroup label={say('events')}>
      {webhookEvents.map((event) => (
        <Checkbox
          key={event}
          isSelected={events.includes(event)}
          onChange={(isChosen) =>
            onChange(
              webhookEvents.filter((each) => (each === event ? isChosen : events.includes(each))),
            )
          }
        >
          {say(`event.${event}`)}
        </Checkbox>
      ))}
    </CheckGroup>
  );
}
