import { exportFormats } from '@blockwise/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readEvents } from '../events.ts';
import { exportsOfMany, readExport, readExportFile } from '../exports.ts';
import { networksOf, retrainingsOf } from '../networks.ts';
import type { ExportRow, NetworkRow, SearchRow } from '../rows.ts';
import { readSearch } from '../searches.ts';
import {
  openTestPlatform,
  playJob,
  playUntil,
  startTestSearch,
  type TestPlatform,
  takeAttempt,
  testArtifact,
  testSpec,
} from '../testing/index.ts';
import { requestCut } from './request-cut.ts';
import {
  type NetworkWeights,
  requestNetworkExport,
  requestTeacherExport,
} from './request-export.ts';

let platform: TestPlatform;
let search: SearchRow;
let network: NetworkRow;
beforeEach(async () => {
  platform = await openTestPlatform();
  // The second training of a network comes out better than the first: see playUntil.
  const spec = { ...testSpec, retrain: { ...testSpec.retrain, seeds: 2 } };
  search = await startTestSearch(platform, { spec });
  await playUntil(platform, search, 'end');
  const [first] = await networksOf(platform.db, search.id);
  if (first === undefined) throw new Error('the search has no network');
  network = first;
});
afterEach(async () => {
  expect(platform.errors).toEqual([]);
  expect((await readSearch(platform.db, search.id))?.state).toBe('COMPLETE');
  await platform.close();
});

const failure = { code: 'ARTIFACT_MISSING', message: 'the weights are gone' } as const;
const unknownId = '00000000-0000-4000-8000-000000000000';

function exported(weights: NetworkWeights = { kind: 'TRAINED' }): Promise<ExportRow> {
  const { db, queue } = platform;
  return requestNetworkExport(db, queue, { networkId: network.id, weights });
}

test('an export is of the best training, and is made once', async () => {
  const { db, queue } = platform;
  const trainings = await retrainingsOf(db, network.id);
  const best = trainings.toSorted((a, b) => (b.trained?.top1 ?? 0) - (a.trained?.top1 ?? 0))[0];
  expect(trainings.map(({ trained }) => trained?.top1)).not.toEqual([0, 0]);
  const order = await exported();
  expect(order).toMatchObject({
    source: 'TRAINED',
    networkId: network.id,
    retrainingId: best?.id,
    weightsSha256: best?.trained?.sha256,
    architecture: best?.trained?.architecture,
    files: [],
  });
  expect(await exported()).toEqual(order);
  const attempt = await takeAttempt(platform, 'export');
  expect(attempt.export).toEqual(order);
  expect(attempt.network?.id).toBe(network.id);
  await playJob(attempt);
  const made = await exported();
  expect(made.id).toBe(order.id);
  expect(made.files).toEqual(
    exportFormats.map((format) => ({ format, ...testArtifact(`${format} ${order.id}`) })),
  );
  expect(await queue.fetch('export')).toBeNull();
  const events = await readEvents(db, search.id, 0, 10_000);
  expect(events.at(-1)?.event).toEqual({
    kind: 'NETWORK_EXPORTED',
    exportId: order.id,
    networkId: network.id,
  });
});

test('a training can be named, and only one of the network', async () => {
  const { db, queue } = platform;
  const trainings = await retrainingsOf(db, network.id);
  const orders = [];
  for (const { id } of trainings) {
    orders.push(await exported({ kind: 'TRAINED', retrainingId: id }));
  }
  expect(orders.map(({ retrainingId }) => retrainingId)).toEqual(trainings.map(({ id }) => id));
  expect(await exportsOfMany(db, [search.id])).toEqual(orders);
  await expect(exported({ kind: 'TRAINED', retrainingId: unknownId })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    path: ['retrainingId'],
  });
  await expect(
    requestNetworkExport(db, queue, { networkId: unknownId, weights: { kind: 'CUT' } }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND', path: ['networkId'] });
});

test('cut weights are exported when they are there', async () => {
  const { db, queue } = platform;
  await expect(exported({ kind: 'CUT' })).rejects.toMatchObject({ code: 'NOT_READY' });
  await requestCut(db, queue, { networkId: network.id });
  await playJob(await takeAttempt(platform, 'cut'));
  expect(await exported({ kind: 'CUT' })).toMatchObject({
    source: 'CUT',
    retrainingId: null,
    weightsSha256: testArtifact(`cut ${network.id}`).sha256,
    architecture: `cut ${network.id}`,
  });
});

test('a teacher is exported, and a failed export begins anew when it is asked for again', async () => {
  const { db, queue } = platform;
  const teacher = { searchId: search.id };
  const order = await requestTeacherExport(db, queue, teacher);
  expect(order).toMatchObject({ source: 'TEACHER', networkId: null, architecture: 'teacher' });
  const broken = await takeAttempt(platform, 'export');
  expect(broken.network).toBeNull();
  await broken.fail(failure, { retry: false });
  expect((await requestTeacherExport(db, queue, teacher)).id).toBe(order.id);
  await playJob(await takeAttempt(platform, 'export'));
  expect((await readExport(db, order.id))?.files).toHaveLength(exportFormats.length);
});

test('only files of exports may be downloaded', async () => {
  const { db } = platform;
  const { id } = await exported();
  await playJob(await takeAttempt(platform, 'export'));
  const onnx = testArtifact(`onnx ${id}`);
  expect(await readExportFile(db, onnx.sha256)).toEqual({ format: 'onnx', ...onnx });
  expect(await readExportFile(db, testArtifact('teacher').sha256)).toBeNull();
  expect(await readExportFile(db, 'x')).toBeNull();
});
