import dns from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent';

export interface PostOptions {
  /** Sends to addresses of this machine and of private networks, too. */
  readonly allowPrivate: boolean;
  /** For everything: name, connection, answer. */
  readonly timeoutMilliseconds: number;
}

export interface PostRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How a POST went. */
export interface Posted {
  /** HTTP status; null without an answer. */
  readonly status: number | null;
  /** Why it counts as not received, for people; null when it was. */
  readonly error: string | null;
  readonly milliseconds: number;
}

const readBytes = 4096;
const quotedCharacters = 200;
const refused = 'The address is not on the public internet, and refused.';

/**
 * Sends a message once. Whatever the name of the host resolves to at this moment is looked at before
 * a connection is made: addresses that are not on the public internet are refused. Redirects are not
 * followed, and no more than 4 KiB of an answer are read. Never throws: what goes wrong is told.
 */
export async function post(
  { url, headers, body }: PostRequest,
  { allowPrivate, timeoutMilliseconds }: PostOptions,
): Promise<Posted> {
  const began = performance.now();
  const told = (status: number | null, error: string | null): Posted => ({
    status,
    error,
    milliseconds: performance.now() - began,
  });
  const signal = AbortSignal.timeout(timeoutMilliseconds);
  let status: number | null = null;
  try {
    const answer = await send(new URL(url), { headers, body, allowPrivate, signal });
    status = answer.statusCode ?? 0;
    const text = await beginningOf(answer);
    return told(status, errorOf(status, text));
  } catch (error) {
    return told(
      status,
      signal.aborted ? `No answer within ${timeoutMilliseconds} ms.` : reasonOf(error),
    );
  }
}

interface Sending extends Omit<PostRequest, 'url'> {
  readonly allowPrivate: boolean;
  readonly signal: AbortSignal;
}

function send(
  url: URL,
  { headers, body, allowPrivate, signal }: Sending,
): Promise<http.IncomingMessage> {
  const filter = { allowPrivateIPAddress: allowPrivate, allowMetaIPAddress: allowPrivate };
  const isSecure = url.protocol === 'https:';
  const agent = isSecure
    ? new RequestFilteringHttpsAgent(filter)
    : new RequestFilteringHttpAgent(filter);
  const { request } = isSecure ? https : http;
  return new Promise((resolve, reject) => {
    if (!allowPrivate && isCompatible(url.hostname.replace(/^\[|\]$/g, ''))) {
      reject(new Error(refused));
      return;
    }
    const outgoing = request(
      url,
      {
        method: 'POST',
        agent,
        signal,
        lookup: allowPrivate ? undefined : lookupOutside,
        headers: {
          ...headers,
          'Content-Type': 'application/json',
          'Content-Length': Buffer.byteLength(body),
          'User-Agent': 'Blockwise-Webhooks',
        },
      },
      resolve,
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/*
 * The filtering agent takes the IPv4 addresses that are written as IPv6 by the old rule, `::127.0.0.1`,
 * for public ones. Nothing public has such an address.
 */
const compatible = new BlockList();
compatible.addSubnet('::', 96, 'ipv6');

function isCompatible(address: string): boolean {
  return isIP(address) === 6 && compatible.check(address, 'ipv6');
}

const lookupOutside: LookupFunction = (hostname, options, callback) => {
  dns.lookup(hostname, options, (error, found, family) => {
    const addresses: { address: string }[] = Array.isArray(found) ? found : [{ address: found }];
    if (error === null && addresses.some(({ address }) => isCompatible(address))) {
      callback(new Error(refused), '', 0);
      return;
    }
    callback(error, found, family);
  });
};

/** The first bytes of an answer; the rest is not waited for. */
async function beginningOf(answer: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= readBytes) break;
  }
  answer.destroy();
  return Buffer.concat(chunks).subarray(0, readBytes).toString('utf8');
}

function errorOf(status: number, text: string): string | null {
  if (status >= 200 && status < 300) {
    return null;
  }
  if (status >= 300 && status < 400) {
    return `HTTP ${status}: redirects are not followed.`;
  }
  const quoted = text
    .replace(/[\p{Cc}\p{Z}\uFFFD]+/gu, ' ')
    .trim()
    .slice(0, quotedCharacters);
  return quoted === '' ? `HTTP ${status}.` : `HTTP ${status}: ${quoted}`;
}

/** Why no answer came. Of what is refused the address that a name resolved to is not told. */
function reasonOf(error: unknown): string {
  const inner = error instanceof AggregateError ? error.errors[0] : error;
  const message = inner instanceof Error ? inner.message : String(inner);
  return /is not allowed\. Because/.test(message) ? refused : message;
}
