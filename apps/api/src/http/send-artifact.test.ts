import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ArtifactStore, openFolderStore } from '@blockwise/artifacts';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLog } from '../log.ts';
import { sendArtifact } from './send-artifact.ts';

let folder: string;
let artifacts: ArtifactStore;
let url: string;
let close: () => void;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'blockwise-artifacts-'));
  artifacts = await openFolderStore(folder);
  const app = express();
  app.get('/:sha256', async ({ params: { sha256 } }, response) => {
    await sendArtifact(
      { artifacts, log: createLog('silent') },
      sha256,
      { ETag: `"${sha256}"` },
      response,
    );
  });
  const server = app.listen(0);
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () => server.close();
});
afterAll(async () => {
  close();
  await rm(folder, { recursive: true });
});

/** More than is read at once. */
const content = new Uint8Array(1_000_000).fill(7);

async function damaged(bytes: Uint8Array): Promise<string> {
  const { sha256 } = await artifacts.put(bytes);
  await writeFile(path.join(folder, sha256.slice(0, 2), sha256), bytes.fill(8, -1));
  return sha256;
}

test('the whole is sent, with its length, and not again to who has it', async () => {
  const { sha256 } = await artifacts.put(content);
  const answer = await fetch(`${url}/${sha256}`);
  expect(answer.headers.get('content-length')).toBe('1000000');
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(content);
  const head = await fetch(`${url}/${sha256}`, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length')]).toEqual([200, '1000000']);
  const headers = { 'If-None-Match': `"${sha256}"`, 'Cache-Control': 'max-age=0' };
  const again = await fetch(`${url}/${sha256}`, { headers });
  expect([again.status, await again.text()]).toEqual([304, '']);
});

test('what is gone or damaged is refused', async () => {
  const small = await damaged(new Uint8Array(10));
  for (const sha256 of ['a'.repeat(64), small, 'no-hash']) {
    const answer = await fetch(`${url}/${sha256}`);
    expect(answer.status).toBe(404);
    expect((await answer.json()).errors[0].extensions.code).toBe('ARTIFACT_MISSING');
  }
});

test('damage that shows at the end cuts the connection', async () => {
  const answer = await fetch(`${url}/${await damaged(content.slice())}`);
  expect(answer.status).toBe(200);
  await expect(answer.arrayBuffer()).rejects.toThrow();
});
