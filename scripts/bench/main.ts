// Everything that `npm run bench` prints. One after the other: each wants the processor for itself.
// The search first, because the engine's reference takes minutes.
await import('../../packages/dna/bench/run.ts');
await import('../../packages/engine/bench/run.ts');
