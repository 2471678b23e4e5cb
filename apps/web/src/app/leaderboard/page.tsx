import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { BoardList } from '../../leaderboard/board-list.tsx';
import { Page } from '../../ui/page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const say = await getTranslations('shell');
  return { title: say('leaderboards') };
}

export default async function LeaderboardsPage() {
  const say = await getTranslations('shell');
  return (
    <Page title={say('leaderboards')}>
      <BoardList />
    </Page>
  );
}
