import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { TeamList } from '../../teams/team-list.tsx';
import { Page } from '../../ui/page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const say = await getTranslations('teams');
  return { title: say('title') };
}

export default async function TeamsPage() {
  const say = await getTranslations('teams');
  return (
    <Page title={say('title')}>
      <TeamList />
    </Page>
  );
}
