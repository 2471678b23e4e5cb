import net from 'node:net';

/** Hands connections to several servers of this machine by turns. */
export interface Balancer {
  readonly url: string;
  /** Connections that each server got, in the order of the ports. */
  readonly counts: readonly number[];
  /** Gives nothing more to the server of a port. */
  leaveOut(port: number): void;
  close(): Promise<void>;
}

/** Listens before it knows the servers: they may want to know its address. */
export async function openBalancer(): Promise<
  Balancer & { serve(ports: readonly number[]): void }
> {
  let ports: readonly number[] = [];
  const counts: number[] = [];
  const left = new Set<number>();
  const open = new Set<net.Socket>();
  let turn = 0;
  const server = net.createServer((near) => {
    const able = [...ports.keys()].filter((place) => !left.has(ports[place] ?? 0));
    const place = able[turn++ % able.length] ?? 0;
    counts[place] = (counts[place] ?? 0) + 1;
    const far = net.connect(ports[place] ?? 0, '127.0.0.1');
    for (const [from, into] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      from.on('error', () => into.destroy());
      from.on('close', () => {
        open.delete(from);
        into.destroy();
      });
      from.pipe(into);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    counts,
    serve(given) {
      ports = given;
    },
    leaveOut: (gone) => left.add(gone),
    close() {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
