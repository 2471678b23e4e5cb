import { createServer as createHttpServer, type Server } from 'node:http';
import { ensureOwner } from '@blockwise/db';
import express from 'express';
import { createContextFactory } from './context.ts';
import { expandDocuments } from './documents/expand-documents.ts';
import { readPersistedDocuments } from './documents/persisted-documents.ts';
import type { ApiEnv } from './env.ts';
import { createArtifactRoutes } from './http/artifact-routes.ts';
import { createBadgeRoutes } from './http/badge-routes.ts';
import { createDownloadRoutes } from './http/download-routes.ts';
import { createExplorerRoutes } from './http/explorer-routes.ts';
import { serveGraphqlOverHttp } from './http/graphql-http.ts';
import { serveGraphqlOverSocket } from './http/graphql-socket.ts';
import { guardRequests, shareWithDashboard } from './http/guards.ts';
import { createHealthRoutes } from './http/health.ts';
import { createMetricsRoute } from './http/metrics-route.ts';
import { answerErrors, answerNotFound } from './http/refusal.ts';
import { identifyRequests } from './http/request-id.ts';
import { safeAnswers } from './http/safe-answers.ts';
import { createSignInRoutes } from './http/sign-in-routes.ts';
import { createTrainerArtifactRoutes } from './http/trainer-artifact-routes.ts';
import { OperationGate } from './limits/operation-gate.ts';
import { limitRequests, requestRate } from './limits/request-rate.ts';
import {
  headersTimeoutSeconds,
  maxHeaderBytes,
  maxRequestBytes,
  requestTimeoutSeconds,
} from './limits.ts';
import { LinkSigner } from './links/link-signer.ts';
import type { Log } from './log.ts';
import { openResources } from './resources.ts';
import { schema } from './schema/schema.ts';
import { createSignIn } from './sign-in/sign-in.ts';

const graphqlPath = '/graphql';

export interface ApiServer {
  /** Of the GraphQL endpoint; `ws:` instead of `http:` for subscriptions. */
  readonly url: string;
  readonly port: number;
  /** Makes the owner where there is no account that runs the server, and a link to sign in; else null. */
  firstSignInLink(): Promise<{ url: string; expiresAt: Date } | null>;
  /** Subscriptions that are being served. */
  subscriptionCount(): number;
  /** Stops accepting, closes sockets, lets requests in flight end, then closes the database. */
  close(): Promise<void>;
}

/**
 * Starts the API and resolves when it accepts requests. Port 0 takes a free one.
 *
 * @throws Error with one clear line when the database cannot be used or the port is taken
 */
export async function createServer(env: Omit<ApiEnv, 'logLevel'>, log: Log): Promise<ApiServer> {
  const documents =
    env.documentsFile === undefined ? new Map() : readPersistedDocuments(env.documentsFile);
  const resources = await openResources(env, log);
  const { hub, leaderboardHub, trainerHub, metrics } = resources;
  const httpServer = createHttpServer({
    maxHeaderSize: maxHeaderBytes,
    headersTimeout: headersTimeoutSeconds * 1000,
    requestTimeout: requestTimeoutSeconds * 1000,
  });
  try {
    const port = await listen(httpServer, env.port, env.host);
    const host = env.host.includes(':') ? `[${env.host}]` : env.host;
    const ownUrl = `http://${host}:${port}`;
    const { webOrigins } = env;
    const publicUrl = env.publicUrl ?? ownUrl;
    const signIn = createSignIn(resources.database, { ...env, publicUrl });
    const guard = { webOrigins, publicUrl };
    const links = new LinkSigner(env.secret);
    const makeContext = createContextFactory({
      ...resources,
      signIn,
      links,
      log,
      recheckMilliseconds: env.recheckSeconds * 1000,
    });
    const { perMinute } = resources.rates;
    const gate = new OperationGate(schema, env.limits, documents, perMinute);
    const service = { makeContext, signIn, gate, documents, metrics, log };
    const http = await serveGraphqlOverHttp(httpServer, service);
    const rate = requestRate(env.limits.requestsPerMinute, perMinute);
    const socket = serveGraphqlOverSocket(httpServer, service, {
      path: graphqlPath,
      guard,
      rate,
      pingMilliseconds: env.pingSeconds * 1000,
    });
    metrics.watch({
      sockets: socket.count,
      subscriptions: () => ({
        searches: hub.watcherCount,
        leaderboards: leaderboardHub.watcherCount,
        trainers: trainerHub.watcherCount,
      }),
    });
    const app = express();
    app.disable('x-powered-by');
    app.set('trust proxy', env.publicUrl === undefined ? false : 'loopback, uniquelocal');
    app.use(identifyRequests(log));
    app.use(safeAnswers);
    app.use(createMetricsRoute(metrics, env.metricsToken));
    app.use(guardRequests(guard));
    app.use(createHealthRoutes(resources, log));
    app.use(limitRequests(rate));
    app.use(
      createTrainerArtifactRoutes({ ...resources, signIn, log, maxBytes: env.artifactMaxBytes }),
    );
    app.use(createArtifactRoutes(resources, links, log));
    app.use(createBadgeRoutes(resources));
    app.use(createDownloadRoutes(resources, links, log));
    app.use(createSignInRoutes(signIn));
    app.use(createExplorerRoutes(signIn, graphqlPath));
    app.use(
      graphqlPath,
      shareWithDashboard(),
      express.json({ limit: maxRequestBytes }),
      expandDocuments(documents),
      http.handler,
    );
    app.use(answerNotFound);
    app.use(answerErrors(log));
    httpServer.on('request', app);
    return {
      url: `${ownUrl}${graphqlPath}`,
      port,
      async firstSignInLink() {
        const { owner, isNew } = await ensureOwner(resources.database);
        return isNew ? signIn.linkFor(owner.email) : null;
      },
      subscriptionCount: () =>
        hub.watcherCount + leaderboardHub.watcherCount + trainerHub.watcherCount,
      async close() {
        await socket.stop();
        await http.stop();
        await resources.close();
      },
    };
  } catch (error) {
    httpServer.close();
    await resources.close();
    throw error;
  }
}

/** Listens, and resolves to the port. */
function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`Port ${port} of ${host} is taken by another process.`, { cause: error })
          : error,
      );
    });
    server.listen(port, host, () => {
      const address = server.address();
      if (address === null || typeof address === 'string') {
        reject(new Error('the HTTP server listens on no port'));
        return;
      }
      resolve(address.port);
    });
  });
}
