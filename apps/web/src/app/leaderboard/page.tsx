import type { Metadata } from 'next';
import { Leaderboard } from '../../search/leaderboard.tsx';
import { Page } from '../../ui/page.tsx';

export const metadata: Metadata = { title: 'Leaderboard' };

export default function LeaderboardPage() {
  return (
    <Page>
      <h1>Leaderboard</h1>
      <Leaderboard />
    </Page>
  );
}
