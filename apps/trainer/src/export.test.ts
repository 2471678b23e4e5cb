import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type ArtifactStore, openArtifactStore } from '@blockwise/artifacts';
import { type ExportFormat, exportFormats } from '@blockwise/contracts';
import {
  datasetOf,
  type ExportRow,
  networksOf,
  readExport,
  requestNetworkExport,
  requestTeacherExport,
  retrainingsOf,
  teacherOf,
} from '@blockwise/db';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLog } from './log.ts';
import { finished, openPlatform, submit, type TestPlatform, until } from './testing/platform.ts';
import { tinySpec, tinyTeacher } from './testing/tiny-search.ts';
import { startTrainer, type Trainer } from './trainer.ts';

/* A network found by a real search, taken out and brought in again. */
let platform: TestPlatform;
let trainer: Trainer;
let store: ArtifactStore;
let search: string;

beforeAll(async () => {
  platform = await openPlatform();
  trainer = await startTrainer(platform.env, openLog('silent'));
  store = await openArtifactStore(platform.env.artifactPlace);
  search = await submit(platform, tinySpec());
  expect(await finished(platform, search)).toMatchObject({ state: 'COMPLETE', failure: null });
});
afterAll(async () => {
  await trainer?.stop();
  await platform?.close();
});

/** The export when its files are there. */
async function made({ id }: ExportRow): Promise<ExportRow> {
  return await until(async () => {
    const row = await readExport(platform.db, id);
    return row !== null && row.files.length > 0 && row;
  });
}

async function filesOf({ files }: ExportRow, format: ExportFormat) {
  const file = files.find((each) => each.format === format);
  return unzipSync(await store.get(file?.sha256 ?? ''));
}

test('a trained network is exported in every format, with its lineage', async () => {
  const { db, queue } = platform;
  const [network] = await networksOf(db, search);
  const networkId = network?.id ?? '';
  const weights = { kind: 'TRAINED' } as const;
  const row = await made(await requestNetworkExport(db, queue, { networkId, weights }));
  expect(row.files.map(({ format }) => format)).toEqual(exportFormats);
  const [retraining] = await retrainingsOf(db, networkId);
  const { classes, mean, hash } = (await datasetOf(db, search)) ?? {};
  for (const format of exportFormats) {
    const files = await filesOf(row, format);
    const json = JSON.parse(new TextDecoder().decode(files['network.json']));
    expect(json).toMatchObject({
      ...{ classes, mean, imageSize: 16, architecture: retraining?.trained?.architecture },
      lineage: {
        source: 'TRAINED',
        ...{ searchId: search, networkId, retrainingId: retraining?.id, datasetHash: hash },
        weightsSha256: retraining?.trained?.sha256,
        top1: retraining?.trained?.top1,
        training: { recipe: 'small@1', epochs: 1, seed: retraining?.seed },
      },
    });
  }

  // Brought in again as the teacher of another search, it is as good as it was tested.
  const file = path.join(platform.stateFolder, 'network.safetensors');
  await writeFile(file, (await filesOf(row, 'safetensors'))['network.safetensors'] ?? '');
  const next = await submit(
    platform,
    tinySpec({
      normalisation: 'data',
      teacher: { kind: 'timm', architecture: row.architecture, file },
    }),
  );
  expect(await finished(platform, next)).toMatchObject({ state: 'COMPLETE', failure: null });
  expect(await teacherOf(db, next)).toMatchObject({
    kind: 'timm',
    architecture: row.architecture,
    top1: retraining?.trained?.top1,
  });
});

test('a teacher is exported too', async () => {
  const { db, queue } = platform;
  const row = await made(await requestTeacherExport(db, queue, { searchId: search }));
  const { sha256, top1, architecture } = (await teacherOf(db, search)) ?? {};
  expect(row).toMatchObject({ source: 'TEACHER', architecture, weightsSha256: sha256 });
  const { 'network.json': bytes } = await filesOf(row, 'architecture');
  const { lineage } = JSON.parse(new TextDecoder().decode(bytes));
  expect(lineage).toMatchObject({ source: 'TEACHER', networkId: null, training: null, top1 });
});

test('a pickle is no teacher, whatever its file is called', async () => {
  const file = path.join(platform.stateFolder, 'tiny.safetensors');
  await writeFile(file, Uint8Array.of(0x80, 4, 0x95, 10, 0, 0, 0, 0, 0, 0, 0, 0x2e));
  const teacher = { kind: 'timm', architecture: tinyTeacher, file } as const;
  const id = await submit(platform, tinySpec({ teacher }));
  expect(await finished(platform, id)).toMatchObject({
    state: 'FAILED',
    failure: {
      code: 'WEIGHTS_MISMATCH',
      message: expect.stringContaining('tiny.safetensors is a pickle'),
    },
  });
});
