'use client';

import type { TeamRole } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { isAtLeast } from '../account/rights.ts';
import { Empty, Panel } from '../ui/page.tsx';
import { useTeam } from './team-frame.tsx';

/** A part of a team's pages for `least` and higher roles; others read whom to ask. */
export function ForRole({
  least,
  title,
  children,
}: {
  least: TeamRole;
  title: string;
  children: ReactNode;
}) {
  const say = useTranslations('teams');
  const { viewerRole, members } = useTeam();
  if (isAtLeast(viewerRole, least)) return children;
  const allowed = members.filter(({ role }) => isAtLeast(role, least));
  return (
    <Panel title={title}>
      <Empty>
        {say(least === 'OWNER' ? 'forOwners' : 'forMaintainers', {
          names: allowed.map(({ user }) => user.name).join(', '),
        })}
      </Empty>
    </Panel>
  );
}
