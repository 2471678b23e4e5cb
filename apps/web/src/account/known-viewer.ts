import { ViewerDocument } from '@blockwise/client';
import { type DehydratedState, dehydrate, QueryClient } from '@tanstack/react-query';
import { askForReader } from '../api/ask-for-reader.ts';
import { apiKey } from '../api/keys.ts';

/** Who reads a page, as the server of the pages may know it: the frame then comes as it will stay. */
export async function knownViewer(): Promise<DehydratedState> {
  const queries = new QueryClient();
  const viewer = await askForReader(ViewerDocument, {});
  if (viewer !== null) queries.setQueryData(apiKey(ViewerDocument, {}), viewer);
  return dehydrate(queries);
}
