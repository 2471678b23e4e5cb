import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ArtifactStore, openFolderStore } from '@blockwise/artifacts';
import type { ErrorCode } from '@blockwise/contracts';
import { openTestPlatform, type TestPlatform } from '@blockwise/db/testing';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
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

/** A real server on a database of its own, and the trainer's side of that database. */
export interface TestApi {
  readonly platform: TestPlatform;
  readonly server: ApiServer;
  /** What trainers store. */
  readonly artifacts: ArtifactStore;
  /** POSTs an operation. */
  post(query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** As {@link post}, for operations that must succeed. */
  ask(query: string, variables?: Record<string, unknown>): Promise<Data>;
  /** As {@link post}, for operations that must fail with one error. */
  fail(query: string, variables?: Record<string, unknown>): Promise<AnsweredError>;
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
): Promise<ApiServer> {
  return createServer(
    {
      databaseUrl,
      artifactFolder,
      port: 0,
      host: '127.0.0.1',
      webOrigins: [testOrigin],
      heartbeatSeconds: 60,
      expireSeconds: 3600,
      monitorSeconds: 30,
      databasePoolSize: 5,
    },
    createLog('silent'),
  );
}

export async function startTestApi(): Promise<TestApi> {
  const platform = await openTestPlatform();
  const artifactFolder = await mkdtemp(path.join(tmpdir(), 'blockwise-artifacts-'));
  const server = await startServerOn(platform.url, artifactFolder);
  const others: ApiServer[] = [];
  const post = (query: string, variables: Record<string, unknown> = {}) =>
    postTo(server.url, query, variables);
  return {
    platform,
    server,
    artifacts: await openFolderStore(artifactFolder),
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
      const [error, ...more] = errors;
      if (error === undefined || more.length > 0) {
        throw new Error(`expected one error, got ${JSON.stringify({ data, errors }, null, 2)}`);
      }
      return error;
    },
    async startAnother(options) {
      const other = await startServerOn(
        platform.url,
        options === undefined ? artifactFolder : noArtifacts,
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

/** POSTs an operation to any server. */
async function postTo(
  url: string,
  query: string,
  variables: Record<string, unknown>,
): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors = [] } = (await response.json()) as Partial<Answer>;
  return { status: response.status, data, errors, headers: response.headers };
}

/** A WebSocket client; it does not come back by itself. */
export function connectTo(server: ApiServer): Client {
  return createClient({
    url: server.url.replace('http:', 'ws:'),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    lazy: true,
  });
}
