/** Address of a search's page, or of one of the pages below it: `searchPath(id, 'cells', cell)`. */
export function searchPath(id: string, ...below: readonly string[]): string {
  return ['/searches', id, ...below]
    .map((part, at) => (at === 0 ? part : encodeURIComponent(part)))
    .join('/');
}
