import type { SearchDetail } from '@blockwise/client';

type Job = SearchDetail['jobs'][number];
type Cell = SearchDetail['blocks'][number]['cells'][number];
type Network = SearchDetail['networks'][number];
type Retraining = Network['retrainings'][number];
type Teacher = NonNullable<SearchDetail['teacher']>;

/** Milliseconds since the epoch at which the sample search was started. */
export const sampleStart = Date.parse('2026-01-31T12:00:00.000Z');

export function sampleJob(changes: Partial<Job>): Job {
  return {
    id: 'job',
    kind: 'TEACHER',
    state: 'RUNNING',
    attempt: 1,
    curveKeys: [],
    runs: [],
    startedAt: '2026-01-31T12:00:00.000Z',
    finishedAt: null,
    cell: null,
    network: null,
    retraining: null,
    latencyTable: null,
    progress: null,
    failure: null,
    ...changes,
  };
}

export function sampleCell(changes: Partial<Cell>): Cell {
  return {
    id: 'cell',
    block: 1,
    index: 1,
    layers: 2,
    channels: 16,
    stride: 1,
    ops: ['ir_k3_e3', 'ir_k5_e6'],
    candidateCount: 4,
    state: 'QUEUED',
    trainLoss: null,
    best: null,
    ...changes,
  };
}

export function sampleNetwork(changes: Partial<Network>): Network {
  return {
    id: 'network',
    origin: 'SOLVED',
    predictedRank: 1,
    loss: 0.25,
    architecture: 'cn_k3_s2_c16 | hd_c64',
    encoding: '',
    choices: [],
    params: '12345',
    macs: '2500000',
    flopsTool: '2500000',
    activationBytes: null,
    latencyMs: null,
    state: 'COMPLETE',
    top1: 0.5,
    top1Deviation: null,
    sha256: null,
    retrainings: [sampleRetraining({})],
    cut: null,
    exports: [],
    ...changes,
  };
}

export function sampleRetraining(changes: Partial<Retraining>): Retraining {
  return {
    id: 'retraining',
    seed: 1,
    state: 'COMPLETE',
    top1: 0.5,
    sha256: null,
    architecture: null,
    params: null,
    macs: null,
    init: 'SCRATCH',
    globalDistil: null,
    recipe: { name: 'small@1', title: 'Small images on a laptop' },
    differences: [],
    ...changes,
  };
}

export function sampleTeacher(changes: Partial<Teacher>): Teacher {
  return {
    kind: 'TRAIN',
    architecture: 'teacher',
    params: '98765',
    macs: '3000000',
    top1: 0.713,
    testCount: 100,
    recipe: null,
    differences: null,
    sha256: '',
    cuts: [],
    ...changes,
  };
}

/** Two blocks of one cell each, nothing done. */
export function sampleSearch(changes: Partial<SearchDetail> = {}): SearchDetail {
  return {
    id: 'search',
    name: 'demo',
    tags: [],
    state: 'RUNNING',
    phase: 'TEACHER',
    progress: 0,
    bestTop1: null,
    gpuSeconds: 0,
    visibility: 'TEAM',
    team: { id: 'team', name: 'first' },
    createdBy: null,
    priority: 'NORMAL',
    spaceSize: '16',
    createdAt: '2026-01-31T12:00:00.000Z',
    startedAt: '2026-01-31T12:00:00.000Z',
    finishedAt: null,
    failure: null,
    spec: { constraints: { params: { max: 150000 } } },
    cursor: '0',
    dataset: null,
    teacher: null,
    blocks: [
      { index: 1, cells: [sampleCell({ id: 'a' })] },
      { index: 2, cells: [sampleCell({ id: 'b', block: 2, layers: 3 })] },
    ],
    jobs: [],
    networks: [],
    requested: [],
    audits: [],
    latencyTables: [],
    ...changes,
  };
}
