import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openArtifactStore } from './artifact-place.ts';
import { sha256Of } from './content-address.ts';
import { openS3Store } from './s3-store.ts';
import { type FaultyProxy, openFaultyProxy } from './testing/faulty-proxy.ts';
import { openS3Server, type S3Server } from './testing/s3-server.ts';
import { describeStore } from './testing/store-contract.ts';

let server: S3Server;
let bucket: S3Client;
let proxy: FaultyProxy;
beforeAll(async () => {
  server = await openS3Server();
  const { endpoint, region } = server.place;
  bucket = new S3Client({
    ...{ endpoint, region, forcePathStyle: true },
    ...{ requestChecksumCalculation: 'WHEN_REQUIRED' },
  });
  proxy = await openFaultyProxy(endpoint);
});
afterAll(async () => {
  proxy.close();
  bucket.destroy();
  await server.close();
});

/** Of every key in the bucket, what comes after the prefix. */
async function names(): Promise<string[]> {
  const { bucket: Bucket, prefix } = server.place;
  const { Contents = [] } = await bucket.send(new ListObjectsV2Command({ Bucket }));
  return Contents.map(({ Key = '' }) =>
    Key.startsWith(prefix) ? Key.slice(prefix.length) : `outside: ${Key}`,
  );
}

const keyOf = (sha256: string) => `${server.place.prefix}${sha256.slice(0, 2)}/${sha256}`;

describe('a bucket', () => {
  describeStore(async () => {
    const { place } = server;
    return {
      open: () => openS3Store(place),
      names,
      async damage(sha256, content) {
        const object = { Bucket: place.bucket, Key: keyOf(sha256), Body: content };
        await bucket.send(new PutObjectCommand(object));
      },
      async empty() {
        for (const name of await names()) {
          const Key = `${place.prefix}${name}`;
          await bucket.send(new DeleteObjectCommand({ Bucket: place.bucket, Key }));
        }
      },
      async close() {},
    };
  });
});

const large = new Uint8Array(17 * 2 ** 20).fill(1);

/** A store behind the proxy. What the proxy saw of its opening is forgotten. */
async function openBehindProxy() {
  const store = await openS3Store({ ...server.place, endpoint: proxy.url });
  proxy.requests.length = 0;
  return store;
}

describe('requests', () => {
  test('name the bucket in the path, and send what is large in parts', async () => {
    const store = await openBehindProxy();
    const { sha256 } = await store.put(large);
    const address = `/${server.place.bucket}/${keyOf(sha256)}`;
    const parts = proxy.requests.filter((request) => request.includes('partNumber='));
    expect(parts).toHaveLength(3);
    expect(proxy.requests.every((request) => request.split(' ')[1]?.startsWith(address))).toBe(
      true,
    );
  });

  test('give up the parts of an upload whose content is wrong', async () => {
    const store = await openBehindProxy();
    async function* pieces() {
      yield large;
    }
    const expected = { sha256: sha256Of(new Uint8Array()), maxBytes: large.byteLength };
    await expect(store.putStream(pieces(), expected)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    const requests = proxy.requests.map((request) => request.replace(/[?].*?(uploadId).*/, '?$1'));
    expect(requests.at(-1)).toMatch(/^DELETE .*[?]uploadId$/);
    expect(
      requests.some((request) => request.startsWith('POST') && request.endsWith('uploadId')),
    ).toBe(false);
    if (process.env.S3_TEST_ENDPOINT === undefined) return;
    // The server of this process cannot list or end them.
    const { bucket: Bucket } = server.place;
    const { Uploads = [] } = await bucket.send(new ListMultipartUploadsCommand({ Bucket }));
    for (const { Key, UploadId } of Uploads) {
      await bucket.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
    }
    expect(Uploads).toEqual([]);
  });

  test('are sent again when the server is away or the network breaks', async () => {
    const store = await openBehindProxy();
    proxy.faults.push('unavailable', 'cut off', 'unavailable');
    const { sha256 } = await store.put(new TextEncoder().encode('hello'));
    expect(proxy.requests).toHaveLength(4);
    proxy.faults.push('half an answer', 'unavailable', 'half an answer');
    expect(new TextDecoder().decode(await store.get(sha256))).toBe('hello');
    proxy.faults.push('cut off');
    expect(await store.has(sha256)).toBe(true);
  });
});

describe('a bucket that cannot be used is told at once', () => {
  const opened = async (changes: object) => {
    const error = await openArtifactStore({ kind: 's3', ...server.place, ...changes }).catch(
      (e) => e,
    );
    return String(error);
  };

  test('by what is wrong, without the secret', async () => {
    expect(await opened({ bucket: 'another' })).toContain(
      'The bucket s3://another/team-one/artifacts/ (ARTIFACT_STORE) cannot be used: There is no bucket another.',
    );
    expect(await opened({ endpoint: 'http://127.0.0.1:9' })).toContain('nobody listens');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'not the secret');
    const refused = await opened({});
    vi.unstubAllEnvs();
    expect(refused).toMatch(/may not do this|does not fit/);
    expect(refused).not.toContain('not the secret');
  });
});
