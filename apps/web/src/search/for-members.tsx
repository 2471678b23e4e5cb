'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { isAtLeast, useRole } from '../account/rights.ts';
import { useViewer } from '../account/viewer.tsx';
import { Empty } from '../ui/page.tsx';
import { useSearch } from './search-frame.tsx';

/** What members of the open search's team may do; everybody else reads who they are. */
export function ForMembers({ children }: { children: ReactNode }) {
  const say = useTranslations('search');
  const { team } = useSearch().search;
  const { viewer } = useViewer();
  const role = useRole(team.id);
  if (viewer === undefined) return null;
  if (isAtLeast(role, 'MEMBER')) return children;
  return <Empty>{say('forMembers', { team: team.name })}</Empty>;
}
