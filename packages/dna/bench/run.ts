// Prints the time of the exact search, and what the released one misses. `node bench/run.ts`
import { benchSolver } from './solver.ts';
import { benchTraversal } from './traversal.ts';

console.log('The exact search in dna-multi, 195,898,498,887,057,408 networks, on one core');
console.table(
  benchSolver().map((row) => ({
    question: row.question,
    networks: row.networks,
    'median ms': row.medianMs.toFixed(1),
    'most ms': row.maxMs.toFixed(1),
  })),
);

console.log(
  'The released traversal search on synthetic instances of five blocks (with the 288 to 16,848\n' +
    'paths that the blocks of dna-multi have, its loops are not through after a minute)',
);
console.table(
  benchTraversal().map((row) => ({
    paths: row.sizes,
    instances: row.instances,
    'best network missed': row.misses,
    'mean shortfall': `${(100 * row.meanShortfall).toFixed(1)}%`,
    'most shortfall': `${(100 * row.mostShortfall).toFixed(1)}%`,
    'released ms': row.releasedMs.toFixed(1),
    'exact ms': row.exactMs.toFixed(1),
  })),
);
