import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { BoardView } from '../../../leaderboard/board-view.tsx';

/** Whoever has the address may read the board, so it is not to be found or passed on by machines. */
export async function generateMetadata(): Promise<Metadata> {
  const say = await getTranslations('leaderboard');
  return {
    title: say('one'),
    robots: { index: false, follow: false },
    referrer: 'no-referrer',
  };
}

export default async function SharedPage({ params }: { params: Promise<{ secret: string }> }) {
  const { secret } = await params;
  return <BoardView secret={decodeURIComponent(secret)} />;
}
