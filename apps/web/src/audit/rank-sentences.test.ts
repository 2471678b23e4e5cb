import { expect, test } from 'vitest';
import { aheadSentence, lambdaSentence, randomSearchSentence } from './rank-sentences.ts';

const none = { value: null, low: null, high: null };
const report = (predictedAhead: { value: number; low: number; high: number } | typeof none) => ({
  predictors: [
    {
      predictor: 'MACS' as const,
      kendall: none,
      spearman: none,
      pearson: none,
      partialSpearman: none,
      predictedAhead,
    },
  ],
});

test('a difference whose interval holds zero decides nothing', () => {
  expect(aheadSentence(report({ value: -0.1, low: -0.3, high: 0.07 }))).toContain(
    'do not tell whether',
  );
});

test('a difference beyond zero names the better order', () => {
  expect(aheadSentence(report({ value: 0.2, low: 0.05, high: 0.3 }))).toBe(
    'The predicted loss orders these networks better than their macs: Kendall’s τ is higher by 0.20 (95% interval 0.05 to 0.30).',
  );
  expect(aheadSentence(report({ value: -0.2, low: -0.3, high: -0.05 }))).toMatch(/^Macs alone/);
  expect(aheadSentence(report(none))).toBe('');
});

const search = {
  searchSeconds: 3900,
  equalCostNetworks: 3,
  expectedBest: 0.612,
  expectedBestOf: [0.58, 0.6, 0.612, 0.62],
  solvedTop1: 0.634,
  sameTraining: true,
};

test('random search at equal cost stands beside what the search found', () => {
  expect(randomSearchSentence(search)).toBe(
    'For the cost of the search (1 h 05 min), 3 networks drawn at random could be trained: the best of them would be expected at 61.2 %. The network that the search predicted best has 63.4 %, trained in the same way.',
  );
});

test('another training, and fewer networks than the cost allows, are told', () => {
  const told = randomSearchSentence({ ...search, equalCostNetworks: 9, sameTraining: false });
  expect(told).toContain(
    '9 networks drawn at random could be trained: the best of the 4 tested here',
  );
  expect(told).toContain('but was trained in another way');
});

test('fitted weights are told with their error, beside that of equal ones', () => {
  expect(
    lambdaSentence({
      lambdas: [1.2, 0.8],
      fitted: { rmse: 0.0112, tau: 0.5 },
      equal: { rmse: 0.013, tau: null },
    }),
  ).toBe(
    'Block weights λ fitted on these networks: 1.20, 0.80. Cross-validated, they miss an accuracy by 1.1 points (root mean square); equal weights by 1.3 points.',
  );
});
