import type { SearchDetail } from '@blockwise/client';
import { expect, test } from 'vitest';
import { secondsPerEpoch } from './training-time.ts';

const training = (id: string, epochs?: string) => ({
  id,
  recipe: { name: 'small@1' },
  differences: epochs === undefined ? [] : [{ field: 'epochs', used: epochs, recipe: '12' }],
});
const job = (retraining: string, seconds: number, state = 'COMPLETE') => ({
  kind: 'RETRAIN',
  state,
  startedAt: '2026-01-01T00:00:00Z',
  finishedAt: new Date(Date.parse('2026-01-01T00:00:00Z') + 1000 * seconds).toISOString(),
  retraining: { id: retraining },
});
const recipes = [{ name: 'small@1', epochs: 12 }];

test('the mean over tested trainings, by the epochs that each had', () => {
  const search = {
    networks: [{ retrainings: [training('a'), training('b', '4')] }],
    requested: [{ retrainings: [training('c')] }],
    jobs: [job('a', 24), job('b', 16), job('c', 99, 'FAILED')],
  } as unknown as SearchDetail;
  expect(secondsPerEpoch(search, recipes)).toBe(3);
});

test('nothing is known without a tested training', () => {
  const search = { networks: [], requested: [], jobs: [] } as unknown as SearchDetail;
  expect(secondsPerEpoch(search, recipes)).toBeUndefined();
});
