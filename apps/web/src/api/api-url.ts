/**
 * Address of the GraphQL endpoint as browsers reach it: `API_URL`, by default the api's own default
 * on this machine. Throws when it is not an address.
 */
export function apiUrl(): string {
  const url = process.env.API_URL ?? 'http://127.0.0.1:4000/graphql';
  if (!URL.canParse(url)) throw new Error(`API_URL is not an address: ${url}`);
  return url;
}
