import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request as requestByHttp } from 'node:http';
import { request as requestByHttps } from 'node:https';
import type { Duplex } from 'node:stream';
import type { Data, Variables } from './caller.ts';

const longestSeconds = 60;

/**
 * Opens a subscription, reads one payload and breaks the connection, without a word to the server: what
 * a network does. `WebSocket` always says that it leaves, so the frames are written by hand.
 */
export async function breakAfterOne(
  url: string,
  query: string,
  variables: Variables,
  authorization: string | undefined,
): Promise<Data> {
  const socket = await upgrade(url);
  const timer = setTimeout(
    () => socket.destroy(new Error(`no payload in ${longestSeconds} s`)),
    longestSeconds * 1000,
  );
  try {
    const messages = messagesOf(socket);
    const send = (message: unknown) => socket.write(textFrame(JSON.stringify(message)));
    send({ type: 'connection_init', payload: authorization ? { authorization } : {} });
    for await (const { type, payload } of messages) {
      if (type === 'ping') send({ type: 'pong' });
      if (type === 'connection_ack') {
        send({ id: '1', type: 'subscribe', payload: { query, variables } });
      }
      if (type === 'next' || type === 'error' || type === 'complete') {
        assert.ok(type === 'next' && !payload.errors, `no payload: ${JSON.stringify(payload)}`);
        return payload.data;
      }
    }
    assert.fail('the server hung up');
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}

async function upgrade(url: string): Promise<Duplex> {
  const request = (url.startsWith('https:') ? requestByHttps : requestByHttp)(url, {
    headers: {
      ...{ Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13' },
      'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
      'Sec-WebSocket-Protocol': 'graphql-transport-ws',
    },
    signal: AbortSignal.timeout(longestSeconds * 1000),
  });
  request.end();
  const [, socket, head]: [unknown, Duplex, Buffer] = (await Promise.race([
    once(request, 'upgrade'),
    once(request, 'response').then(([{ statusCode }]) =>
      assert.fail(`no socket, but status ${statusCode}`),
    ),
  ])) as [unknown, Duplex, Buffer];
  socket.unshift(head);
  return socket;
}

/** One text message of a client: final, masked by zeros, which leaves the bytes as they are. */
function textFrame(text: string): Buffer {
  const bytes = Buffer.from(text);
  assert.ok(bytes.length < 0x10000, 'operations of the suite are short');
  const header = Buffer.from([
    0x81,
    0x80 | 126,
    bytes.length >> 8,
    bytes.length & 0xff,
    0,
    0,
    0,
    0,
  ]);
  return Buffer.concat([header, bytes]);
}

/** Messages of a server, which are frames of text; what else it sends is left out. */
async function* messagesOf(socket: Duplex): AsyncGenerator<Data> {
  let held = Buffer.alloc(0);
  let text = '';
  for await (const chunk of socket) {
    held = Buffer.concat([held, chunk]);
    for (let frame = frameOf(held); frame !== undefined; frame = frameOf(held)) {
      held = held.subarray(frame.end);
      if (frame.opcode > 1) continue;
      text += frame.payload.toString();
      if (!frame.isFinal) continue;
      yield JSON.parse(text);
      text = '';
    }
  }
}

/** The first frame of some bytes, if it is there to its end. */
function frameOf(bytes: Buffer) {
  const [first = 0, second = 0] = bytes;
  const wide = { 126: 2, 127: 8 }[second] ?? 0;
  const begin = 2 + wide;
  if (bytes.length < begin) return undefined;
  const length = wide === 0 ? second : bytes.readUIntBE(Math.max(2, begin - 6), Math.min(wide, 6));
  const end = begin + length;
  if (bytes.length < end) return undefined;
  return {
    ...{ isFinal: first >= 0x80, opcode: first & 0x0f, end },
    payload: bytes.subarray(begin, end),
  };
}
