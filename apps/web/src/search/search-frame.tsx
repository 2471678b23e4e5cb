'use client';

import { useTranslations } from 'next-intl';
import { createContext, type ReactNode, useContext } from 'react';
import { ApiProblem } from '../api/api-problem.tsx';
import { type LiveSearch, useLiveSearch } from '../live/use-live-search.ts';
import { Page, Problem, Skeleton } from '../ui/page.tsx';
import { SectionLinks } from '../ui/section-links.tsx';
import { SearchHead } from './search-head.tsx';
import { searchPath } from './search-path.ts';

/** A search that is there, and what follows it. */
export interface OpenSearch extends LiveSearch {
  readonly search: NonNullable<LiveSearch['search']>;
}

const SearchContext = createContext<OpenSearch | null>(null);

/** The search whose pages are open: read once and followed live for all of them. */
export function useSearch(): OpenSearch {
  const open = useContext(SearchContext);
  if (open === null) throw new Error('useSearch is called outside of SearchFrame.');
  return open;
}

/** Head and ways of a search's pages; what they show of it stays while one goes from page to page. */
export function SearchFrame({ id, children }: { id: string; children: ReactNode }) {
  const say = useTranslations('search');
  const common = useTranslations('common');
  const live = useLiveSearch(id);
  const { search, error, connected } = live;
  if (search == null) {
    return (
      <Page title={say('title')}>
        {search === null ? (
          <Problem>{say('none')}</Problem>
        ) : error ? (
          <ApiProblem error={error} />
        ) : (
          <Skeleton lines={8} label={common('loading')} />
        )}
      </Page>
    );
  }
  return (
    <SearchContext value={{ ...live, search }}>
      <Page>
        <SearchHead search={search} />
        {error && <ApiProblem error={error} />}
        {!connected && <Problem>{say('lost')}</Problem>}
        <SectionLinks
          label={say('pages.label')}
          links={[
            { href: searchPath(id), name: say('pages.overview') },
            { href: searchPath(id, 'cells'), name: say('pages.cells'), isFolder: true },
            { href: searchPath(id, 'budgets'), name: say('pages.budgets') },
            { href: searchPath(id, 'networks'), name: say('pages.networks'), isFolder: true },
            { href: searchPath(id, 'maps'), name: say('pages.maps') },
            { href: searchPath(id, 'trust'), name: say('pages.trust') },
          ]}
        />
        {children}
      </Page>
    </SearchContext>
  );
}
