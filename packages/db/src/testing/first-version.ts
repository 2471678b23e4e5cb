import pg from 'pg';
import { localTeamId } from '../team.ts';

/** Stored by the first version, in its words: every default written out. */
export const firstTraining = {
  epochs: 6,
  batch: 32,
  learningRate: 0.006,
  weightDecay: 0.02,
  labelSmoothing: 0.05,
  augment: 'none',
};
export const firstSpec = {
  name: 'first',
  seed: 3,
  dataset: { kind: 'cifar10', path: '/data' },
  ratingPerClass: 50,
  teacher: { kind: 'train', architecture: 'teacher', training: firstTraining },
  space: 'space',
  distil: {
    epochs: 20,
    batch: 64,
    learningRate: [0.002, 0.005],
    decay: 0.9,
    augment: 'light',
    augmentVariants: 2,
    checkpointEverySteps: 200,
  },
  rating: { batch: 100, calibrationImages: 64 },
  constraints: { params: { max: 120_000 } },
  retrain: { ...firstTraining, networks: 2 },
  featureCacheMegabytes: 4096,
};
/** A COMPLETE search, one that retrains, and one with the first one's teacher. */
export const firstSearches = { done: id(1), atWork: id(2), takenOver: id(3) };
/** Rows of the COMPLETE search. */
export const firstRows = { network: id(10), cell: id(40), entry: id(50) };

/** An id whose order is that of its number. */
function id(n: number): string {
  return `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
}

/** Fills a database that stands at the first migration with what the first version stored. */
export async function fillFirstVersion(url: string): Promise<void> {
  const { done, atWork, takenOver } = firstSearches;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const insert = async (table: string, row: Record<string, unknown>) => {
    const values = Object.values(row).map((value) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? JSON.stringify(value)
        : value,
    );
    await client.query(
      `INSERT INTO "${table}" (${Object.keys(row).map((name) => `"${name}"`)})
        VALUES (${values.map((_, i) => `$${i + 1}`)})`,
      values,
    );
  };
  for (const [sha256, kind] of [
    ['t'.repeat(64), 'teacher'],
    ['a'.repeat(64), 'network'],
  ]) {
    await insert('artifact', { sha256, kind, bytes: 10 });
  }
  const reused = { ...firstSpec, teacher: { kind: 'search', searchId: done } };
  for (const [i, searchId] of [done, atWork, takenOver].entries()) {
    await insert('search', {
      id: searchId,
      team_id: localTeamId,
      name: 'first',
      state: searchId === done ? 'COMPLETE' : 'RUNNING',
      phase: searchId === done ? null : 'retrain',
      spec: searchId === takenOver ? reused : firstSpec,
      seed: 3,
      space_size: '36',
      event_cursor: searchId === done ? 1 : 0,
      created_at: `2026-11-20T0${i}:00:00Z`,
    });
  }
  for (const [i, searchId] of [done, atWork].entries()) {
    const tested = searchId === done;
    await insert('dataset', {
      search_id: searchId,
      kind: 'cifar10',
      hash: 'd'.repeat(64),
      classes: ['a', 'b'],
      size: 32,
      train_count: 100,
      test_count: 25,
      test_part: 'test_batch.bin',
      mean: JSON.stringify([0.5, 0.5, 0.5]),
      std: JSON.stringify([0.2, 0.2, 0.2]),
      rejected: '[]',
    });
    await insert('teacher', {
      search_id: searchId,
      architecture: 'teacher',
      params: 1000,
      macs: 2000,
      top1: 0.8,
      sha256: 't'.repeat(64),
      cuts: '[]',
    });
    await insert('network', {
      id: id(10 + i),
      search_id: searchId,
      rank: 1,
      architecture: 'network',
      choices: JSON.stringify([{ cell: 0, path: [1, 2] }]),
      loss: 0.5,
      params: 100,
      macs: 200,
      flops_tool: 250,
      seed: 77,
      ...(tested ? { top1: 0.7, sha256: 'a'.repeat(64), tested_at: '2026-11-21T00:00:00Z' } : {}),
    });
    await insert('job', {
      id: id(20 + i),
      search_id: searchId,
      kind: 'retrain',
      network_id: id(10 + i),
      state: tested ? 'COMPLETE' : 'QUEUED',
      queue_job_id: id(30 + i),
      created_at: '2026-11-20T12:00:00Z',
    });
  }
  await insert('job', {
    id: id(60),
    search_id: done,
    kind: 'teacher',
    state: 'COMPLETE',
    queue_job_id: id(61),
    created_at: '2026-11-20T10:00:00Z',
  });
  const tensorflow = { engine: 'tensorflow', device: 'TensorFlow 2, CPU, 4 threads' };
  await insert('trainer', { id: 'trainer', name: 'trainer', ...tensorflow });
  for (const [jobId, hours] of [
    [id(60), 1],
    [id(20), 0.5],
  ] as const) {
    const start = Date.parse('2026-11-20T12:00:00Z');
    await insert('run', {
      ...{ job_id: jobId, attempt: 1, trainer_id: 'trainer', ...tensorflow },
      ...{ versions: {}, state: 'COMPLETE' },
      started_at: new Date(start).toISOString(),
      finished_at: new Date(start + hours * 3_600_000).toISOString(),
    });
  }
  await insert('cell', {
    id: id(40),
    search_id: done,
    block: 0,
    index: 0,
    layers: 2,
    channels: 8,
    stride: 1,
    candidate_count: 36,
    rated_at: '2026-11-20T10:00:00Z',
  });
  await insert('candidate', {
    cell_id: id(40),
    index: 8,
    path: 'p',
    loss: 0.5,
    params: 10,
    macs: 20,
    flops_tool: 25,
    rank: 1,
  });
  await insert('entry', {
    id: id(50),
    team_id: localTeamId,
    search_id: done,
    network_id: id(10),
    dataset_hash: 'd'.repeat(64),
    architecture: 'network',
    params: 100,
    macs: 200,
    flops_tool: 250,
    top1: 0.7,
    teacher_top1: 0.8,
    predicted_rank: 1,
    predicted_loss: 0.5,
    sha256: 'a'.repeat(64),
  });
  await insert('event', {
    search_id: done,
    cursor: 1,
    kind: 'NETWORK_TESTED',
    payload: { networkId: id(10), top1: 0.7 },
  });
  await client.end();
}
