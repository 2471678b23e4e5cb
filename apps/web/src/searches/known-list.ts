import { SearchListDocument } from '@blockwise/client';
import { type DehydratedState, dehydrate, QueryClient } from '@tanstack/react-query';
import { askForReader } from '../api/ask-for-reader.ts';
import { pagesKey } from '../api/keys.ts';
import { askedFilter, listVariables, loadListAddress } from './list-address.ts';

/** The first page of the list, as the server of the pages may know it for an address. */
export async function knownList(
  address: Record<string, string | string[] | undefined>,
): Promise<DehydratedState> {
  const { order, direction, ...filter } = loadListAddress(address);
  const variables = listVariables(askedFilter(filter), { field: order, direction });
  const list = await askForReader(SearchListDocument, variables);
  const queries = new QueryClient();
  if (list !== null) {
    const pages = { pages: [list.searches], pageParams: [null] };
    queries.setQueryData(pagesKey(SearchListDocument, variables), pages);
  }
  return dehydrate(queries);
}
