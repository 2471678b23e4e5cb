import type { Metadata } from 'next';
import { BoardList } from '../../leaderboard/board-list.tsx';
import { Page } from '../../ui/page.tsx';

export const metadata: Metadata = { title: 'Leaderboards' };

export default function LeaderboardsPage() {
  return (
    <Page>
      <h1>Leaderboards</h1>
      <BoardList />
    </Page>
  );
}
