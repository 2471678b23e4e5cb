import { type DatasetSource, datasetInfo } from '@blockwise/contracts';
import { expect, test } from 'vitest';
import { checkSource, loadDataset } from './source.ts';
import { temporaryFolder, writeFiles, writeSmallFolder } from './temp-folder.fixture.ts';

async function sources(): Promise<DatasetSource[]> {
  const [folder, cifar] = [await temporaryFolder(), await temporaryFolder()];
  await writeSmallFolder(folder);
  const names = [1, 2, 3, 4, 5].map((batch) => `data_batch_${batch}.bin`);
  const files = [...names, 'test_batch.bin'].map((name) => [name, Buffer.alloc(3073)]);
  await writeFiles(cifar, Object.fromEntries(files));
  const numbers = { seed: 0, classes: 3, size: 16, trainPerClass: 2, testPerClass: 1 };
  return [
    { kind: 'imageFolder', path: folder, size: 8 },
    { kind: 'cifar10', path: cifar },
    { kind: 'procedural', ...numbers },
  ];
}

test('a look at any source says what loading it gives, in the recorded form', async () => {
  for (const source of await sources()) {
    const { info } = await loadDataset(source);
    const { classes, trainCount, testCount, testPart } = info;
    expect(await checkSource(source)).toEqual({ classes, trainCount, testCount, testPart });
    expect(datasetInfo.parse(JSON.parse(JSON.stringify(info)))).toEqual(info);
  }
});

test('an aborted signal stops any source', async () => {
  for (const source of await sources()) {
    const reason = new Error('enough');
    await expect(loadDataset(source, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  }
});
