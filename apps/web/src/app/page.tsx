import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { SearchList } from '../searches/search-list.tsx';
import { Page } from '../ui/page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const say = await getTranslations('shell');
  return { title: say('searches') };
}

export default async function SearchesPage() {
  const say = await getTranslations('shell');
  return (
    <Page title={say('searches')}>
      <SearchList />
    </Page>
  );
}
