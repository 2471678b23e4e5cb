import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ArtifactStore, openFolderStore } from '@blockwise/artifacts';
import type { ErrorCode } from '@blockwise/contracts';
import { createToken, ensureOwner } from '@blockwise/db';
import { openTestPlatform, type TestPlatform } from '@blockwise/db/testing';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { usualLimits } from '../limits/operation-limits.ts';
import { createLog } from '../log.ts';
import { type ApiServer, createServer } from '../server.ts';

/** An error as a client gets it. */
export interface AnsweredError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: {
    readonly code: ErrorCode;
    readonly path?: readonly (string | number)[];
    readonly issues?: readonly { path: readonly (string | number)[]; message: string }[];
    readonly nearest?: number;
    readonly requestId: string;
  };
}

// Tests read answers of many shapes; what they expect is what they check.
// biome-ignore lint/suspicious/noExplicitAny: the shape is the test's own query
export type Data = any;

interface Answer {
  readonly status: number;
  readonly data: Data;
  readonly errors: readonly AnsweredError[];
  readonly headers: Headers;
}

/** Sends operations as somebody; of a {@link TestApi} itself: as the owner. */
export interface Caller {
  /** POSTs an operation. */
  post(query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** As {@link post}, for operations that must succeed. */
  ask(query: string, variables?: Record<string, unknown>): Promise<Data>;
  /** As {@link post}, for operations that must fail with one error. */
  fail(query: string, variables?: Record<string, unknown>): Promise<AnsweredError>;
}

/** A real server on a database of its own, and the trainer's side of that database. */
export interface TestApi extends Caller {
  readonly platform: TestPlatform;
  readonly server: ApiServer;
  /** What trainers store. */
  readonly artifacts: ArtifactStore;
  /** Of the owner of the local team. */
  readonly token: string;
  /** Calls with another token, or with none (null). */
  as(token: string | null): Caller;
  /** Another server on the same database, with the same artifacts unless told. */
  startAnother(options?: { artifactFolder: null }): Promise<ApiServer>;
  close(): Promise<void>;
}

export const testOrigin = 'http://localhost:3000';

/** Where a server without artifacts of its own looks for them. */
const noArtifacts = path.join(tmpdir(), 'blockwise-no-artifacts');

export function startServerOn(
  databaseUrl: string,
  artifactFolder = noArtifacts,
  more: Partial<Parameters<typeof createServer>[0]> = {},
): Promise<ApiServer> {
  return createServer(
    {
      databaseUrl,
      artifactPlace: { kind: 'folder', folder: artifactFolder },
      port: 0,
      host: '127.0.0.1',
      secret: 'a secret of the tests, long enough',
      publicUrl: undefined,
      webOrigins: [testOrigin],
      signUp: 'INVITED',
      openId: undefined,
      heartbeatSeconds: 60,
      expireSeconds: 3600,
      monitorSeconds: 30,
      retrySeconds: 0,
      sweepHours: 0,
      sweepGraceHours: 48,
      artifactMaxBytes: 1_000_000,
      webhooks: { allowPrivate: false, retryMilliseconds: [] },
      stalledSeconds: 900,
      recheckSeconds: 10,
      pingSeconds: 12,
      metricsToken: undefined,
      backupMarker: undefined,
      databasePoolSize: 5,
      statementTimeoutSeconds: 30,
      limits: usualLimits,
      documentsFile: undefined,
      ...more,
    },
    createLog('silent'),
  );
}

/** Of the owner of the local team, who also runs the server. */
export async function ownerToken({ db }: Pick<TestPlatform, 'db'>): Promise<string> {
  const { owner } = await ensureOwner(db);
  const { secret } = await createToken(db, {
    userId: owner.id,
    teamId: null,
    name: 'test',
    scopes: ['READ', 'WRITE', 'ADMIN'],
    expiresAt: new Date(Date.now() + 366 * 24 * 3600 * 1000),
  });
  return secret;
}

export async function startTestApi(
  more: Parameters<typeof startServerOn>[2] = {},
): Promise<TestApi> {
  const platform = await openTestPlatform();
  const artifactFolder = await mkdtemp(path.join(tmpdir(), 'blockwise-artifacts-'));
  const server = await startServerOn(platform.url, artifactFolder, more);
  const token = await ownerToken(platform);
  const others: ApiServer[] = [];
  const as = (bearer: string | null) => callerOf(server.url, bearer);
  return {
    platform,
    server,
    artifacts: await openFolderStore(artifactFolder),
    token,
    as,
    ...as(token),
    async startAnother(options) {
      const other = await startServerOn(
        platform.url,
        options === undefined ? artifactFolder : noArtifacts,
        more,
      );
      others.push(other);
      return other;
    },
    async close() {
      for (const each of [server, ...others]) {
        await each.close();
      }
      await platform.close();
      await rm(artifactFolder, { recursive: true });
    },
  };
}

/** Sends operations to any server, with a token or without. */
export function callerOf(url: string, token: string | null): Caller {
  const post: Caller['post'] = async (query, variables = {}) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors = [] } = (await response.json()) as Partial<Answer>;
    return { status: response.status, data, errors, headers: response.headers };
  };
  return {
    post,
    async ask(query, variables) {
      const { data, errors } = await post(query, variables);
      if (errors.length > 0) {
        throw new Error(`unexpected errors: ${JSON.stringify(errors, null, 2)}`);
      }
      return data;
    },
    async fail(query, variables) {
      const { data, errors } = await post(query, variables);
      const [error, ...others] = errors;
      if (error === undefined || others.length > 0) {
        throw new Error(`expected one error, got ${JSON.stringify({ data, errors }, null, 2)}`);
      }
      return error;
    },
  };
}

/** A WebSocket client; it does not come back by itself. */
export function connectTo(server: ApiServer, token: string | null): Client {
  return createClient({
    ...(token === null ? {} : { connectionParams: { authorization: `Bearer ${token}` } }),
    url: server.url.replace('http:', 'ws:'),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    lazy: true,
  });
}
