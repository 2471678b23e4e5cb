'use client';

import { CreateTeamDocument, TeamsDocument, ViewerDocument } from '@blockwise/client';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useViewer } from '../account/viewer.tsx';
import { ApiProblem } from '../api/api-problem.tsx';
import { useChange } from '../api/use-api.ts';
import { usePages } from '../api/use-pages.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/fields.tsx';
import { Form } from '../ui/form.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { Empty, Panel, Skeleton } from '../ui/page.tsx';
import { Scroll } from '../ui/scroll.tsx';
import { teamPath } from './team-path.ts';

const pageSize = 50;
const shownMembers = 4;

/** Your teams, and what it takes to make or to join one. */
export function TeamList() {
  const { viewer } = useViewer();
  const say = useTranslations('teams');
  const common = useTranslations('common');
  if (viewer === undefined) return <Skeleton label={common('loading')} />;
  if (viewer === null) {
    return (
      <Panel title={say('mine')}>
        <Empty>{say('signInFirst')}</Empty>
        <LinkButton href="/sign-in" tone="main">
          {say('signIn')}
        </LinkButton>
      </Panel>
    );
  }
  return (
    <>
      <MyTeams />
      <MakeTeam />
      <JoinTeam />
    </>
  );
}

function MyTeams() {
  const say = useTranslations('teams');
  const common = useTranslations('common');
  const teams = usePages(TeamsDocument, { first: pageSize }, (data) => ({
    ...data.teams,
    totalCount: data.teams.nodes.length,
  }));
  return (
    <Panel title={say('mine')}>
      {teams.error && <ApiProblem error={teams.error} onRetry={teams.again} />}
      {teams.items === undefined && !teams.error && <Skeleton label={common('loading')} />}
      {teams.items?.length === 0 && <Empty>{say('none')}</Empty>}
      {teams.items !== undefined && teams.items.length > 0 && (
        <Scroll label={say('mine')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{say('team')}</th>
                <th scope="col">{say('yourRole')}</th>
                <th scope="col" className="number">
                  {say('count')}
                </th>
                <th scope="col">{say('members')}</th>
              </tr>
            </thead>
            <tbody>
              {teams.items.map(({ id, name, viewerRole, members }) => (
                <tr key={id}>
                  <th scope="row">
                    <Link href={teamPath(id)}>{name}</Link>
                  </th>
                  <td>{viewerRole && common(`role.${viewerRole}`)}</td>
                  <td className="number">{members.length}</td>
                  <td>
                    {members
                      .slice(0, shownMembers)
                      .map(({ user }) => user.name)
                      .join(', ')}
                    {members.length > shownMembers && ' …'}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {teams.more && (
        <Button isDisabled={teams.isReading} onPress={teams.more}>
          {common('more')}
        </Button>
      )}
    </Panel>
  );
}

function MakeTeam() {
  const say = useTranslations('teams');
  const router = useRouter();
  const [name, setName] = useState('');
  const create = useChange(CreateTeamDocument, {
    renews: [TeamsDocument, ViewerDocument],
    showsOwnErrors: true,
  });
  return (
    <Panel title={say('make')}>
      <Form
        onSubmit={() =>
          create.mutate(
            { input: { name } },
            { onSuccess: ({ createTeam }) => router.push(teamPath(createTeam.id)) },
          )
        }
      >
        <TextField
          label={say('name')}
          isRequired
          maxLength={100}
          value={name}
          onChange={setName}
          error={create.error?.message}
        />
        <Button type="submit" isDisabled={create.isPending}>
          {say('makeTeam')}
        </Button>
      </Form>
    </Panel>
  );
}

/** The link of an invitation, for who has it as text. */
function JoinTeam() {
  const say = useTranslations('teams');
  const router = useRouter();
  const [link, setLink] = useState('');
  const secret = secretOf(link);
  return (
    <Panel title={say('join')}>
      <Form onSubmit={() => router.push(`/invitation#${secret}`)}>
        <TextField
          label={say('invitationLink')}
          hint={say('invitationHint')}
          isRequired
          value={link}
          onChange={setLink}
        />
        <Button type="submit" isDisabled={secret === ''}>
          {say('openInvitation')}
        </Button>
      </Form>
    </Panel>
  );
}

/** What stands behind `#` of an invitation's link, or the secret alone. */
function secretOf(link: string): string {
  return link.trim().split('#').at(-1) ?? '';
}
