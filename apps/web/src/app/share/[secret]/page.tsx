import type { Metadata } from 'next';
import { BoardView } from '../../../leaderboard/board-view.tsx';
import { Page } from '../../../ui/page.tsx';

/** Whoever has the address may read the board, so it is not to be found or passed on by machines. */
export const metadata: Metadata = {
  title: 'Leaderboard',
  robots: { index: false, follow: false },
  referrer: 'no-referrer',
};

export default async function SharedPage({ params }: { params: Promise<{ secret: string }> }) {
  const { secret } = await params;
  return (
    <Page>
      <BoardView secret={decodeURIComponent(secret)} />
    </Page>
  );
}
