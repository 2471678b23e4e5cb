import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { fromNodeHeaders } from 'better-auth/node';
import { GraphQLError, parse, validate } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { Sender } from '../context.ts';
import { maxRequestBytes } from '../limits.ts';
import { schema } from '../schema/schema.ts';
import { shownError } from '../shown-error.ts';
import type { GraphqlService } from './graphql-http.ts';
import { type Guard, refusalOf } from './guards.ts';

/** The protocol's own ping keeps proxies from closing quiet sockets and finds dead peers. */
const keepAliveMilliseconds = 12_000;

export interface GraphqlOverSocket {
  /** Closes every socket ("going away"): clients come back with their cursors. */
  stop(): Promise<void>;
}

/** GraphQL over WebSocket (graphql-transport-ws) on the path of the HTTP endpoint. */
export function serveGraphqlOverSocket(
  httpServer: Server,
  { makeContext, signIn, log }: GraphqlService,
  { path, guard }: { path: string; guard: Guard },
): GraphqlOverSocket {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxRequestBytes });
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const reason =
      URL.parse(request.url ?? '', 'http://localhost')?.pathname === path
        ? refusalOf(request, guard)
        : `WebSockets are served at ${path} only.`;
    if (reason === undefined) {
      sockets.handleUpgrade(request, socket, head, (client) =>
        sockets.emit('connection', client, request),
      );
      return;
    }
    socket.end(
      `HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Type: text/plain\r\n` +
        `Content-Length: ${Buffer.byteLength(reason)}\r\n\r\n${reason}`,
    );
  };
  httpServer.on('upgrade', upgrade);

  const format = (errors: readonly GraphQLError[]) => errors.map((error) => shownError(error, log));
  const { dispose } = useServer(
    {
      onSubscribe: async (
        { connectionParams, extra },
        _id,
        { query, variables, operationName },
      ) => {
        const document = parsed(query);
        if (document instanceof GraphQLError) {
          return [document];
        }
        const faults = validate(schema, document);
        return faults.length > 0
          ? faults
          : {
              schema,
              document,
              variableValues: variables,
              operationName,
              contextValue: makeContext(await senderOf(extra.request, connectionParams)),
            };
      },
      onError: (_socket, _id, _payload, errors) => format(errors),
      onNext: (_socket, _id, _payload, _args, { errors, ...rest }) =>
        errors === undefined ? undefined : { ...rest, errors: format(errors) },
    },
    sockets,
    keepAliveMilliseconds,
  );
  /** A program sends its token with the connection; a browser's cookie came with the upgrade. */
  async function senderOf(
    request: IncomingMessage,
    params: Record<string, unknown> | undefined,
  ): Promise<Sender> {
    const headers = fromNodeHeaders(request.headers);
    const { authorization } = params ?? {};
    if (typeof authorization === 'string') headers.set('authorization', authorization);
    const viewer = await signIn.viewerOf(headers);
    return { viewer, headers, ip: request.socket.remoteAddress ?? null };
  }

  return {
    async stop() {
      httpServer.off('upgrade', upgrade);
      await dispose();
    },
  };
}

/** The document of a query's text, or its syntax error. */
function parsed(query: string) {
  try {
    return parse(query);
  } catch (error) {
    if (error instanceof GraphQLError) {
      return error;
    }
    throw error;
  }
}
