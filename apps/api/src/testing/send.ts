import { request as httpRequest } from 'node:http';
import type { AnsweredError } from './test-api.ts';

/** An answer over HTTP with everything that is in it. */
export interface Sent {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly data: unknown;
  readonly errors: readonly AnsweredError[];
  readonly extensions: Record<string, unknown>;
}

/** Sends any request, as JSON unless its headers say otherwise; a header of no text is left out. */
export async function send(
  url: string,
  {
    body,
    headers = {},
    method = 'POST',
  }: { body?: unknown; headers?: Record<string, string>; method?: string } = {},
): Promise<Sent> {
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: Object.entries({ 'Content-Type': 'application/json', ...headers }).filter(
      ([, value]) => value !== '',
    ) as [string, string][],
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const { data, errors = [], extensions = {} } = asAnswer(text);
  return { status: response.status, headers: response.headers, text, data, errors, extensions };
}

function asAnswer(text: string): Partial<Sent> {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return {};
  }
}

/** Status of a request whose headers `fetch` would not send as they are. */
export function statusOf(
  port: number,
  options: { method?: string; path?: string; headers?: Record<string, string> },
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { port, host: '127.0.0.1', path: '/graphql', ...options },
      (response) => {
        response.resume();
        resolve(response.statusCode);
      },
    );
    request.on('error', reject);
    request.end();
  });
}
