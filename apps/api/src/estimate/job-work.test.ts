import { searchSpec } from '@blockwise/contracts';
import { networkCost, networkCuts, parseNetwork, parseSpace, supernetMacs } from '@blockwise/dna';
import { expect, test } from 'vitest';
import { imagesOf } from './images.ts';
import {
  distilWork,
  featureWork,
  rateWork,
  retrainWork,
  type Setting,
  teacherWork,
} from './job-work.ts';
import { jobCounts, plannedJobs } from './planned-jobs.ts';

const teacherText = 'cn_k3_s2_c8 | ir_k3_s1_e3_c12 | ir_k3_s2_e3_c16 | hd_c32';
const spaceText = `
  stem cn_k3_s2_c8
  ops ir_k3_e3 ir_k5_e6_se0.25 ir_k7_e3
  block n1_c8_s1 n2_c8_s1
  block n2_c16_s2
  head hd_c32`;

/** 3 × 40 training images, of which 24 are for rating; 30 for the test. */
function settingOf(changes: object = {}): Setting {
  const spec = searchSpec.parse({
    name: 'work',
    dataset: { kind: 'procedural', classes: 3, size: 16, trainPerClass: 40, testPerClass: 10 },
    ratingPerClass: 8,
    teacher: { kind: 'train', architecture: teacherText, training: { epochs: 5 } },
    space: spaceText,
    distil: { epochs: [4, 7], augmentVariants: 2 },
    rating: { calibrationImages: 32 },
    retrain: { epochs: 6, networks: 3, seeds: 2 },
    ...changes,
  });
  const teacher = parseNetwork(teacherText);
  return {
    ...{ spec, space: parseSpace(spaceText), cuts: networkCuts(teacher, 16) },
    images: imagesOf(spec, { size: 16, classes: 3, trainCount: 120, testCount: 30 }),
    teacherMacs: networkCost(teacher, { inputSize: 16, classes: 3 }).macs,
  };
}

test('jobs compute what passes through networks, three times where they learn', () => {
  const setting = settingOf();
  const { space, cuts, spec, teacherMacs } = setting;
  const [first, , last] = [[0, 0] as const, [0, 1] as const, [1, 0] as const].map(([block, cell]) =>
    supernetMacs(space, block, cell, cuts, 16),
  );
  expect(teacherWork(setting)).toBe(teacherMacs * (5 * (3 * 96 + 24) + 30));
  const once = 4 * (3 * 96 + 4 * 128) * (first?.path ?? Number.NaN);
  expect(distilWork(setting, 0, 0).high).toBeCloseTo(once, 3);
  expect(distilWork(setting, 1, 0).high).toBeCloseTo(7 * (3 * 96 + 512) * (last?.path ?? 0), 3);
  // Two draws of every image, however many epochs.
  expect(featureWork(setting)).toBe(teacherMacs * (2 * 96 + 24 + 32));
  expect(rateWork(setting, 1, 0)).toBe((24 + 32) * (last?.tree ?? 0));
  expect(retrainWork(setting, spec.retrain, 1000)).toBe(1000 * (6 * 3 * 120 + 30));
});

test('strategies, samplings and measures cost what they add', () => {
  const plain = distilWork(settingOf(), 1, 0).high;
  const [dna, frozen, retrained] = (['dna', 's2', 's1'] as const).map(
    (strategy) => distilWork(settingOf({ distil: { epochs: 7, strategy } }), 1, 0).high,
  );
  expect(dna).toBe(plain);
  const before = (frozen ?? 0) - plain;
  expect(before).toBeGreaterThan(0);
  expect((retrained ?? 0) - plain).toBeCloseTo(3 * before, 3);
  const { path } = supernetMacs(settingOf().space, 1, 0, settingOf().cuts, 16);
  const fair = distilWork(settingOf({ distil: { epochs: 7, sampling: 'fair' } }), 1, 0).high;
  expect(fair - plain).toBeCloseTo(7 * 96 * 3 * 2 * path, 3);
  const stopping = { epochs: 7, earlyStop: { patienceEpochs: 2 } };
  const early = distilWork(settingOf({ distil: stopping }), 1, 0);
  expect([early.low, early.high]).toEqual([(plain * 3) / 7, plain]);
  const everyEpoch = settingOf({ distil: { epochs: 7 } });
  expect(featureWork(everyEpoch)).toBe(
    everyEpoch.teacherMacs * (7 * 96 + 24 + everyEpoch.spec.rating.calibrationImages),
  );
  const replaced = settingOf({ rating: { measure: 'replaceKl', calibrationImages: 32 } });
  expect(rateWork(replaced, 1, 0) - rateWork(settingOf(), 1, 0)).toBe(
    9 * 24 * replaced.teacherMacs,
  );
});

test('a search has its jobs, whose networks the constraints bound', () => {
  const setting = settingOf({ constraints: { macs: { max: 500 } } });
  expect(jobCounts(setting.spec, setting.space)).toEqual([
    { phase: 'teacher', jobs: 1 },
    { phase: 'distil', jobs: 3 },
    { phase: 'rate', jobs: 3 },
    { phase: 'solve', jobs: 1 },
    { phase: 'retrain', jobs: 6 },
    { phase: 'verify', jobs: 3 },
  ]);
  const jobs = plannedJobs(setting, { macs: { min: 100, max: 900 } });
  for (const { phase, jobs: count } of jobCounts(setting.spec, setting.space)) {
    expect(jobs.filter(({ kind }) => kind === phase)).toHaveLength(count);
  }
  const retrain = jobs.find(({ kind }) => kind === 'retrain')?.work;
  expect((retrain?.high ?? 0) / (retrain?.low ?? 0)).toBeCloseTo(5, 9);
});
