'use client';

import {
  type DeliveryDetailFragment,
  type DeliveryState,
  RedeliverWebhookDocument,
  WebhookDeliveriesDocument,
} from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { parseAsString, parseAsStringLiteral, useQueryState } from 'nuqs';
import { Fragment } from 'react';
import { ApiProblem } from '../api/api-problem.tsx';
import { useChange } from '../api/use-api.ts';
import { usePages } from '../api/use-pages.ts';
import { Button } from '../ui/button.tsx';
import { Segments } from '../ui/fields.tsx';
import { formatMilliseconds } from '../ui/format.ts';
import { Empty, Panel, Skeleton } from '../ui/page.tsx';
import { Scroll } from '../ui/scroll.tsx';
import { Ago, Moment } from '../ui/times.tsx';
import { DeliveryChip } from './delivery-chip.tsx';
import styles from './teams.module.css';

const pageSize = 20;
const refreshSeconds = 5;
const shownStates = ['ALL', 'PENDING', 'DELIVERED', 'FAILED'] as const satisfies readonly (
  | DeliveryState
  | 'ALL'
)[];

/** What was sent in the last 30 days, how often it was tried, and what was answered. */
export function DeliveryLog({ webhook }: { webhook: string }) {
  const say = useTranslations('teams.deliveries');
  const common = useTranslations('common');
  const [state, setState] = useQueryState(
    'state',
    parseAsStringLiteral(shownStates).withDefault('ALL'),
  );
  const log = usePages(
    WebhookDeliveriesDocument,
    { webhook, first: pageSize, filter: state === 'ALL' ? null : { state } },
    ({ node }) => (node?.__typename === 'Webhook' ? node.deliveries : undefined),
    // What is still to be sent changes by itself.
    { everySeconds: refreshSeconds },
  );
  return (
    <Panel
      title={say('title')}
      aside={
        <Segments
          label={say('state')}
          value={state}
          options={shownStates.map((value) => ({ value, name: say(`states.${value}`) }))}
          onChange={setState}
        />
      }
    >
      <div className={styles.stack}>
        {log.error && <ApiProblem error={log.error} onRetry={log.again} />}
        {log.items === undefined && !log.error && <Skeleton label={common('loading')} />}
        {log.items?.length === 0 && <Empty>{say('none')}</Empty>}
        {log.items !== undefined && log.items.length > 0 && <Deliveries rows={log.items} />}
        {log.more && (
          <div>
            <Button isDisabled={log.isReading} onPress={log.more}>
              {common('more')}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}

function Deliveries({ rows }: { rows: readonly DeliveryDetailFragment[] }) {
  const say = useTranslations('teams.deliveries');
  const event = useTranslations('teams.webhooks.event');
  const common = useTranslations('common');
  const [opened, open] = useQueryState('delivery', parseAsString);
  const again = useChange(RedeliverWebhookDocument, { renews: [WebhookDeliveriesDocument] });
  return (
    <Scroll label={say('title')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('at')}</th>
            <th scope="col">{say('event')}</th>
            <th scope="col">{say('state')}</th>
            <th scope="col" className="number">
              {say('attempts')}
            </th>
            <th scope="col">{say('answer')}</th>
            <th scope="col" className="number">
              {say('took')}
            </th>
            <td />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Fragment key={row.id}>
              <tr>
                <td>
                  <Moment at={row.createdAt} />
                </td>
                <td>{event(row.event)}</td>
                <td>
                  <DeliveryChip state={row.state} />
                  {row.nextAttemptAt != null && (
                    <span className={styles.note}>
                      {' '}
                      {say('next')} <Ago at={row.nextAttemptAt} />
                    </span>
                  )}
                </td>
                <td className="number">{row.attempts}</td>
                <td className={styles.wrap}>
                  {[row.lastStatus, row.lastError].filter((part) => part != null).join(' · ') ||
                    common('none')}
                </td>
                <td className="number">
                  {row.lastMilliseconds == null
                    ? common('none')
                    : formatMilliseconds(row.lastMilliseconds)}
                </td>
                <td>
                  <span className={styles.deeds}>
                    <Button
                      tone="quiet"
                      aria-expanded={opened === row.id}
                      onPress={() => open(opened === row.id ? null : row.id)}
                    >
                      {say('message')}
                    </Button>
                    <Button
                      tone="quiet"
                      isDisabled={again.isPending || row.state === 'PENDING'}
                      onPress={() => again.mutate({ input: { delivery: row.id } })}
                    >
                      {say('again')}
                    </Button>
                  </span>
                </td>
              </tr>
              {opened === row.id && (
                <tr>
                  <td colSpan={7}>
                    <pre className={styles.message}>{JSON.stringify(row.message, null, 2)}</pre>
                  </td>
                </tr>
              )}
            </Fragment>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
