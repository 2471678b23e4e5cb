import { openArtifactStore } from '@blockwise/artifacts';
import { cellsOf, datasetOf, readFeatureMaps, requestFeatureMaps, teacherOf } from '@blockwise/db';
import { expect, test } from 'vitest';
import { openLog } from './log.ts';
import { finished, openPlatform, submit, until } from './testing/platform.ts';
import { tinySpec } from './testing/tiny-search.ts';
import { startTrainer } from './trainer.ts';

test('a trainer makes the maps of a cell that a real search has rated', async () => {
  const platform = await openPlatform();
  const trainer = await startTrainer(platform.env, openLog('silent'));
  try {
    const { db, queue } = platform;
    const search = await submit(platform, tinySpec());
    expect(await finished(platform, search)).toMatchObject({ state: 'COMPLETE', failure: null });
    expect((await datasetOf(db, search))?.classes).toHaveLength(3);
    const cell = (await cellsOf(db, search)).at(-1);
    if (cell === undefined) throw new Error('a search has cells');
    const { id } = await requestFeatureMaps(db, queue, { cell, path: undefined, samples: [3, 0] });
    const made = await until(async () => (await readFeatureMaps(db, [id]))[0]?.made);
    const store = await openArtifactStore(platform.env.artifactPlace);
    const both = new Float32Array(new Uint8Array(await store.get(made.sha256)).buffer);
    const { size = 0, channels = 0 } = (await teacherOf(db, search))?.cuts[cell.block + 1] ?? {};
    const half = 2 * size * size * channels;
    expect(both).toHaveLength(2 * half);
    const squares = both.subarray(0, half).map((value, i) => (value - (both[half + i] ?? 0)) ** 2);
    expect(squares.reduce((sum, value) => sum + value, 0) / half).toBeCloseTo(made.mse, 5);
    expect(made.loss).toBeGreaterThan(0);
  } finally {
    await trainer.stop();
    await platform.close();
  }
});
