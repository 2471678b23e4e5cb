/** Names of this machine: cookies know only the one that they were set under. */
const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The API's address under the name by which the page was opened, where both mean this machine. */
export function sameHost(apiUrl: string, pageHost: string): string {
  const url = new URL(apiUrl);
  if (loopback.has(url.hostname) && loopback.has(pageHost)) url.hostname = pageHost;
  return url.href;
}
