import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { parse } from 'graphql';
import { afterEach, expect, test } from 'vitest';
import { createClient } from './client.ts';
import { ServerInfoDocument } from './generated/graphql.ts';
import { type EventServer, startEventServer } from './testing/event-server.ts';

let server: EventServer | undefined;
afterEach(() => server?.close());

test('a refusal carries code, message and the path of the field', async () => {
  server = await startEventServer({ total: 1, cutAfter: 1 });
  const client = createClient({ url: server.url });
  await expect(client.request(ServerInfoDocument, {})).rejects.toMatchObject({
    name: 'ClientError',
    code: 'SPEC_INVALID',
    message: 'Refused.',
    path: ['input', 'spec', 'distil', 'learningRate', 0],
  });
});

test('an answer that is not GraphQL and a closed port are both UNREACHABLE', async () => {
  server = await startEventServer({ total: 1, cutAfter: 1 });
  const broken: TypedDocumentNode<unknown, Record<string, never>> = parse('query Broken { hello }');
  const client = createClient({ url: server.url });
  await expect(client.request(broken, {})).rejects.toMatchObject({
    code: 'UNREACHABLE',
    message: expect.stringContaining('status 502'),
  });
  await server.close();
  await expect(client.request(ServerInfoDocument, {})).rejects.toMatchObject({
    code: 'UNREACHABLE',
  });
  server = undefined;
});
