import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { createClient as createSocket } from 'graphql-ws';
import { ClientError, fromWireErrors, unreachable } from './client-error.ts';
import { type DocumentForm, documentInBody, documentInMessage } from './document-request.ts';
import { newRequestId } from './request-id.ts';
import { unwrapAnswers } from './subscription.ts';

export interface ClientOptions {
  /** Address of the GraphQL endpoint, http or https; subscriptions use the same address by ws or wss. */
  readonly url: string;
  /** Secret of a token; without one a browser sends the cookie of its sign-in. */
  readonly token?: string | undefined;
  /** Of a browser's sign-in, for a server that asks in the name of who asked it. */
  readonly cookie?: string | undefined;
  /** `ids` for servers that have this client's documents, as the dashboard's has; else `texts`. */
  readonly documents?: DocumentForm | undefined;
}

/** A connection to the public GraphQL API. Works in browsers and in Node 22 or later. */
export interface Client {
  /** Of the GraphQL endpoint; files are downloaded from its host. */
  readonly url: string;
  /** Sends a query or mutation. Throws {@link ClientError}. */
  request<Result, Variables>(
    document: TypedDocumentNode<Result, Variables>,
    variables: Variables,
    options?: { signal?: AbortSignal | undefined },
  ): Promise<Result>;
  /**
   * Opens one subscription on the shared socket. The iterator ends when the server completes it,
   * and throws {@link ClientError}: `UNREACHABLE` when the connection is lost (nothing is retried here).
   */
  subscribe<Result, Variables>(
    document: TypedDocumentNode<Result, Variables>,
    variables: Variables,
  ): AsyncIterableIterator<Result>;
  close(): Promise<void>;
}

/** Makes a client; nothing is sent before the first call. */
export function createClient({ url, token, cookie, documents = 'texts' }: ClientOptions): Client {
  const authorization: Record<string, string> =
    token === undefined ? {} : { authorization: `Bearer ${token}` };
  const socket = createSocket({
    url: url.replace(/^http/, 'ws'),
    connectionParams: authorization,
    retryAttempts: 0,
    // Pings make a connection that died silently (a sleeping laptop) end in an error.
    keepAlive: 10_000,
  });

  return {
    url,
    async request(document, variables, options = {}) {
      const response = await post(url, {
        headers: {
          'content-type': 'application/json',
          'x-request-id': newRequestId(),
          ...authorization,
          ...(cookie === undefined ? {} : { cookie }),
        },
        credentials: 'include',
        body: JSON.stringify({ ...documentInBody(document, documents), variables }),
        signal: options.signal ?? null,
      });
      const answer = await readAnswer(url, response);
      if (answer.errors !== undefined) throw fromWireErrors(answer.errors);
      // The document's type says what the server answers: the same SDL generated both.
      return answer.data as never;
    },
    subscribe(document, variables) {
      return unwrapAnswers(
        url,
        socket.iterate({
          ...documentInMessage(document, documents),
          variables: variables as Record<string, unknown>,
        }),
      );
    },
    async close() {
      await socket.dispose();
    },
  };
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: { message: string; extensions?: Record<string, unknown> }[];
}

async function post(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, method: 'POST' });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw unreachable(url, error);
  }
}

async function readAnswer(url: string, response: Response): Promise<Answer> {
  const text = await response.text();
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer === 'object' && answer !== null) return answer;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new ClientError(
    'UNREACHABLE',
    `${url} answered with status ${response.status} and no GraphQL result.`,
  );
}
