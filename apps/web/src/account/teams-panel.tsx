'use client';

import {
  type AccountQuery,
  CreateTeamDocument,
  InviteMemberDocument,
  type TeamRole,
} from '@blockwise/client';
import { type FormEvent, useState } from 'react';
import { useClient } from '../api/api-provider.tsx';
import { formatWord } from '../ui/format.ts';
import { Panel, Problem } from '../ui/page.tsx';
import styles from './account.module.css';
import { Field } from './field.tsx';
import { useAction } from './use-action.ts';

type Membership = NonNullable<AccountQuery['viewer']>['memberships'][number];

const inviters: ReadonlySet<TeamRole> = new Set(['MAINTAINER', 'OWNER']);

/** Your teams with their members, and what it takes to make and to fill one. */
export function TeamsPanel({ memberships }: { memberships: readonly Membership[] }) {
  const client = useClient();
  const [name, setName] = useState('');
  const [link, setLink] = useState<{ team: string; url: string }>();
  const { isBusy, error, run } = useAction();

  const make = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      await client.request(CreateTeamDocument, { input: { name } });
      setName('');
    });
  };
  const invite = (team: string) =>
    run(async () => {
      const { inviteMember } = await client.request(InviteMemberDocument, { input: { team } });
      setLink({ team, url: inviteMember.url });
    });

  return (
    <Panel title="Teams">
      <table>
        <thead>
          <tr>
            <th scope="col">Team</th>
            <th scope="col">Your role</th>
            <th scope="col">Members</th>
            <th scope="col">
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {memberships.map(({ role, team }) => (
            <tr key={team.id}>
              <td>{team.name}</td>
              <td>{formatWord(role)}</td>
              <td>{team.members.map(({ user }) => user.name).join(', ')}</td>
              <td>
                {inviters.has(role) && (
                  <button
                    type="button"
                    className={styles.action}
                    disabled={isBusy}
                    onClick={() => invite(team.id)}
                  >
                    Invite a member
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {link && (
        <p role="status">
          Send this link to the person; it is good for one, for a week:
          <code className={styles.secret}>{link.url}</code>
        </p>
      )}
      <form className={styles.form} onSubmit={make}>
        <Field
          label="Name of a new team"
          required
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <button type="submit" className={styles.action} disabled={isBusy}>
          Make team
        </button>
      </form>
      {error && <Problem>{error.message}</Problem>}
    </Panel>
  );
}
