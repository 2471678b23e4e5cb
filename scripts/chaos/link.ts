import { connect, createServer, type Server, type Socket } from 'node:net';

/** A connection and its continuation. */
interface Pair {
  readonly near: Socket;
  readonly far: Socket;
}

/**
 * A stretch of network: what connects to its port comes out at a server's, as long as nothing
 * happens to it.
 */
export class Link {
  readonly #server: Server;
  readonly #pairs = new Set<Pair>();
  readonly #forgotten = new Set<Socket>();
  #target: number;
  #state: 'open' | 'cut' | 'stalled' = 'open';
  #port = 0;

  /** @param target port of a server on this machine */
  constructor(target: number) {
    this.#target = target;
    this.#server = createServer({ allowHalfOpen: true }, (near) => this.#accept(near));
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('a link without a port');
    this.#port = address.port;
  }

  get port(): number {
    return this.#port;
  }

  /** New connections come out there; those that are open stay where they are. */
  lead(target: number): void {
    this.#target = target;
  }

  /** Ends every connection, and refuses new ones. */
  cut(): void {
    this.#state = 'cut';
    for (const pair of this.#pairs) destroy(pair);
  }

  /** Keeps every connection and carries nothing, as a network does whose router is gone. */
  stall(): void {
    this.#state = 'stalled';
    for (const { near, far } of this.#pairs) {
      near.pause();
      far.pause();
    }
  }

  /** Carries on: what was held back arrives late. */
  restore(): void {
    this.#state = 'open';
    for (const { near, far } of this.#pairs) {
      near.resume();
      far.resume();
    }
  }

  /**
   * Carries new connections only. Of the old ones the server is told that they have ended; the other
   * side hears nothing, ever, as behind a router that was started anew.
   */
  forget(): void {
    this.#state = 'open';
    for (const pair of this.#pairs) {
      pair.near.removeAllListeners('data');
      pair.near.resume();
      this.#forgotten.add(pair.near);
      this.#pairs.delete(pair);
      pair.far.destroy();
    }
  }

  async close(): Promise<void> {
    this.cut();
    for (const socket of this.#forgotten) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #accept(near: Socket): void {
    near.on('error', () => {});
    if (this.#state === 'cut') {
      near.resetAndDestroy();
      return;
    }
    const far = connect({ port: this.#target, host: '127.0.0.1', allowHalfOpen: true });
    const pair = { near, far };
    this.#pairs.add(pair);
    far.on('error', () => near.destroy());
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (data) => {
        if (!to.write(data)) from.pause();
      });
      to.on('drain', () => {
        if (this.#state !== 'stalled') from.resume();
      });
      from.on('end', () => to.end());
      from.on('close', () => {
        if (!this.#pairs.delete(pair)) return;
        to.destroy();
      });
    }
    if (this.#state === 'stalled') {
      near.pause();
      far.pause();
    }
  }
}

function destroy({ near, far }: Pair): void {
  near.resetAndDestroy();
  far.resetAndDestroy();
}
