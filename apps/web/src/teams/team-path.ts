/** Address of a team's page, or of one of the pages below it: `teamPath(id, 'webhooks')`. */
export function teamPath(id: string, ...below: readonly string[]): string {
  return ['/teams', ...[id, ...below].map(encodeURIComponent)].join('/');
}
