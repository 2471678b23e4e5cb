import type { Report } from './report.ts';

const same = (value: number) => ({
  ...{ median: value, lower: value, upper: value, least: value, most: value },
});

/** A report of one row in which one engine is not to be had. */
export const exampleReport: Report = {
  date: '2026-02-03T04:05:06.000Z',
  commit: '0123456789abcdef',
  changed: false,
  quick: false,
  machine: {
    ...{ processor: 'A processor', cores: 2, memoryGiB: 4, system: 'Linux 6, x64', node: '22.0.0' },
    ...{ loadBefore: 0.12, loadAfter: 1 },
  },
  contenders: [
    {
      name: 'wasm',
      device: '1 thread',
      versions: { tfjs: '4.22.0', node: '22.0.0' },
      reason: null,
    },
    { name: 'webgpu', device: null, versions: null, reason: 'There is no adapter.' },
  ],
  rows: [
    {
      name: 'distil',
      title: 'Distillation step',
      entries: [
        {
          name: 'wasm',
          runs: 30,
          wall: { median: 240, lower: 230, upper: 251, least: 221, most: 300 },
          cpu: same(235),
          imagesPerSecond: 133.3,
          ...{ ratio: null, note: null, failure: null },
        },
        {
          name: 'cpu',
          ...{ runs: 1, wall: same(48_000), cpu: same(47_000), imagesPerSecond: 0.667 },
          ratio: { of: 'wasm', wall: same(200), cpu: same(199) },
          ...{ note: null, failure: null },
        },
        {
          name: 'webgpu',
          ...{ runs: 0, wall: null, cpu: null, imagesPerSecond: null, ratio: null, note: null },
          failure: 'There is no adapter.',
        },
      ],
    },
  ],
};
