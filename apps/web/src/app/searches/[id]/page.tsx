import type { Metadata } from 'next';
import { SearchView } from '../../../search/search-view.tsx';
import { Page } from '../../../ui/page.tsx';

export const metadata: Metadata = { title: 'Search' };

export default async function SearchPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <Page>
      <SearchView id={decodeURIComponent(id)} />
    </Page>
  );
}
