import { latencyItems } from '../src/latency.ts';
import { spaceOf } from '../src/presets.ts';
import { createRandom } from '../src/random.ts';
import { paretoFront } from '../src/search/pareto-front.ts';
import { solve } from '../src/search/solve.ts';
import { syntheticRatings } from '../src/search/synthetic-ratings.ts';
import type { Constraints, LatencyTable } from '../src/types.ts';

/** How long one question to the exact search takes. */
interface SolverRow {
  readonly question: string;
  readonly networks: number;
  readonly medianMs: number;
  readonly maxMs: number;
}

const space = spaceOf('dna-multi');
const imageNet = { inputSize: 224, classes: 1000 };
const runs = 11;

/** Random latencies of about a millisecond, each different. */
const latency: LatencyTable = {
  engine: 'none',
  device: 'random numbers',
  batch: 1,
  milliseconds: Object.fromEntries(
    latencyItems(space, imageNet).map(({ key }) => [key, 0.5 + createRandom(key).next()]),
  ),
};

/** Bounds about in the middle of the space, so that all of them matter. */
const questions: Record<string, Constraints> = {
  'one constraint: macs': { macs: { max: 330e6 } },
  'three maxima: params, macs, activations': {
    params: { max: 4.6e6 },
    macs: { max: 330e6 },
    activationBytes: { max: 24e6 },
  },
  'three maxima: params, macs, latency': {
    params: { max: 4.6e6 },
    macs: { max: 330e6 },
    latencyMs: { max: 21.5 },
  },
  'three windows of 1%: params, macs, activations': {
    params: { min: 4.6e6, max: 4.646e6 },
    macs: { min: 330e6, max: 333.3e6 },
    activationBytes: { min: 24e6, max: 24.24e6 },
  },
};

/** Times the exact search in the 2 × 10¹⁷ networks of the multi-cell space, the table included. */
export function benchSolver(): SolverRow[] {
  const ask = (question: string, answer: (run: number) => unknown[]): SolverRow => {
    const times: number[] = [];
    let networks = 0;
    // The first run only warms up the compiler.
    for (let run = 0; run <= runs; run++) {
      const start = performance.now();
      networks = answer(run).length;
      if (run > 0) times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    return {
      question,
      networks,
      medianMs: times[runs >> 1] ?? Number.NaN,
      maxMs: times.at(-1) ?? Number.NaN,
    };
  };
  const ratings = Array.from({ length: runs + 1 }, (_, run) =>
    syntheticRatings(space, createRandom('bench', run), 'sized'),
  );
  return [
    ...Object.entries(questions).map(([question, constraints]) =>
      ask(`best 5, ${question}`, (run) =>
        solve(space, imageNet, ratings[run] ?? [], { constraints, topK: 5, latency }),
      ),
    ),
    ask('5 that differ in 5 layers, one constraint: macs', (run) =>
      solve(space, imageNet, ratings[run] ?? [], {
        constraints: { macs: { max: 330e6 } },
        topK: 5,
        minDistance: 5,
      }),
    ),
    ask('whole Pareto front, macs and loss', (run) =>
      paretoFront(space, imageNet, ratings[run] ?? [], { x: 'macs', y: 'loss' }),
    ),
    ask('whole Pareto front, latency and loss', (run) =>
      paretoFront(space, imageNet, ratings[run] ?? [], { x: 'latencyMs', y: 'loss' }, { latency }),
    ),
  ];
}
