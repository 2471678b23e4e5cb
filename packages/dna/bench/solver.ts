import { latencyItems } from '../src/latency.ts';
import { spaceOf } from '../src/presets.ts';
import { createRandom } from '../src/random.ts';
import { paretoFront } from '../src/search/pareto-front.ts';
import { solve } from '../src/search/solve.ts';
import { syntheticRatings } from '../src/search/synthetic-ratings.ts';
import type { Constraints, LatencyTable, Rating } from '../src/types.ts';

const space = spaceOf('dna-multi');
const imageNet = { inputSize: 224, classes: 1000 };
/** Ratings that the questions are asked about, in turn. */
const instances = 3;

/** Random latencies of about a millisecond, each different. */
const latency: LatencyTable = {
  engine: 'none',
  device: 'random numbers',
  batch: 1,
  milliseconds: Object.fromEntries(
    latencyItems(space, imageNet).map(({ key }) => [key, 0.5 + createRandom(key).next()]),
  ),
};

// Bounds about in the middle of the space, so that all of them matter.
const macs: Constraints = { macs: { max: 330e6 } };
const maxima: Constraints = { ...macs, params: { max: 4.6e6 } };
const threeMaxima: Constraints = { ...maxima, activationBytes: { max: 24e6 } };
const withLatency: Constraints = { ...maxima, latencyMs: { max: 21.5 } };
const windows: Constraints = {
  params: { min: 4.6e6, max: 4.646e6 },
  macs: { min: 330e6, max: 333.3e6 },
  activationBytes: { min: 24e6, max: 24.24e6 },
};

type Ask = (ratings: readonly Rating[]) => unknown;

function best(constraints: Constraints, minDistance?: number): Ask {
  const apart = minDistance === undefined ? {} : { minDistance };
  return (ratings) => solve(space, imageNet, ratings, { constraints, topK: 5, latency, ...apart });
}

const questions = {
  'one maximum: macs': best(macs),
  'three maxima: params, macs, activations': best(threeMaxima),
  'three maxima: params, macs, latency': best(withLatency),
  'three windows of 1%: params, macs, activations': best(windows),
  'one maximum, 5 layers apart: macs': best(macs, 5),
  'Pareto front, macs and loss': (ratings) =>
    paretoFront(space, imageNet, ratings, { x: 'macs', y: 'loss' }),
  'Pareto front, latency and loss': (ratings) =>
    paretoFront(space, imageNet, ratings, { x: 'latencyMs', y: 'loss' }, { latency }),
} satisfies Record<string, Ask>;

/** Asked of the exact search in the 2 × 10¹⁷ networks of the multi-cell space. */
export const solverQuestions = Object.keys(questions) as (keyof typeof questions)[];

/** Answers one question at each call, tables included, about other ratings than the last time. */
export function openSolver(question: keyof typeof questions): () => void {
  const ratings = Array.from({ length: instances }, (_, instance) =>
    syntheticRatings(space, createRandom('bench', instance), 'sized'),
  );
  let call = 0;
  return () => {
    questions[question](ratings[call++ % instances] as Rating[]);
  };
}
