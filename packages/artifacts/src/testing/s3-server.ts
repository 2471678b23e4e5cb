/// <reference path="./s3rver.d.ts" />
import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import S3rver from '@20minutes/s3rver';
import type { S3Place } from '../s3-store.ts';

/** A server of S3's protocol with an empty bucket, and the key to it in the variables of AWS. */
export interface S3Server {
  readonly place: S3Place & { readonly endpoint: string };
  close(): Promise<void>;
}

/** Whether a request is for a bucket, not for an object in it. */
const wholeBucket = new AsyncLocalStorage<boolean>();

/**
 * The server leaves out the slash with which AWS's client ends the address of a bucket when it
 * calculates signatures: those of requests for a bucket are not checked, those for objects are.
 */
class Server extends S3rver {
  get allowMismatchedSignatures(): boolean {
    return wholeBucket.getStore() === true;
  }

  set allowMismatchedSignatures(_: boolean) {
    // The constructor sets it for all requests.
  }
}

/**
 * The server that `S3_TEST_ENDPOINT` names, with its bucket `S3_TEST_BUCKET` (it is emptied) and the
 * key of the variables of AWS; otherwise one of this process.
 */
export async function openS3Server(): Promise<S3Server> {
  const { S3_TEST_ENDPOINT: endpoint, S3_TEST_BUCKET: bucket = 'blockwise-test' } = process.env;
  const place = { bucket, prefix: 'team-one/artifacts/', region: 'us-east-1' };
  if (endpoint !== undefined) {
    return { place: { ...place, endpoint }, close: async () => {} };
  }
  const directory = await mkdtemp(path.join(tmpdir(), 'blockwise-s3-'));
  const server = new Server({
    ...{ address: '127.0.0.1', port: 0, directory, silent: true },
    configureBuckets: [{ name: bucket }],
  });
  server.middleware.unshift((asked, next) => wholeBucket.run(/^\/[^/]+\/$/.test(asked.path), next));
  const { port } = await server.run();
  // The only key that it knows.
  process.env.AWS_ACCESS_KEY_ID = 'S3RVER';
  process.env.AWS_SECRET_ACCESS_KEY = 'S3RVER';
  return {
    place: { ...place, endpoint: `http://127.0.0.1:${port}` },
    async close() {
      await server.close();
      await rm(directory, { recursive: true });
    },
  };
}
