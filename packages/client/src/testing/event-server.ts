import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSchema, GraphQLError, parse, validate } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

const sdl = new URL('../../../../apps/api/schema.graphql', import.meta.url);
const schema = buildSchema(readFileSync(sdl, 'utf8'));

export interface EventServer {
  readonly url: string;
  /** The `after` of every subscription that was opened, in order. */
  readonly asked: (string | null)[];
  close(): Promise<void>;
}

/**
 * A graphql-ws server that knows one search, `known`, of `total` events with cursors '1', '2', …
 * Every connection is cut after `cutAfter` events.
 */
export async function startEventServer(options: {
  total: number;
  cutAfter: number;
}): Promise<EventServer> {
  const asked: (string | null)[] = [];
  const http = createServer((request, response) => {
    void answer(request).then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
  });
  const sockets = new WebSocketServer({ server: http, path: '/graphql' });
  useServer(
    {
      schema,
      validate,
      subscribe: (args) => {
        const variables = args.variableValues as { search: string; after?: string | null };
        if (variables.search !== 'known') {
          return {
            errors: [
              new GraphQLError('There is no such search.', {
                extensions: { code: 'NOT_FOUND', path: ['search'] },
              }),
            ],
          };
        }
        asked.push(variables.after ?? null);
        return events(Number(variables.after ?? 0));
      },
    },
    sockets,
  );

  async function* events(after: number) {
    for (let cursor = after + 1; cursor <= options.total; cursor += 1) {
      if (cursor - after > options.cutAfter) {
        for (const socket of sockets.clients) socket.terminate();
        return;
      }
      const event = { cursor: String(cursor), kind: 'MESSAGE' };
      yield { data: { searchEvents: { events: [event], cursor: event.cursor } } };
    }
  }

  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    asked,
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

/** A refusal with code and path for any query; no GraphQL at all for one named `Broken`. */
async function answer(request: IncomingMessage): Promise<{ status: number; body: string }> {
  let body = '';
  for await (const chunk of request) body += chunk;
  const { query } = JSON.parse(body) as { query: string };
  const [operation] = parse(query).definitions;
  if (operation?.kind === 'OperationDefinition' && operation.name?.value === 'Broken') {
    return { status: 502, body: '<h1>Bad gateway</h1>' };
  }
  const errors = [
    {
      message: 'Refused.',
      extensions: { code: 'SPEC_INVALID', path: ['input', 'spec', 'distil', 'learningRate', 0] },
    },
  ];
  return { status: 200, body: JSON.stringify({ data: null, errors }) };
}
