'use client';

import {
  InviteMemberDocument,
  RevokeInvitationDocument,
  TeamInvitationsDocument,
  type TeamRole,
} from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { isAtLeast, teamRoles } from '../account/rights.ts';
import { ApiProblem } from '../api/api-problem.tsx';
import { useApi, useChange } from '../api/use-api.ts';
import { Button } from '../ui/button.tsx';
import { useConfirm } from '../ui/confirm.tsx';
import { Select, TextField } from '../ui/fields.tsx';
import { Form } from '../ui/form.tsx';
import { Empty, Panel, Problem, Skeleton } from '../ui/page.tsx';
import { Scroll } from '../ui/scroll.tsx';
import { Secret } from '../ui/secret.tsx';
import { Ago } from '../ui/times.tsx';
import { ForRole } from './for-role.tsx';
import { useTeam } from './team-frame.tsx';
import styles from './teams.module.css';

const days = ['1', '7', '30'] as const;

/** Links that let people in. */
export function InvitationsPanel() {
  const say = useTranslations('teams.invitations');
  return (
    <ForRole least="MAINTAINER" title={say('title')}>
      <Panel title={say('title')}>
        <div className={styles.stack}>
          <OpenInvitations />
          <InviteForm />
        </div>
      </Panel>
    </ForRole>
  );
}

function OpenInvitations() {
  const say = useTranslations('teams.invitations');
  const common = useTranslations('common');
  const { id } = useTeam();
  const confirm = useConfirm();
  const { data, error, refetch } = useApi(TeamInvitationsDocument, { team: id });
  const revoke = useChange(RevokeInvitationDocument, { renews: [TeamInvitationsDocument] });
  if (error) return <ApiProblem error={error} onRetry={refetch} />;
  if (data === undefined) return <Skeleton label={common('loading')} />;
  const invitations = data.team?.invitations ?? [];
  if (invitations.length === 0) return <Empty>{say('none')}</Empty>;
  const end = async (invitation: string) => {
    const isSure = await confirm({
      title: say('revokeTitle'),
      text: say('revokeText'),
      yes: say('revoke'),
    });
    if (isSure) revoke.mutate({ input: { invitation } });
  };
  return (
    <Scroll label={say('title')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('role')}</th>
            <th scope="col">{say('for')}</th>
            <th scope="col">{say('by')}</th>
            <th scope="col">{say('made')}</th>
            <th scope="col">{say('ends')}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {invitations.map((each) => (
            <tr key={each.id}>
              <th scope="row">{common(`role.${each.role}`)}</th>
              <td>{each.email ?? say('anybody')}</td>
              <td>{each.createdBy.name}</td>
              <td>
                <Ago at={each.createdAt} />
              </td>
              <td>
                <Ago at={each.expiresAt} />
              </td>
              <td className="number">
                <Button tone="danger" isDisabled={revoke.isPending} onPress={() => end(each.id)}>
                  {say('revoke')}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function InviteForm() {
  const say = useTranslations('teams.invitations');
  const common = useTranslations('common');
  const { id, viewerRole } = useTeam();
  const [role, setRole] = useState<TeamRole>('MEMBER');
  const [email, setEmail] = useState('');
  const [lasting, setLasting] = useState<(typeof days)[number]>('7');
  const [url, setUrl] = useState<string>();
  const invite = useChange(InviteMemberDocument, {
    renews: [TeamInvitationsDocument],
    showsOwnErrors: true,
  });
  const submit = () => {
    const input = { team: id, role, days: Number(lasting), email: email === '' ? null : email };
    invite.mutate({ input }, { onSuccess: ({ inviteMember }) => setUrl(inviteMember.url) });
  };
  return (
    <section className={`${styles.stack} ${styles.add}`} aria-label={say('make')}>
      <h3>{say('make')}</h3>
      <Form onSubmit={submit}>
        <Select
          label={say('role')}
          value={role}
          options={teamRoles
            .filter((each) => isAtLeast(viewerRole, each))
            .map((value) => ({ value, name: common(`role.${value}`) }))}
          onChange={setRole}
        />
        <Select
          label={say('lasts')}
          value={lasting}
          options={days.map((value) => ({ value, name: say('days', { days: Number(value) }) }))}
          onChange={setLasting}
        />
        <TextField
          label={say('email')}
          placeholder={say('anybody')}
          type="email"
          value={email}
          onChange={setEmail}
        />
        <Button type="submit" isDisabled={invite.isPending}>
          {say('makeLink')}
        </Button>
      </Form>
      {invite.error && <Problem>{invite.error.message}</Problem>}
      {url !== undefined && (
        <Secret about={say('once')} text={url} onClose={() => setUrl(undefined)} />
      )}
    </section>
  );
}
