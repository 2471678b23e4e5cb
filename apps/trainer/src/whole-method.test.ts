import { openArtifactStore } from '@blockwise/artifacts';
import { auditSpec, networkTraining } from '@blockwise/contracts';
import {
  cellsOf,
  jobsOf,
  latencyTablesOf,
  listCandidates,
  networksOf,
  ratingsOf,
  readAudit,
  readJob,
  readNetwork,
  requestCut,
  requestLatency,
  requestRetraining,
  retrainingsOf,
  startAudit,
  teacherOf,
} from '@blockwise/db';
import { encodingDistance, networkLatency, networkOf, spaceOf } from '@blockwise/dna';
import { readSafetensors } from '@blockwise/engine';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLog } from './log.ts';
import { finished, openPlatform, submit, type TestPlatform, until } from './testing/platform.ts';
import { tinyDistil, tinySpec, tinyTraining } from './testing/tiny-search.ts';
import { startTrainer, type Trainer } from './trainer.ts';

let platform: TestPlatform;
let trainer: Trainer;
beforeAll(async () => {
  platform = await openPlatform();
  trainer = await startTrainer({ ...platform.env, slots: 2 }, openLog('silent'));
});
afterAll(async () => {
  await trainer?.stop();
  await platform?.close();
});

/** Every part of the method that a specification can ask for at once, in its smallest form. */
const spec = tinySpec({
  teacher: {
    kind: 'train',
    architecture:
      'net_same_eps0.001 | cn_k3_s2_c8 | ir_k3_s2_e2_c8_se0.25 | ir_k3_s2_e2_c12 | hd_c16',
    training: { ...tinyTraining, recipe: 'timm-modern@1', warmupEpochs: 0, microBatch: 8 },
  },
  space: [
    'stem cn_k3_s2_c8',
    'ops ir_k3_e2_se0.25 er_k3_e2',
    'block n1_c8_s2 n2_c8_s2',
    'block n1_c12_s2 n2_c10_s2 with bt_k3_e0.5_nre ir_k5_e2_nhs',
    'head hd_c16',
  ].join('\n'),
  distil: {
    ...tinyDistil,
    augment: 'paper',
    augmentVariants: null,
    sampling: 'fair',
    loss: 'noiseToSignal',
    earlyStop: {},
    divergence: { retryRate: 0.1 },
  },
  rating: { measure: 'replaceKl', batch: 8, calibrationImages: 16 },
  constraints: { params: { max: 100_000 }, latencyMs: { max: 10_000 } },
  solve: { lambdas: [1, 2], minDistance: 2 },
  latency: { batch: 2, repeats: 3 },
  retrain: {
    ...tinyTraining,
    networks: 2,
    seeds: 2,
    epochs: 1,
    mixup: 0.2,
    cutmix: 1,
    ema: 0.9,
    dropPath: 0.2,
    microBatch: 8,
    init: 'supernet',
    globalDistil: {},
  },
});

describe('a search with every option', () => {
  let id: string;
  beforeAll(async () => {
    id = await submit(platform, spec);
    expect(await finished(platform, id)).toMatchObject({ state: 'COMPLETE', failure: null });
  });

  test('rates its candidates in the teacher, each with its error', async () => {
    const { db } = platform;
    for (const { id: cellId } of await cellsOf(db, id)) {
      const { edges } = await listCandidates(db, cellId, { first: 10, orderBy: 'LOSS' });
      for (const { node } of edges) {
        expect(node.kl).toBe(node.loss);
        expect(node.error).toBeGreaterThan(0);
        expect(node.top1).toBeGreaterThanOrEqual(0);
        expect(node.activationBytes).toBeGreaterThan(0);
      }
    }
  });

  test('measures latency, and finds networks that are apart and have one', async () => {
    const { db } = platform;
    const [table] = await latencyTablesOf(db, id);
    const { engine, milliseconds, batch } = table?.measured ?? {};
    expect({ engine, batch }).toEqual({ engine: 'wasm', batch: 2 });
    const networks = await networksOf(db, id);
    const task = { inputSize: 16, classes: 3 };
    for (const { architecture, latencyMs } of networks) {
      const measured = { engine: '', device: '', batch: 2, milliseconds: { ...milliseconds } };
      expect(networkLatency(networkOf(architecture), task, measured)).toBeCloseTo(
        latencyMs ?? 0,
        9,
      );
    }
    const [a, b] = networks.map(({ choices }) => choices);
    expect(encodingDistance(a ?? [], b ?? [], spaceOf(spec.space))).toBeGreaterThanOrEqual(2);
  });

  test('trains every network with both seeds, from the weights of the supernets', async () => {
    const { db, env } = platform;
    const store = await openArtifactStore(env.artifactPlace);
    for (const network of await networksOf(db, id)) {
      const retrainings = await retrainingsOf(db, network.id);
      expect(new Set(retrainings.map(({ seed }) => seed)).size).toBe(2);
      const top1s = retrainings.map(({ trained }) => trained?.top1 ?? Number.NaN);
      expect(network.top1).toBeCloseTo((top1s[0] ?? 0) / 2 + (top1s[1] ?? 0) / 2, 9);
      expect(network.top1Deviation).not.toBeNull();
      for (const { trained } of retrainings) {
        if (!trained) throw new Error('it was trained');
        // The teacher's widths between blocks, and its head.
        const { blocks } = networkOf(trained.architecture);
        expect(blocks.map((layers) => layers.at(-1))).toMatchObject([
          { channels: 8 },
          { channels: 12 },
        ]);
        const { metadata } = readSafetensors(await store.get(trained.sha256));
        expect(metadata.architecture).toBe(trained.architecture);
      }
    }
    const jobs = (await jobsOf(db, id)).filter(({ kind }) => kind === 'retrain');
    expect(jobs).toHaveLength(4);
  });

  test('goes on with cut weights, another table, an audit and a network that is asked for', async () => {
    const { db, queue } = platform;
    const [best] = await networksOf(db, id);
    if (!best) throw new Error('there is a network');
    const { loss, architecture, choices, latencyMs, params, macs, flopsTool } = best;
    const costs = { params, macs, flopsTool, activationBytes: best.activationBytes ?? 0 };
    const planned = { ...costs, loss, architecture, choices, latencyMs, seeds: [1] };
    const training = networkTraining.parse({ ...tinyTraining, epochs: 1 });
    const cut = await requestCut(db, queue, { networkId: best.id });
    const other = { engine: 'cpu' as const, batch: 1, repeats: 3 };
    const table = await requestLatency(db, queue, { searchId: id, spec: other });
    const audit = await startAudit(db, queue, {
      searchId: id,
      spec: auditSpec.parse({ networks: 4, training }),
      networks: Array.from({ length: 4 }, (_, i) => ({ ...planned, seeds: [i] })),
    });
    const [asked] = await requestRetraining(db, queue, {
      searchId: id,
      networks: [planned],
      training,
    });
    const done = await until(async () => {
      const network = asked && (await readNetwork(db, asked.id));
      const audited = await readAudit(db, audit.id);
      const after = await readJob(db, cut.id);
      return (
        network?.testedAt && audited?.state === 'COMPLETE' && after?.state === 'COMPLETE' && network
      );
    });
    expect(done.top1).toBeGreaterThanOrEqual(0);
    const { cut: weights } = (await readNetwork(db, best.id)) ?? {};
    expect(weights?.top1).toBeGreaterThanOrEqual(0);
    expect(networkOf(weights?.architecture ?? '').head).toEqual(
      networkOf(spec.teacher.kind === 'train' ? spec.teacher.architecture : '').head,
    );
    // It waits for a trainer with that engine.
    expect(
      (await jobsOf(db, id)).find(({ latencyTableId }) => latencyTableId === table.id),
    ).toMatchObject({ state: 'QUEUED', attempt: 0 });
    expect(await finished(platform, id)).toMatchObject({ state: 'COMPLETE' });
  });

  test('gives its network on as the next teacher, unscaled with its weights, or scaled', async () => {
    const { db } = platform;
    const [best] = await networksOf(db, id);
    const networkId = best?.id ?? '';
    const next = { ...spec, teacher: { kind: 'network', networkId } } as const;
    const [first] = await retrainingsOf(db, networkId);
    const kept = await submit(platform, tinySpec({ teacher: next.teacher, space: spec.space }));
    const wide = { ...next.teacher, width: 2, training: tinyTraining };
    const scaled = await submit(platform, tinySpec({ teacher: wide, space: spec.space }));
    for (const search of [kept, scaled]) {
      expect(await finished(platform, search)).toMatchObject({ state: 'COMPLETE', failure: null });
    }
    expect(await teacherOf(db, kept)).toMatchObject({
      kind: 'network',
      architecture: first?.trained?.architecture,
      top1: first?.trained?.top1,
      sha256: first?.trained?.sha256,
      testCount: 18,
    });
    const { cuts } = (await teacherOf(db, scaled)) ?? {};
    expect(cuts?.map(({ channels }) => channels)).toEqual([16, 16, expect.any(Number)]);
  });
});

describe('the strategies', () => {
  /** A whole search; its losses by block, and its times. */
  async function lossesBy(strategy: 'dna' | 's1' | 's2') {
    const { db } = platform;
    const distil = { ...tinyDistil, strategy, poolSize: 2 };
    const id = await submit(platform, tinySpec({ distil }));
    expect(await finished(platform, id)).toMatchObject({ state: 'COMPLETE', failure: null });
    const ratings = await ratingsOf(db, id);
    const ofBlock = (block: number) =>
      ratings.filter((rating) => rating.block === block).map(({ losses }) => losses);
    const cells = await cellsOf(db, id);
    const jobs = (await jobsOf(db, id)).map((job) => ({
      ...job,
      block: cells.find((cell) => cell.id === job.cellId)?.block,
    }));
    return { ofBlock, jobs };
  }

  test('differ in what enters all blocks but the first, and s1, s2 go block after block', async () => {
    const dna = await lossesBy('dna');
    const s1 = await lossesBy('s1');
    const s2 = await lossesBy('s2');
    expect(s1.ofBlock(0)).toEqual(dna.ofBlock(0));
    expect(s2.ofBlock(0)).toEqual(dna.ofBlock(0));
    expect(s1.ofBlock(1)).not.toEqual(dna.ofBlock(1));
    expect(s2.ofBlock(1)).not.toEqual(dna.ofBlock(1));
    expect(s1.ofBlock(1)).not.toEqual(s2.ofBlock(1));
    for (const { jobs } of [s1, s2]) {
      const rated = jobs.filter(({ kind, block }) => kind === 'rate' && block === 0);
      const begun = jobs.filter(({ kind, block }) => kind === 'distil' && block === 1);
      expect(Math.min(...begun.map(({ startedAt }) => Number(startedAt)))).toBeGreaterThanOrEqual(
        Math.max(...rated.map(({ finishedAt }) => Number(finishedAt))),
      );
    }
  });
});
