import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { knownList } from '../searches/known-list.ts';
import { SearchList } from '../searches/search-list.tsx';
import { Page } from '../ui/page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const say = await getTranslations('shell');
  return { title: say('searches') };
}

/** Comes with its first rows, so that they are there before any script has run. */
export default async function SearchesPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const [say, known] = await Promise.all([getTranslations('shell'), searchParams.then(knownList)]);
  return (
    <Page title={say('searches')}>
      <HydrationBoundary state={known}>
        <SearchList />
      </HydrationBoundary>
    </Page>
  );
}
