/** Address of a leaderboard's page. */
export function boardPath(id: string): string {
  return `/leaderboard/${encodeURIComponent(id)}`;
}
