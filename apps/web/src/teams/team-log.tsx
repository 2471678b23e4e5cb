'use client';

import { TeamAuditLogDocument, type TeamAuditLogQuery } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { parseAsString, useQueryStates } from 'nuqs';
import { ApiProblem } from '../api/api-problem.tsx';
import { usePages } from '../api/use-pages.ts';
import { Button } from '../ui/button.tsx';
import { Select } from '../ui/fields.tsx';
import { Empty, Panel, Skeleton } from '../ui/page.tsx';
import { Scroll } from '../ui/scroll.tsx';
import { Moment } from '../ui/times.tsx';
import { ForRole } from './for-role.tsx';
import { loggedActions } from './logged-actions.ts';
import { useTeam } from './team-frame.tsx';
import styles from './teams.module.css';

type Line = NonNullable<TeamAuditLogQuery['team']>['auditLog']['nodes'][number];

const pageSize = 50;

/** What was done in the team: every change, by whom, from where. */
export function TeamLog() {
  const say = useTranslations('teams');
  return (
    <ForRole least="MAINTAINER" title={say('log.title')}>
      <Log />
    </ForRole>
  );
}

function Log() {
  const say = useTranslations('teams.log');
  const common = useTranslations('common');
  const { id, members } = useTeam();
  const [{ action, person }, choose] = useQueryStates({
    action: parseAsString.withDefault(''),
    person: parseAsString.withDefault(''),
  });
  const lines = usePages(
    TeamAuditLogDocument,
    { team: id, action: action || null, user: person || null, first: pageSize },
    ({ team }) => team?.auditLog,
  );
  return (
    <Panel
      title={say('title')}
      aside={
        <div className={styles.actions}>
          <Select
            label={say('action')}
            value={action}
            options={[
              { value: '', name: say('all') },
              ...loggedActions.map((value) => ({ value, name: value })),
            ]}
            onChange={(next) => choose({ action: next || null })}
          />
          <Select
            label={say('person')}
            value={person}
            options={[
              { value: '', name: say('everybody') },
              ...members.map(({ user }) => ({ value: user.id, name: user.name })),
            ]}
            onChange={(next) => choose({ person: next || null })}
          />
        </div>
      }
    >
      <div className={styles.stack}>
        {lines.error && <ApiProblem error={lines.error} onRetry={lines.again} />}
        {lines.items === undefined && !lines.error && <Skeleton label={common('loading')} />}
        {lines.items?.length === 0 && <Empty>{say('none')}</Empty>}
        {lines.items !== undefined && lines.items.length > 0 && (
          <>
            <p className={styles.note}>
              {say('shown', { shown: lines.items.length, total: lines.totalCount })}
            </p>
            <LineTable lines={lines.items} />
          </>
        )}
        {lines.more && (
          <div>
            <Button isDisabled={lines.isReading} onPress={lines.more}>
              {common('more')}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}

function LineTable({ lines }: { lines: readonly Line[] }) {
  const say = useTranslations('teams.log');
  const common = useTranslations('common');
  return (
    <Scroll label={say('title')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('at')}</th>
            <th scope="col">{say('person')}</th>
            <th scope="col">{say('action')}</th>
            <th scope="col">{say('subject')}</th>
            <th scope="col">{say('from')}</th>
            <th scope="col">{say('request')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id}>
              <td>
                <Moment at={line.at} />
              </td>
              <td>
                {line.user?.name ?? common('none')}
                {line.byToken && <span className={styles.note}> {say('byToken')}</span>}
              </td>
              <td>{line.action}</td>
              <td>
                {line.subject == null ? (
                  common('none')
                ) : (
                  <code title={line.subject}>{short(line.subject)}</code>
                )}
              </td>
              <td>{line.ip ?? common('none')}</td>
              <td>
                <code title={line.requestId}>{line.requestId.slice(0, 8)}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** Ids differ at their end. */
function short(id: string): string {
  return id.length > 16 ? `…${id.slice(-12)}` : id;
}
