import type { BenchApi } from './server.ts';

/** Sends a query as a notebook does; answers its data and how long it took to have read it. */
export async function ask<T>(
  { url, token }: BenchApi,
  query: string,
  variables: object,
): Promise<{ data: T; ms: number }> {
  const start = performance.now();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: T; errors?: { message: string }[] };
  const [error] = errors ?? [];
  if (error !== undefined) throw new Error(error.message);
  return { data, ms: performance.now() - start };
}

/** Opaque id of a row. */
export function globalId(type: string, id: string): string {
  return Buffer.from(`${type}:${id}`).toString('base64url');
}
