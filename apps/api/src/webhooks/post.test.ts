import dns from 'node:dns';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Receiver, startReceiver } from '../testing/receiver.ts';
import { type PostOptions, post } from './post.ts';

const open: Receiver[] = [];
async function receiver(answer?: Parameters<typeof startReceiver>[0]): Promise<Receiver> {
  const started = await startReceiver(answer);
  open.push(started);
  return started;
}
afterEach(async () => {
  vi.restoreAllMocks();
  for (const each of open.splice(0)) await each.close();
});

function send(url: string, more: Partial<PostOptions> = {}) {
  const options = { allowPrivate: true, timeoutMilliseconds: 5000, ...more };
  return post({ url, headers: { 'webhook-id': 'm1' }, body: '{"größe":1}' }, options);
}

test('the body arrives as it is, once', async () => {
  const { url, received } = await receiver();
  expect(await send(url)).toEqual({
    status: 204,
    error: null,
    milliseconds: expect.any(Number),
  });
  expect(received).toHaveLength(1);
  expect(received[0]).toMatchObject({ method: 'POST', path: '/hook', body: '{"größe":1}' });
  expect(received[0]?.headers).toMatchObject({
    'content-type': 'application/json',
    'webhook-id': 'm1',
  });
});

describe('addresses that are not on the public internet are refused before a connection', () => {
  test.each([
    'http://127.0.0.1:PORT/',
    'https://127.0.0.1:PORT/',
    'http://127.1:PORT/',
    'http://2130706433:PORT/',
    'http://0x7f000001:PORT/',
    'http://0177.0.0.1:PORT/',
    'http://0.0.0.0:PORT/',
    'http://0:PORT/',
    'http://[::1]:PORT/',
    'http://[::]:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://[::ffff:7f00:1]:PORT/',
    'http://[::127.0.0.1]:PORT/',
    'http://[64:ff9b::7f00:1]:PORT/',
    'http://[2002:7f00:1::]:PORT/',
    'http://[fd00:ec2::254]/latest/meta-data/',
    'http://169.254.169.254/latest/meta-data/',
    'http://100.100.100.200/latest/meta-data/',
    'http://10.0.0.1/',
    'http://172.16.0.1/',
    'http://192.168.0.1/',
    'http://localhost:PORT/',
    'https://localhost:PORT/',
    'http://127.0.0.1.:PORT/',
  ])('%s', async (url) => {
    const { port, received } = await receiver();
    const posted = await send(url.replace('PORT', String(port)), { allowPrivate: false });
    expect(posted.status).toBeNull();
    expect(posted.error).toBe('The address is not on the public internet, and refused.');
    expect(received).toEqual([]);
  });

  test.each([
    ['127.0.0.1'],
    ['::1'],
    ['::ffff:127.0.0.1'],
    ['::7f00:1'],
    ['192.168.1.1'],
    // One public address does not vouch for the others.
    ['93.184.215.14', '127.0.0.1'],
  ])('a public name that leads to %s', async (...addresses) => {
    const { port, received } = await receiver();
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    vi.spyOn(dns, 'lookup').mockImplementation(((
      _name: string,
      options: { all?: boolean },
      callback: (...answer: unknown[]) => void,
    ) => {
      if (options.all) callback(null, found);
      else callback(null, found[0]?.address, found[0]?.family);
    }) as never);
    const url = `http://hooks.example.org:${port}/`;
    const posted = await send(url, { allowPrivate: false });
    expect(posted.error).toBe('The address is not on the public internet, and refused.');
    expect(received).toEqual([]);
  });
});

test('redirects are not followed', async () => {
  const inner = await receiver();
  for (const status of [301, 302, 303, 307, 308]) {
    const outer = await receiver((response) => {
      response.writeHead(status, { Location: inner.url }).end();
    });
    expect(await send(outer.url)).toMatchObject({
      status,
      error: `HTTP ${status}: redirects are not followed.`,
    });
    expect(outer.received).toHaveLength(1);
  }
  expect(inner.received).toEqual([]);
});

test('an error is quoted, cut, on one line', async () => {
  const { url } = await receiver((response) => {
    response.writeHead(500).end(`no\u0000 such\n\ntable ${'x'.repeat(500)}`);
  });
  const { status, error } = await send(url);
  expect(status).toBe(500);
  expect(error).toMatch(/^HTTP 500: no such table x+$/);
  expect(error).toHaveLength('HTTP 500: '.length + 200);
});

test('no more of an answer is read than its beginning', async () => {
  let written = 0;
  const { url } = await receiver((response) => {
    const chunk = Buffer.alloc(64 * 1024, 120);
    response.writeHead(200);
    const write = () => {
      if (response.destroyed) return;
      written += chunk.length;
      response.write(chunk, () => setImmediate(write));
    };
    write();
  });
  expect(await send(url)).toMatchObject({ status: 200, error: null });
  // It never ends, and only what lies in buffers was sent.
  expect(written).toBeLessThan(50_000_000);
});

test('who does not answer, or not to the end, is not waited for', async () => {
  const silent = await receiver(() => undefined);
  expect(await send(silent.url, { timeoutMilliseconds: 100 })).toMatchObject({
    status: null,
    error: 'No answer within 100 ms.',
  });
  const slow = await receiver((response) => {
    response.writeHead(200).write('a');
  });
  expect(await send(slow.url, { timeoutMilliseconds: 100 })).toMatchObject({
    status: 200,
    error: 'No answer within 100 ms.',
  });
});

test('nobody there is an error, not a fault', async () => {
  const { url, close } = await startReceiver();
  await close();
  expect(await send(url)).toMatchObject({ status: null, error: expect.stringMatching(/REFUSED/) });
});
