import type { Metadata } from 'next';
import { SearchList } from '../search/search-list.tsx';
import { Page } from '../ui/page.tsx';

export const metadata: Metadata = { title: { absolute: 'Searches · Blockwise' } };

export default function SearchesPage() {
  return (
    <Page>
      <h1>Searches</h1>
      <SearchList />
    </Page>
  );
}
