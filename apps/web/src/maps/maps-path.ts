import { searchPath } from '../search/search-path.ts';

/** Address of a cell's feature maps; of its best path unless another is named. */
export function mapsPath(
  search: string,
  { block, index }: { readonly block: number; readonly index: number },
  path?: string,
): string {
  const chosen = new URLSearchParams({ cell: `${block}.${index}`, ...(path && { path }) });
  return `${searchPath(search, 'maps')}?${chosen}`;
}
