import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { DomainError } from '@blockwise/contracts';
import { type Work, within } from '@blockwise/telemetry';
import { fromNodeHeaders } from 'better-auth/node';
import { type ExecutionArgs, execute, GraphQLError, getOperationAST } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { Sender } from '../context.ts';
import { textOf } from '../documents/expand-documents.ts';
import { subscribeShared } from '../events/shared-payload.ts';
import { callerOf } from '../limits/caller.ts';
import type { Cost } from '../limits/operation-gate.ts';
import { type RateLimit, RateLimitedError } from '../limits/rate.ts';
import { refused } from '../limits/refused.ts';
import { maxRequestBytes, maxSocketOperations } from '../limits.ts';
import type { OperationKind } from '../metrics/api-metrics.ts';
import { schema } from '../schema/schema.ts';
import { shownError } from '../shown-error.ts';
import { outcomeOf } from './gate-plugin.ts';
import type { GraphqlService } from './graphql-http.ts';
import { type Guard, refusalOf } from './guards.ts';

export interface GraphqlOverSocket {
  /** Sockets that are open. */
  count(): number;
  /** Closes every socket ("going away"): clients come back with their cursors. */
  stop(): Promise<void>;
}

export interface SocketOptions {
  readonly path: string;
  readonly guard: Guard;
  readonly rate: RateLimit;
  /**
   * How often the server pings: it keeps proxies from closing quiet sockets, and a peer that has not
   * answered by the next one is gone, or does not read.
   */
  readonly pingMilliseconds: number;
}

/** An operation that the gate has let in. */
interface Operation extends ExecutionArgs {
  readonly cost?: Cost;
  readonly requestId?: string;
  /** Of the clock of `performance`. */
  readonly began?: number;
}

/** GraphQL over WebSocket (graphql-transport-ws) on the path of the HTTP endpoint. */
export function serveGraphqlOverSocket(
  httpServer: Server,
  { makeContext, signIn, gate, documents, metrics, log }: GraphqlService,
  { path, guard, rate, pingMilliseconds }: SocketOptions,
): GraphqlOverSocket {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxRequestBytes });
  const upgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    const hangUp = () => socket.destroy();
    socket.on('error', hangUp);
    const refusal = await refusalOfSocket(request);
    socket.off('error', hangUp);
    if (refusal === undefined) {
      sockets.handleUpgrade(request, socket, head, (client) =>
        sockets.emit('connection', client, request),
      );
      return;
    }
    const { status, reason } = refusal;
    socket.end(
      `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain\r\n` +
        `Content-Length: ${Buffer.byteLength(reason)}\r\n\r\n${reason}`,
    );
  };
  /** Why a request gets no socket, or undefined. */
  async function refusalOfSocket(
    request: IncomingMessage,
  ): Promise<{ status: string; reason: string } | undefined> {
    const reason =
      URL.parse(request.url ?? '', 'http://localhost')?.pathname === path
        ? refusalOf(request, guard)
        : `WebSockets are served at ${path} only.`;
    if (reason !== undefined) return { status: '403 Forbidden', reason };
    try {
      await rate.spend(request.socket.remoteAddress ?? '', 1);
      return undefined;
    } catch (error) {
      if (!(error instanceof RateLimitedError)) throw error;
      return { status: '429 Too Many Requests', reason: error.message };
    }
  }
  httpServer.on('upgrade', upgrade);

  const format = (errors: readonly GraphQLError[]) => errors.map((error) => shownError(error, log));
  const { dispose } = useServer(
    {
      onSubscribe: async (
        { connectionParams, extra, subscriptions },
        _id,
        { query, variables, operationName, extensions },
      ) => {
        if (Object.keys(subscriptions).length > maxSocketOperations) {
          const message = `A socket may have ${maxSocketOperations} operations under way.`;
          return [refused('TOO_COMPLEX', message)];
        }
        const sender = await senderOf(extra.request, connectionParams);
        const caller = callerOf(sender);
        const source = parsed(query, extensions?.documentId);
        if (source instanceof GraphQLError) return [source];
        const operation = {
          ...source,
          variables: variables ?? {},
          operationName: operationName ?? undefined,
        };
        const { errors, cost } = await gate.admit(operation, caller);
        if (errors.length > 0) return errors;
        metrics.cost(kindOf(operation), cost?.requested ?? 0);
        return {
          schema,
          document: source.document,
          variableValues: variables,
          operationName,
          contextValue: makeContext(sender),
          hideSuggestions: !caller.isSignedIn,
          cost,
          // An operation of a socket is a request of its own.
          requestId: randomUUID(),
          began: performance.now(),
        };
      },
      execute: (args: Operation) => within(workOf(args), () => execute(args)),
      subscribe: (args: Operation) => within(workOf(args), () => subscribeShared(args)),
      onOperation: (_socket, _id, _payload, _operation, answer) => {
        if (Symbol.asyncIterator in answer) metrics.operation('subscription', 'OK');
      },
      onError: (_socket, _id, _payload, found) => {
        const errors = format(found);
        metrics.operation('unknown', outcomeOf({ errors }));
        return errors;
      },
      onNext: (_socket, _id, _payload, operation: Operation, answer) => {
        const { errors: found, extensions, ...rest } = answer;
        const errors = found && within(workOf(operation), () => format(found));
        const answered = { ...rest, ...(errors && { errors }) };
        const kind = kindOf(operation);
        if (kind !== 'subscription' || errors !== undefined) {
          const seconds = (performance.now() - (operation.began ?? 0)) / 1000;
          metrics.operation(
            kind,
            outcomeOf(answered),
            kind === 'subscription' ? undefined : seconds,
          );
        }
        return { ...answered, extensions: { ...extensions, cost: operation.cost } };
      },
    },
    sockets,
    pingMilliseconds,
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

  /** An operation by its text, or by the id of its document; or what is wrong with either. */
  function parsed(query: string, documentId: unknown) {
    try {
      const source = documentId === undefined ? query : textOf(documents, documentId);
      return { source, document: gate.parse(source) };
    } catch (error) {
      if (error instanceof GraphQLError) return error;
      if (error instanceof DomainError) {
        return new GraphQLError(error.message, { originalError: error });
      }
      throw error;
    }
  }

  return {
    count: () => sockets.clients.size,
    async stop() {
      httpServer.off('upgrade', upgrade);
      await dispose();
    },
  };
}

function kindOf({
  document,
  operationName,
}: Pick<ExecutionArgs, 'document' | 'operationName'>): OperationKind {
  return getOperationAST(document, operationName)?.operation ?? 'unknown';
}

function workOf({ requestId = null }: { readonly requestId?: string | null }): Work {
  return { requestId };
}
