import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KeepJobDocument } from '@blockwise/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ApiConnection, connectToApi } from './api-connection.ts';

/* What a server and a network answer, one after the other. */
type Answer = 'cut off' | { readonly status: number; readonly body: unknown };
const answers: Answer[] = [];
const refusal = (code: string, more: object = {}) => ({
  status: 200,
  body: { errors: [{ message: `it is ${code}`, extensions: { code, ...more } }] },
});
const kept = { status: 200, body: { data: { keepJob: { isCancelled: false, isPaused: false } } } };
const input = { job: 'job', attempt: 1 };

let server: Server;
let connection: ApiConnection;
let asked: string[];
let troubles: string[];
beforeEach(async () => {
  asked = [];
  troubles = [];
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    const answer = answers.shift() ?? { status: 500, body: 'nothing is left to answer' };
    request.resume().on('end', () => {
      if (answer === 'cut off') request.socket.destroy();
      else response.writeHead(answer.status).end(JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/graphql`;
  connection = connectToApi({ url, token: 'secret' }, (reason) => troubles.push(reason));
});
afterEach(async () => {
  await connection.close();
  server.close();
});

test('what nobody answers is sent again, after the pause that the API asks for', async () => {
  const busy = refusal('RATE_LIMITED', { retryAfterSeconds: 0.01 });
  answers.push('cut off', { status: 502, body: 'bad gateway' }, busy, kept);
  expect(await connection.request(KeepJobDocument, { input })).toEqual(kept.body.data);
  expect(asked).toEqual(Array(4).fill('POST /graphql Bearer secret'));
  expect(troubles).toHaveLength(3);
});

test('what the API refuses is not sent again, and keeps its code', async () => {
  for (const code of ['ATTEMPT_STALE', 'UNAUTHENTICATED', 'FORBIDDEN', 'INTERNAL']) {
    answers.push(refusal(code));
    await expect(connection.request(KeepJobDocument, { input })).rejects.toMatchObject({
      name: 'DomainError',
      code,
    });
  }
  answers.push({ ...refusal('ARTIFACT_MISSING'), status: 404 });
  await expect(connection.fetch('/artifacts/x')).rejects.toMatchObject({
    code: 'ARTIFACT_MISSING',
  });
  expect(troubles).toEqual([]);
});

test('what may not be done twice is sent once', async () => {
  answers.push('cut off', kept);
  await expect(connection.once(KeepJobDocument, { input })).rejects.toMatchObject({
    code: 'UNREACHABLE',
  });
  expect(asked).toHaveLength(1);
  answers.length = 0;
});

test('files go to the host of the API, and are sent again too', async () => {
  answers.push('cut off', { status: 201, body: {} });
  const put = await connection.fetch('/artifacts/x', { method: 'PUT', body: 'x' });
  expect(put.status).toBe(201);
  expect(asked).toEqual(Array(2).fill('PUT /artifacts/x Bearer secret'));
});
