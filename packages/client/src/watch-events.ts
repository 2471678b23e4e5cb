import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { Client } from './client.ts';
import { type ClientError, isPassing } from './client-error.ts';

export interface WatchOptions {
  /** Cursor of the last event already seen; only later events are delivered. */
  readonly after?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called for every lost connection before it is tried again. */
  readonly onLost?: ((error: ClientError) => void) | undefined;
  /** Without a connection for this long, the last failure is thrown. */
  readonly giveUpAfterSeconds?: number | undefined;
}

const firstPauseSeconds = 0.25;
const longestPauseSeconds = 5;

/**
 * Events of a subscription that goes on from a cursor, in their order, each exactly once, until it
 * completes. A lost connection is taken up again after the last event that arrived.
 *
 * @throws ClientError when the API refuses, or cannot be reached for `giveUpAfterSeconds` (60).
 */
export async function* watchEvents<
  Data,
  Variables extends { after?: string | null | undefined },
  Event extends { readonly cursor: string },
>(
  client: Client,
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  eventsOf: (data: Data) => readonly Event[],
  options: WatchOptions,
): AsyncGenerator<Event, void, void> {
  const giveUpAfterSeconds = options.giveUpAfterSeconds ?? 60;
  let after = options.after;
  let pauseSeconds = firstPauseSeconds;
  let lostAt: number | undefined;

  while (!options.signal?.aborted) {
    const pages = client.subscribe(document, { ...variables, after: after ?? null });
    const stop = () => void pages.return?.();
    options.signal?.addEventListener('abort', stop, { once: true });
    try {
      for await (const page of pages) {
        lostAt = undefined;
        pauseSeconds = firstPauseSeconds;
        for (const event of eventsOf(page)) {
          after = event.cursor;
          yield event;
        }
      }
      return;
    } catch (error) {
      if (!isPassing(error)) throw error;
      lostAt ??= performance.now();
      if (performance.now() - lostAt > giveUpAfterSeconds * 1000) throw error;
      options.onLost?.(error);
    } finally {
      options.signal?.removeEventListener('abort', stop);
      await pages.return?.();
    }
    await pause(pauseSeconds, options.signal);
    pauseSeconds = Math.min(2 * pauseSeconds, longestPauseSeconds);
  }
}

/** Resolves after `seconds`, or at once when the signal fires. */
function pause(seconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, seconds * 1000);
    signal?.addEventListener('abort', finish, { once: true });
    if (signal?.aborted) finish();
  });
}
