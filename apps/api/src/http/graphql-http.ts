import type { Server } from 'node:http';
import { ApolloServer, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { fromNodeHeaders } from 'better-auth/node';
import type { Request, RequestHandler } from 'express';
import type { Context, Sender } from '../context.ts';
import type { PersistedDocuments } from '../documents/persisted-documents.ts';
import type { OperationGate } from '../limits/operation-gate.ts';
import { maxTokens } from '../limits.ts';
import type { Log } from '../log.ts';
import type { ApiMetrics } from '../metrics/api-metrics.ts';
import { schema } from '../schema/schema.ts';
import { shownError } from '../shown-error.ts';
import type { SignIn } from '../sign-in/sign-in.ts';
import { gatePlugin } from './gate-plugin.ts';
import { LateColumns } from './late-columns.ts';

/** How long requests in flight may take at shutdown. */
const drainMilliseconds = 5000;

/** What answers GraphQL, whichever way it comes. */
export interface GraphqlService {
  readonly makeContext: (sender: Sender) => Context;
  readonly signIn: SignIn;
  readonly gate: OperationGate;
  readonly documents: PersistedDocuments;
  readonly metrics: ApiMetrics;
  readonly log: Log;
}

export interface GraphqlOverHttp {
  readonly handler: RequestHandler;
  /** Stops the HTTP server: requests in flight end first. */
  stop(): Promise<void>;
}

/**
 * GraphQL over HTTP. Whether the schema is described is the gate's to say; there is no landing page,
 * because Apollo's loads its parts from the internet.
 */
export async function serveGraphqlOverHttp(
  httpServer: Server,
  { makeContext, signIn, gate, metrics, log }: GraphqlService,
): Promise<GraphqlOverHttp> {
  const apollo = new ApolloServer<Context>({
    schema,
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    parseOptions: { maxTokens },
    // The gate validates, once the viewer is known, the same way as for sockets.
    dangerouslyDisableValidation: true,
    includeStacktraceInErrorResponses: false,
    status400ForVariableCoercionErrors: true,
    stopOnTerminationSignals: false,
    logger: log,
    formatError: (_formatted, error) => shownError(error, log),
    plugins: [
      gatePlugin(gate, metrics, log),
      ApolloServerPluginLandingPageDisabled(),
      // No answer is cached, and looking how long it might be takes time at every field.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginDrainHttpServer({ httpServer, stopGracePeriodMillis: drainMilliseconds }),
    ],
  });
  await apollo.start();
  const contextOf = async (request: Request, { pack }: LateColumns): Promise<Context> => {
    const headers = fromNodeHeaders(request.headers);
    const viewer = await signIn.viewerOf(headers);
    return makeContext({ viewer, headers, ip: request.ip ?? null, pack });
  };
  return {
    async handler(request, response) {
      const columns = new LateColumns();
      const { status, headers, body } = await apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: requestToApollo(request),
        context: () => contextOf(request, columns),
      });
      if (body.kind !== 'complete') {
        throw new Error('An answer in parts, which the schema has no directives for.');
      }
      response.status(status ?? 200).set(Object.fromEntries(headers));
      if (columns.isEmpty) {
        response.send(body.string);
        return;
      }
      await columns.send(response, body.string).catch((error) => {
        log.warn({ err: error }, 'an answer was cut off');
      });
    },
    stop: () => apollo.stop(),
  };
}

function requestToApollo(request: Request) {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const search = new URL(request.url, 'http://localhost').search;
  return { method: request.method, headers, search, body: request.body };
}
