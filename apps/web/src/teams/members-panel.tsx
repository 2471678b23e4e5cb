'use client';

import {
  ChangeRoleDocument,
  LeaveTeamDocument,
  RemoveMemberDocument,
  TeamDocument,
  type TeamRole,
  TeamsDocument,
  ViewerDocument,
} from '@blockwise/client';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { teamRoles } from '../account/rights.ts';
import { useViewer } from '../account/viewer.tsx';
import { useChange } from '../api/use-api.ts';
import { Button } from '../ui/button.tsx';
import { useConfirm } from '../ui/confirm.tsx';
import { Select } from '../ui/fields.tsx';
import { Panel } from '../ui/page.tsx';
import { Scroll } from '../ui/scroll.tsx';
import { Ago } from '../ui/times.tsx';
import { tell } from '../ui/toasts.tsx';
import { type OpenTeam, useTeam } from './team-frame.tsx';
import styles from './teams.module.css';

type Member = OpenTeam['members'][number];

/** Who is in the team, and as what. */
export function MembersPanel() {
  const say = useTranslations('teams');
  const common = useTranslations('common');
  const { viewer } = useViewer();
  const { members, viewerRole } = useTeam();
  const isOwner = viewerRole === 'OWNER';
  return (
    <Panel title={say('members')} aside={<LeaveButton />}>
      <div className={styles.stack}>
        <Scroll label={say('members')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{say('person')}</th>
                <th scope="col">{say('email')}</th>
                <th scope="col">{say('role')}</th>
                <th scope="col">{say('since')}</th>
                {isOwner && <td />}
              </tr>
            </thead>
            <tbody>
              {members.map((member) => (
                <tr key={member.user.id}>
                  <th scope="row">
                    {member.user.name}
                    {member.user.id === viewer?.user.id && ` (${say('you')})`}
                  </th>
                  <td>{member.user.email ?? common('none')}</td>
                  <td>
                    {isOwner ? <RoleChoice member={member} /> : common(`role.${member.role}`)}
                  </td>
                  <td>
                    <Ago at={member.since} />
                  </td>
                  {isOwner && (
                    <td className="number">
                      {member.user.id !== viewer?.user.id && <RemoveButton member={member} />}
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
        {!isOwner && <p className={styles.note}>{say('ownersChange')}</p>}
        <dl className={styles.roles}>
          {teamRoles.map((role) => (
            <div key={role}>
              <dt>{common(`role.${role}`)}</dt>
              <dd>{say(`may.${role}`)}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Panel>
  );
}

function RoleChoice({ member: { role, user } }: { member: Member }) {
  const say = useTranslations('teams');
  const common = useTranslations('common');
  const { id } = useTeam();
  const { viewer } = useViewer();
  const confirm = useConfirm();
  const change = useChange(ChangeRoleDocument, { renews: [TeamDocument, ViewerDocument] });
  const choose = async (next: TeamRole) => {
    if (next === role) return;
    // Who gives up the own rights cannot take them back.
    if (user.id === viewer?.user.id) {
      const isSure = await confirm({
        title: say('ownRoleTitle', { role: common(`role.${next}`) }),
        text: say('ownRoleText'),
        yes: say('changeRole'),
      });
      if (!isSure) return;
    }
    change.mutate(
      { input: { team: id, user: user.id, role: next } },
      {
        onSuccess: () =>
          tell({
            text: say('roleChanged', { name: user.name, role: common(`role.${next}`) }),
            tone: 'good',
            ...(user.id !== viewer?.user.id && {
              undo: () => change.mutate({ input: { team: id, user: user.id, role } }),
            }),
          }),
      },
    );
  };
  return (
    <Select
      label={say('roleOf', { name: user.name })}
      isLabelHidden
      value={role}
      options={teamRoles.map((value) => ({ value, name: common(`role.${value}`) }))}
      onChange={choose}
    />
  );
}

function RemoveButton({ member: { user } }: { member: Member }) {
  const say = useTranslations('teams');
  const { id, name } = useTeam();
  const confirm = useConfirm();
  const remove = useChange(RemoveMemberDocument, { renews: [TeamDocument] });
  const press = async () => {
    const isSure = await confirm({
      title: say('removeTitle', { name: user.name, team: name }),
      text: say('removeText'),
      yes: say('remove'),
    });
    if (isSure) remove.mutate({ input: { team: id, user: user.id } });
  };
  return (
    <Button
      tone="danger"
      aria-label={say('removeNamed', { name: user.name })}
      isDisabled={remove.isPending}
      onPress={press}
    >
      {say('remove')}
    </Button>
  );
}

function LeaveButton() {
  const say = useTranslations('teams');
  const { id, name, viewerRole } = useTeam();
  const router = useRouter();
  const confirm = useConfirm();
  const leave = useChange(LeaveTeamDocument, { renews: [ViewerDocument, TeamsDocument] });
  if (viewerRole == null) return null;
  const press = async () => {
    const isSure = await confirm({
      title: say('leaveTitle', { team: name }),
      text: say('leaveText'),
      yes: say('leave'),
    });
    if (isSure) leave.mutate({ input: { team: id } }, { onSuccess: () => router.push('/teams') });
  };
  return (
    <Button isDisabled={leave.isPending} onPress={press}>
      {say('leave')}
    </Button>
  );
}
