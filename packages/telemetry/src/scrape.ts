import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isLoopbackAuthority, isLoopbackHost } from '@blockwise/contracts';
import type { Registry } from 'prom-client';

/** Why a request may not read metrics. */
export interface ScrapeRefusal {
  readonly status: 401 | 403;
  readonly reason: string;
}

/**
 * Whether a request may read metrics: with the token as its bearer where there is one, from anywhere;
 * without one only programs of this machine, which no page of a website can pass for (it shows in
 * `Host`), nor anybody behind a proxy.
 */
export function refusalOfScrape(
  { headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>,
  token: string | undefined,
): ScrapeRefusal | undefined {
  if (token !== undefined) {
    return isSame(headers.authorization ?? '', `Bearer ${token}`)
      ? undefined
      : { status: 401, reason: 'Metrics are for whoever has METRICS_TOKEN, as a bearer.' };
  }
  const peer = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const isNear =
    isLoopbackHost(peer) &&
    isLoopbackAuthority(headers.host) &&
    headers['x-forwarded-for'] === undefined &&
    headers.forwarded === undefined;
  return isNear
    ? undefined
    : { status: 403, reason: 'Metrics are for this machine alone while METRICS_TOKEN is not set.' };
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Answers a request for metrics in the text format of Prometheus, or refuses it. */
export async function answerScrape(
  request: IncomingMessage,
  response: ServerResponse,
  { token, registries }: { token: string | undefined; registries: readonly Registry[] },
): Promise<void> {
  const refusal = refusalOfScrape(request, token);
  if (refusal !== undefined) {
    response.writeHead(refusal.status, { 'Content-Type': 'text/plain' }).end(`${refusal.reason}\n`);
    return;
  }
  const texts = await Promise.all(registries.map((each) => each.metrics()));
  const [first] = registries;
  response
    .writeHead(200, { 'Content-Type': first?.contentType ?? 'text/plain' })
    .end(texts.join('\n'));
}
