import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readSearch, seeTrainer } from '@blockwise/db';
import { testTrainer } from '@blockwise/db/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Data, startTestApi, type TestApi } from '../testing/test-api.ts';
import { playTeacher, specInput, startSearch } from '../testing/test-search.ts';
import { decodeGlobalId } from './global-id.ts';

const check = `query ($input: CheckSearchInput!) { checkSearch(input: $input) {
  problems { path code message } spaceSize cuts { channels size } basis
  blocks { index ops input { channels size } output { channels size }
    cells { index layers channels stride candidateCount } }
  costs { macs { min max } }
  phases { phase jobs basis seconds { low high } }
  gpuSeconds { low high } seconds { low high } } }`;

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const ask = async (spec: object, more: object = {}): Promise<Data> =>
  (await api.ask(check, { input: { spec, ...more } })).checkSearch;
const places = ({ problems }: Data) => problems.map(({ path }: Data) => path.join('.'));

describe('checkSearch', () => {
  it('shows blocks beside the teacher and what the search would take, and stores nothing', async () => {
    const found = await ask(specInput);
    expect(found.problems).toEqual([]);
    expect(found.spaceSize).toBe('108');
    expect(found.blocks).toEqual([
      {
        ...{ index: 1, ops: ['ir_k3_e3', 'ir_k5_e6_se0.25', 'ir_k7_e3'] },
        ...{ input: { channels: 8, size: 8 }, output: { channels: 12, size: 8 } },
        cells: [
          { index: 1, layers: 1, channels: 8, stride: 1, candidateCount: 3 },
          { index: 2, layers: 2, channels: 8, stride: 1, candidateCount: 9 },
        ],
      },
      expect.objectContaining({ index: 2, output: { channels: 16, size: 4 } }),
    ]);
    expect(found.phases.map(({ phase, jobs }: Data) => [phase, jobs])).toEqual([
      ...[
        ['TEACHER', 1],
        ['DISTIL', 3],
        ['RATE', 3],
        ['SOLVE', 1],
        ['RETRAIN', 2],
        ['VERIFY', 2],
      ],
    ]);
    expect(found.basis).toBe('DEFAULT');
    const sums = ['low', 'high'].map((side) =>
      found.phases.reduce((sum: number, { seconds }: Data) => sum + seconds[side], 0),
    );
    expect(found.gpuSeconds.low).toBeCloseTo(sums[0] ?? 0, 6);
    expect(found.gpuSeconds.high).toBeCloseTo(sums[1] ?? 0, 6);
    expect(found.seconds.low).toBeGreaterThan(0);
    expect(found.seconds.high).toBeGreaterThan(9 * found.seconds.low);
    expect(await api.platform.db.prisma.search.count()).toBe(0);
  });

  it('tells every fault, each as startSearch would', async () => {
    const wrong = {
      ...specInput,
      ratingPerClass: 50,
      distil: { epochs: [1, 2, 3], learningRate: [0.1, 0.1, 0.1] },
      constraints: { latencyMs: { max: 5 }, params: { max: 10 } },
      teacher: { train: { ...specInput.teacher.train, training: { epochs: 0 } } },
      // Strides that do not lead to the teacher's sizes.
      space: (specInput.space as string)
        .replace('n2_c16_s2', 'n2_c16_s1')
        .replace('n1_c8_s1', 'n1_c8_s2'),
    };
    const found = await ask(wrong, { tags: [''] });
    const expected = [
      'tags',
      ...['spec.distil.epochs', 'spec.distil.learningRate', 'spec.ratingPerClass'],
      ...['spec.teacher.train.training.epochs', 'spec.latency'],
      ...['spec.space.blocks.0.cells.0', 'spec.space.blocks.1.cells.0'],
      'spec.constraints.params.max',
    ];
    expect(places(found)).toEqual(expected);
    // Nobody can say what cells take that do not fit.
    expect(found).toMatchObject({ gpuSeconds: null, seconds: null, basis: null, spaceSize: '108' });
    const start = 'mutation ($input: StartSearchInput!) { startSearch(input: $input) { id } }';
    const { extensions, message } = await api.fail(start, { input: { spec: wrong } });
    const told = found.problems.find(({ path }: Data) => path.join() === extensions.path?.join());
    expect(told).toMatchObject({ code: extensions.code, message });
  });

  it('reads what can be read of a specification that is wrong elsewhere', async () => {
    const found = await ask({ ...specInput, name: '', distil: { epochs: 0 } });
    expect(places(found)).toEqual(['spec.name', 'spec.distil.epochs']);
    expect(found).toMatchObject({ spaceSize: '108', phases: [], seconds: null });
    expect(found.blocks[0].output).toEqual({ channels: 12, size: 8 });
    const without = await ask({ ...specInput, space: 'nonsense' });
    expect(without.problems).toMatchObject([{ path: ['spec', 'space'], code: 'SPACE_SYNTAX' }]);
    expect(without).toMatchObject({ spaceSize: null, blocks: [], cuts: [{}, {}, {}], costs: null });
  });

  it('says of a list of another length only that, and forecasts nothing', async () => {
    const found = await ask({ ...specInput, distil: { epochs: [1, 2, 3] } });
    expect(places(found)).toEqual(['spec.distil.epochs']);
    expect(found).toMatchObject({ spaceSize: '108', seconds: null });
  });

  it('knows a folder that a search has read, to those who may see it', async () => {
    const folder = { ...specInput, dataset: { imageFolder: { path: '/images', size: 16 } } };
    expect(await ask(folder)).toMatchObject({ costs: null, seconds: null, problems: [] });
    const id = await startSearch(api, folder);
    await playTeacher(api.platform);
    await api.platform.db.prisma.dataset.updateMany({ data: { kind: 'imageFolder' } });
    const found = await ask(folder);
    const drawn = await ask({
      ...specInput,
      dataset: { procedural: { classes: 3, size: 16, trainPerClass: 40, testPerClass: 10 } },
    });
    expect(found.costs).toEqual(drawn.costs);
    expect(found.seconds.low).toBeCloseTo(drawn.seconds.low, 3);
    await api.ask(`mutation { cancelSearch(input: { search: "${id}" }) { id } }`);
  });

  it('lasts less long on more slots', async () => {
    const { db } = api.platform;
    const { seconds: alone } = await ask(specInput);
    await seeTrainer(db, { ...testTrainer, slots: 3 });
    const { seconds: together, gpuSeconds } = await ask(specInput);
    expect(together.low).toBeLessThan(alone.low);
    expect(together.low).toBeLessThan(gpuSeconds.low);
    await db.prisma.run.deleteMany();
    await db.prisma.trainer.deleteMany();
  });
});

describe('a forecast', () => {
  it('goes by what was measured, once a search has been', async () => {
    const trained = (epochs: number) => ({
      ...specInput,
      name: `${epochs} epochs`,
      dataset: { procedural: { classes: 3, size: 32, trainPerClass: 100, testPerClass: 20 } },
      teacher: {
        train: { ...specInput.teacher.train, training: { epochs, batch: 16, learningRate: 0.01 } },
      },
      distil: { epochs, batch: 16, augment: 'LIGHT', augmentVariants: 1 },
      retrain: { epochs, batch: 16, learningRate: 0.01, networks: 2 },
    });
    const stateFolder = await mkdtemp(path.join(tmpdir(), 'blockwise-forecast-'));
    const main = path.join(import.meta.dirname, '../../../trainer/src/main.ts');
    const trainer = spawn(process.execPath, [main], {
      env: {
        PATH: process.env.PATH,
        ...{ DATABASE_URL: api.platform.url, STATE_FOLDER: stateFolder, LOG_LEVEL: 'warn' },
        ...{ ENGINE: 'wasm', SLOTS: '1', POLL_SECONDS: '0.5' },
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    try {
      const id = await startSearch(api, trained(2));
      await done(id);
      const { seconds } = await runSeconds(id);
      const { basis, gpuSeconds } = await ask(trained(5));
      expect(basis).toBe('MEASURED');
      // Two and a half times the epochs; rating and the start of each job stay as they were.
      const middle = (gpuSeconds.low + gpuSeconds.high) / 2;
      expect(middle / seconds).toBeGreaterThan(1);
      expect(middle / seconds).toBeLessThan(3);
    } finally {
      trainer.kill('SIGTERM');
      await once(trainer, 'exit');
      await rm(stateFolder, { recursive: true });
    }
  }, 240_000);

  async function done(id: string): Promise<void> {
    const row = decodeGlobalId(id).id;
    const open = {
      searchId: row,
      state: { in: ['QUEUED', 'RUNNING'] as ('QUEUED' | 'RUNNING')[] },
    };
    await expect
      .poll(() => api.platform.db.prisma.job.count({ where: open }), {
        timeout: 120_000,
        interval: 200,
      })
      .toBe(0);
    expect((await readSearch(api.platform.db, row))?.state).toBe('COMPLETE');
  }

  /** Stored seconds of everything that was done for a search. */
  async function runSeconds(id: string): Promise<{ seconds: number }> {
    const runs = await api.platform.db.prisma.run.findMany({
      where: { job: { searchId: decodeGlobalId(id).id } },
    });
    const each = runs.map(({ startedAt, finishedAt }) => Number(finishedAt) - Number(startedAt));
    return { seconds: each.reduce((sum, milliseconds) => sum + milliseconds, 0) / 1000 };
  }
});
