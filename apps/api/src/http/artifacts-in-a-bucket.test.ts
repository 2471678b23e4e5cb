import { openArtifactStore } from '@blockwise/artifacts';
import { openS3Server, type S3Server } from '@blockwise/artifacts/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Data, startTestApi, type TestApi } from '../testing/test-api.ts';
import { startSearch } from '../testing/test-search.ts';
import { startTrainer, type TrainerClient } from '../testing/trainer-client.ts';

/* What trainers store and get when no process has artifacts in a folder. */
let s3: S3Server;
let api: TestApi;
let trainer: TrainerClient;
let held: Data;
beforeAll(async () => {
  s3 = await openS3Server();
  api = await startTestApi({ artifactPlace: { kind: 's3', ...s3.place } });
  trainer = await startTrainer(api);
  await startSearch(api);
  held = await trainer.take();
});
afterAll(async () => {
  expect(api.platform.errors).toEqual([]);
  await api.close();
  await s3.close();
});

const save = 'mutation ($input: SaveCheckpointInput!) { saveCheckpoint(input: $input) { job } }';

/** Stores a checkpoint of the job at hand. */
async function saved(content: string): Promise<string> {
  const { status, sha256 } = await trainer.upload(content);
  expect(status).toBe(201);
  const { job, attempt } = held;
  await trainer.ask(save, { input: { job, attempt, step: 2, sha256 } });
  return sha256;
}

test("a trainer's file goes into the bucket, and comes from there", async () => {
  const content = 'a checkpoint '.repeat(50_000);
  const sha256 = await saved(content);
  const bucket = await openArtifactStore({ kind: 's3', ...s3.place });
  expect(Buffer.from(await bucket.get(sha256)).toString()).toBe(content);
  expect(await api.artifacts.has(sha256)).toBe(false);
  expect(await trainer.download(sha256)).toEqual({ status: 200, body: content });
});

test('a file that is not what it says is refused, and nothing of it is stored', async () => {
  const { status, sha256 } = await trainer.upload('other', 'a'.repeat(64));
  expect(status).toBe(400);
  const bucket = await openArtifactStore({ kind: 's3', ...s3.place });
  expect(await bucket.has(sha256)).toBe(false);
});
