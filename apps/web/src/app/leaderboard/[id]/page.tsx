import type { Metadata } from 'next';
import { BoardView } from '../../../leaderboard/board-view.tsx';
import { Page } from '../../../ui/page.tsx';

export const metadata: Metadata = { title: 'Leaderboard' };

export default async function LeaderboardPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <Page>
      <BoardView id={decodeURIComponent(id)} />
    </Page>
  );
}
