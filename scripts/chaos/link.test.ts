import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Link } from './link.ts';

/** Answers everything with the same. */
let server: Server;
let accepted: Socket[];
let link: Link;
const sockets: Socket[] = [];

beforeEach(async () => {
  accepted = [];
  server = createServer((socket) => {
    accepted.push(socket);
    socket.on('error', () => {});
    socket.pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  link = new Link(typeof address === 'object' && address !== null ? address.port : 0);
  await link.open();
});

afterEach(async () => {
  for (const socket of [...sockets.splice(0), ...accepted]) socket.destroy();
  await link.close();
  server.close();
});

function dial(): Socket {
  const socket = connect(link.port, '127.0.0.1');
  socket.setEncoding('utf8').on('error', () => {});
  sockets.push(socket);
  return socket;
}

async function echo(socket: Socket, text: string): Promise<string> {
  socket.write(text);
  const [answer] = await once(socket, 'data');
  return answer;
}

/** `once` would take an error before for the end. */
function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()));
}

describe('a link', () => {
  it('carries both ways', async () => {
    expect(await echo(dial(), 'hello')).toBe('hello');
  });

  it('that is cut ends connections and refuses new ones, until it is restored', async () => {
    const socket = dial();
    await echo(socket, 'a');
    const ended = closed(socket);
    link.cut();
    await ended;
    await closed(dial());
    link.restore();
    expect(await echo(dial(), 'b')).toBe('b');
  });

  it('that is stalled holds everything back and loses nothing', async () => {
    const socket = dial();
    await echo(socket, 'a');
    link.stall();
    let arrived = '';
    socket.on('data', (text) => {
      arrived += text;
    });
    socket.write('b');
    await pause(50);
    expect(arrived).toBe('');
    link.restore();
    await once(socket, 'data');
    expect(arrived).toBe('b');
  });

  it('that forgets tells the server only: the other side hears nothing any more', async () => {
    const socket = dial();
    await echo(socket, 'a');
    const ended = accepted[0] && closed(accepted[0]);
    let heard = 0;
    for (const event of ['data', 'end', 'close'] as const) socket.on(event, () => (heard += 1));
    link.stall();
    link.forget();
    await ended;
    socket.write('b');
    await pause(50);
    expect(heard).toBe(0);
    expect(await echo(dial(), 'c')).toBe('c');
  });
});
