'use client';

import { AccountDocument } from '@blockwise/client';
import Link from 'next/link';
import { useClient } from '../api/api-provider.tsx';
import { usePolled } from '../api/use-polled.ts';
import { Empty, Panel, Problem } from '../ui/page.tsx';
import { ProfilePanel } from './profile-panel.tsx';
import { TeamsPanel } from './teams-panel.tsx';
import { TokensPanel } from './tokens-panel.tsx';

const refreshSeconds = 5;

/** Your name and password, your teams, and the tokens of your programs. */
export function AccountView() {
  const client = useClient();
  const { value, error } = usePolled(
    (signal) => client.request(AccountDocument, {}, { signal }),
    refreshSeconds,
  );
  if (error) return <Problem>{error.message}</Problem>;
  if (value === undefined) return <Empty>Loading…</Empty>;
  if (value.viewer === null || value.viewer === undefined) {
    return (
      <Panel title="Your account">
        <Empty>
          Nobody is signed in. <Link href="/sign-in">Sign in</Link>
        </Empty>
      </Panel>
    );
  }
  const { user, memberships } = value.viewer;
  return (
    <>
      <ProfilePanel name={user.name} email={user.email ?? ''} />
      <TeamsPanel memberships={memberships} />
      <TokensPanel
        tokens={user.tokens.nodes}
        teams={memberships.map(({ team }) => ({ id: team.id, name: team.name }))}
      />
    </>
  );
}
