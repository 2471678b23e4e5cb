'use client';

import { TeamDocument, type TeamQuery } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { createContext, type ReactNode, useContext } from 'react';
import { ApiProblem } from '../api/api-problem.tsx';
import { useApi } from '../api/use-api.ts';
import { Page, Problem, Skeleton } from '../ui/page.tsx';
import { SectionLinks } from '../ui/section-links.tsx';
import { teamPath } from './team-path.ts';
import styles from './teams.module.css';

export type OpenTeam = NonNullable<TeamQuery['team']>;

const TeamContext = createContext<OpenTeam | null>(null);

/** The team whose pages are open. */
export function useTeam(): OpenTeam {
  const team = useContext(TeamContext);
  if (team === null) throw new Error('useTeam is called outside of TeamFrame.');
  return team;
}

/** Head and ways of a team's pages. */
export function TeamFrame({ id, children }: { id: string; children: ReactNode }) {
  const say = useTranslations('teams');
  const common = useTranslations('common');
  const { data, error, refetch } = useApi(TeamDocument, { id });
  const team = data?.team;
  if (team == null) {
    return (
      <Page title={say('team')}>
        {error ? (
          <ApiProblem error={error} onRetry={refetch} />
        ) : team === null ? (
          <Problem>{say('noTeam')}</Problem>
        ) : (
          <Skeleton lines={6} label={common('loading')} />
        )}
      </Page>
    );
  }
  return (
    <TeamContext value={team}>
      <Page
        title={team.name}
        aside={
          team.viewerRole && (
            <span className={styles.note}>
              {say('youAre', { role: common(`role.${team.viewerRole}`) })}
            </span>
          )
        }
      >
        <SectionLinks
          label={say('pages.label')}
          links={[
            { href: teamPath(id), name: say('pages.members') },
            { href: teamPath(id, 'invitations'), name: say('pages.invitations') },
            { href: teamPath(id, 'tokens'), name: say('pages.tokens') },
            { href: teamPath(id, 'webhooks'), name: say('pages.webhooks'), isFolder: true },
            { href: teamPath(id, 'log'), name: say('pages.log') },
            { href: teamPath(id, 'settings'), name: say('pages.settings') },
          ]}
        />
        {children}
      </Page>
    </TeamContext>
  );
}
