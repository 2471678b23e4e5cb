import { expect, test } from 'vitest';
import { kindsByUrgency } from './jobs.ts';

test('what others wait for is taken first, then what ends a search sooner', () => {
  expect(kindsByUrgency).toEqual([
    'maps',
    'export',
    'latency',
    'verify',
    'cut',
    'solve',
    'retrain',
    'rate',
    'distil',
    'teacher',
  ]);
});
