import { SearchListDocument, ViewerDocument } from '@blockwise/client';
import { type DehydratedState, dehydrate, QueryClient } from '@tanstack/react-query';
import { askForReader } from '../api/ask-for-reader.ts';
import { apiKey, pagesKey } from '../api/keys.ts';
import { askedFilter, listVariables, loadListAddress } from './list-address.ts';

/** The first page of the list and who reads it, as the server of the pages may know them for an address. */
export async function knownList(
  address: Record<string, string | string[] | undefined>,
): Promise<DehydratedState> {
  const { order, direction, ...filter } = loadListAddress(address);
  const variables = listVariables(askedFilter(filter), { field: order, direction });
  const [viewer, list] = await Promise.all([
    askForReader(ViewerDocument, {}),
    askForReader(SearchListDocument, variables),
  ]);
  const queries = new QueryClient();
  if (viewer !== null) queries.setQueryData(apiKey(ViewerDocument, {}), viewer);
  if (list !== null) {
    const pages = { pages: [list.searches], pageParams: [null] };
    queries.setQueryData(pagesKey(SearchListDocument, variables), pages);
  }
  return dehydrate(queries);
}
