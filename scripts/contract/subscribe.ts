import assert from 'node:assert/strict';
import type { Data, Variables, WireError } from './caller.ts';

/** How a subscription ended. */
export interface Subscribed {
  /** Payloads in the order in which they came. */
  readonly payloads: readonly Data[];
  /** Errors with which the server refused or ended it. */
  readonly errors: readonly WireError[];
  /** Code with which the server closed the socket, if it did so first. */
  readonly closed: number | null;
}

export interface SubscribeOptions {
  /** As the `authorization` of the connection; nobody in particular if undefined. */
  readonly authorization?: string | undefined;
  /** Leaves when what has come is enough; else when the server ends it. */
  readonly until?: (payloads: readonly Data[]) => boolean;
}

const longestSeconds = 60;

/**
 * Opens one subscription over graphql-transport-ws and reads until the server ends it, or what has
 * come is enough.
 */
export function subscribe(
  url: string,
  query: string,
  variables: Variables,
  { authorization, until = () => false }: SubscribeOptions = {},
): Promise<Subscribed> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws');
    const payloads: Data[] = [];
    const send = (message: unknown) => socket.send(JSON.stringify(message));
    const finish = (errors: readonly WireError[], closed: number | null = null) => {
      clearTimeout(timer);
      socket.close();
      resolve({ payloads, errors, closed });
    };
    const timer = setTimeout(() => {
      socket.close();
      reject(new assert.AssertionError({ message: `no end after ${longestSeconds} s` }));
    }, longestSeconds * 1000);
    socket.onopen = () =>
      send({ type: 'connection_init', payload: authorization ? { authorization } : {} });
    socket.onclose = ({ code }) => finish([], code);
    socket.onmessage = ({ data }) => {
      const { type, payload } = JSON.parse(String(data));
      if (type === 'ping') send({ type: 'pong' });
      if (type === 'connection_ack') {
        send({ id: '1', type: 'subscribe', payload: { query, variables } });
      }
      if (type === 'next') {
        if (payload.errors) return finish(payload.errors);
        payloads.push(payload.data);
        if (until(payloads)) finish([]);
      }
      if (type === 'error') finish(payload);
      if (type === 'complete') finish([]);
    };
  });
}
