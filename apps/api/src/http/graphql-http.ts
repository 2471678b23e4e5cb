import type { Server } from 'node:http';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { expressMiddleware } from '@as-integrations/express5';
import { fromNodeHeaders } from 'better-auth/node';
import type { RequestHandler } from 'express';
import type { Context, Sender } from '../context.ts';
import type { PersistedDocuments } from '../documents/persisted-documents.ts';
import type { OperationGate } from '../limits/operation-gate.ts';
import { maxTokens } from '../limits.ts';
import type { Log } from '../log.ts';
import { schema } from '../schema/schema.ts';
import { shownError } from '../shown-error.ts';
import type { SignIn } from '../sign-in/sign-in.ts';
import { gatePlugin } from './gate-plugin.ts';

/** How long requests in flight may take at shutdown. */
const drainMilliseconds = 5000;

/** What answers GraphQL, whichever way it comes. */
export interface GraphqlService {
  readonly makeContext: (sender: Sender) => Context;
  readonly signIn: SignIn;
  readonly gate: OperationGate;
  readonly documents: PersistedDocuments;
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
  { makeContext, signIn, gate, log }: GraphqlService,
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
      gatePlugin(gate, log),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginDrainHttpServer({ httpServer, stopGracePeriodMillis: drainMilliseconds }),
    ],
  });
  await apollo.start();
  return {
    handler: expressMiddleware(apollo, {
      context: async ({ req }) => {
        const headers = fromNodeHeaders(req.headers);
        const viewer = await signIn.viewerOf(headers);
        return makeContext({ viewer, headers, ip: req.ip ?? null });
      },
    }),
    stop: () => apollo.stop(),
  };
}
