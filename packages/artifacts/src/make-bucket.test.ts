import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openS3Store } from './s3-store.ts';
import { openS3Server } from './testing/s3-server.ts';

const command = fileURLToPath(new URL('../scripts/make-bucket.ts', import.meta.url));

async function makeBucket(env: Record<string, string>): Promise<string> {
  const child = spawn(process.execPath, [command], { env: { ...process.env, ...env } });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return out + err;
}

test('the command makes a bucket that artifacts can be put into, once', async () => {
  const server = await openS3Server();
  const place = { ...server.place, bucket: `made-${Date.now()}` };
  const env = {
    ARTIFACT_STORE: `s3://${place.bucket}`,
    AWS_ENDPOINT_URL_S3: place.endpoint,
  };
  expect(await makeBucket(env)).toBe(`The bucket ${place.bucket} was made.\n`);
  const store = await openS3Store(place);
  const { sha256 } = await store.put(new Uint8Array([1]));
  expect(await makeBucket(env)).toBe(`The bucket ${place.bucket} is there.\n`);
  expect(await store.has(sha256)).toBe(true);
  expect(await makeBucket({})).toMatch(/^The bucket cannot be made\. ARTIFACT_STORE must be/);
  await server.close();
});
