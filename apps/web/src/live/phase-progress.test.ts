import type { JobState, Phase } from '@blockwise/client';
import { expect, test } from 'vitest';
import { phaseShare, phasesOf } from './phase-progress.ts';

type Search = Parameters<typeof phaseShare>[0];
type Job = Search['jobs'][number];

function job(kind: Phase, state: JobState, more: Partial<Job> = {}): Job {
  return {
    id: 'job',
    kind,
    state,
    attempt: 1,
    curveKeys: [],
    runs: [],
    startedAt: null,
    finishedAt: null,
    cell: null,
    network: null,
    retraining: null,
    latencyTable: null,
    progress: null,
    failure: null,
    ...more,
  };
}

const half = { done: 5, total: 10, unit: 'steps', perSecond: null, note: null };
const training = { spec: {}, recipe: { name: 'small@1', title: '' }, differences: [] };
const found: Search['networks'][number] = {
  id: 'found',
  origin: 'SOLVED',
  predictedRank: 1,
  loss: 1,
  architecture: '',
  encoding: '',
  choices: [],
  params: '1',
  macs: '1',
  flopsTool: '1',
  activationBytes: null,
  latencyMs: null,
  state: 'RUNNING',
  top1: null,
  top1Deviation: null,
  sha256: null,
  cut: null,
  exports: [],
  retrainings: [0, 1].map((seed) => ({
    id: `training ${seed}`,
    seed,
    state: 'QUEUED',
    top1: null,
    sha256: null,
    architecture: null,
    params: null,
    macs: null,
    init: 'SCRATCH',
    globalDistil: null,
    ...training,
  })),
};

test('latency and cut are phases only of searches that have such a job', () => {
  const usual = ['TEACHER', 'DISTIL', 'RATE', 'SOLVE', 'RETRAIN'];
  expect(phasesOf({ jobs: [job('TEACHER', 'RUNNING')] })).toEqual(usual);
  expect(phasesOf({ jobs: [job('LATENCY', 'QUEUED'), job('CUT', 'QUEUED')] })).toEqual([
    'TEACHER',
    'LATENCY',
    ...usual.slice(1),
    'CUT',
  ]);
});

test('every seed of a network counts as a training', () => {
  const network = { id: 'found' };
  const jobs = [
    job('RETRAIN', 'COMPLETE', { network }),
    job('RETRAIN', 'RUNNING', { network, progress: half }),
  ];
  expect(phaseShare({ jobs, blocks: [], networks: [found] }, 'RETRAIN')).toBe(0.75);
});

test('trainings of an audit do not take the pipeline back', () => {
  const jobs = [
    ...[0, 1].map(() => job('RETRAIN', 'COMPLETE', { network: { id: 'found' } })),
    job('RETRAIN', 'QUEUED', { network: { id: 'drawn for an audit' } }),
  ];
  expect(phaseShare({ jobs, blocks: [], networks: [found] }, 'RETRAIN')).toBe(1);
});
