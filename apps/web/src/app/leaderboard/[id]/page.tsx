import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { BoardView } from '../../../leaderboard/board-view.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const say = await getTranslations('leaderboard');
  return { title: say('one') };
}

export default async function LeaderboardPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <BoardView id={decodeURIComponent(id)} />;
}
