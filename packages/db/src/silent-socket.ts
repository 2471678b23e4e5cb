import { Socket } from 'node:net';

/**
 * Longer than any statement or transaction of ours may take: a transaction has a minute. A server that
 * says nothing for so long while something is asked of it is not there any more.
 */
export const silenceSeconds = 75;

/**
 * Makes the sockets of connections to Postgres. A network that forgets a connection (a router that was
 * started anew, a machine that lost its power) tells neither side: what was asked would be waited for
 * until the operating system gives up, a quarter of an hour later. Such a socket ends with an error
 * after `seconds`, and whoever waits for it asks again on another one.
 */
export function silentSocket(seconds: number = silenceSeconds): () => Socket {
  return () => {
    const socket = new Socket();
    socket.setTimeout(seconds * 1000, () => {
      socket.destroy(new Error(`The database has said nothing for ${seconds} s.`));
    });
    return socket;
  };
}
