import type { Measured } from '../figures.ts';
import { ask, globalId } from './ask.ts';
import type { Seeded } from './seed.ts';
import type { BenchApi } from './server.ts';

const fields = [
  ...['LOSS', 'PARAMS', 'MACS', 'FLOPS_TOOL', 'ACTIVATION_BYTES', 'ERROR', 'KL', 'TOP1', 'PATH'],
];
const filters: Readonly<Record<string, object | null>> = {
  none: null,
  'half by rank': { rank: { max: 23_328 } },
  'an op in layer 1': { ops: [{ layer: 1, ops: ['ir_k3_e3', 'ir_k5_e3'] }] },
  'ops in two layers': {
    ops: [
      { layer: 2, ops: ['ir_k7_e6'] },
      { layer: 5, ops: ['ir_k3_e6', 'ir_k5_e6'] },
    ],
  },
  'loss and accuracy': { loss: { max: 0.1 }, top1: { min: 0.5 } },
  'nothing is left': { loss: { min: 2 } },
};

const query = `query ($cell: ID!, $filter: CandidateFilter, $orderBy: CandidateOrder) {
  candidates(cell: $cell, filter: $filter, orderBy: $orderBy, first: 100) {
    totalCount nodes { path loss error kl top1 params macs flopsTool activationBytes rank } } }`;

interface Answer {
  readonly candidates: { readonly totalCount: number; readonly nodes: readonly object[] };
}

/** Every order in both directions under every filter, with the count of all that pass. */
export async function measureCandidates(
  api: BenchApi,
  { cellId }: Seeded,
  runs: number,
): Promise<Measured> {
  const times: number[] = [];
  let worst = { ms: 0, name: '' };
  const cell = globalId('Cell', cellId);
  await ask(api, query, { cell });
  for (let run = 0; run < runs; run++) {
    for (const field of fields) {
      for (const direction of ['ASC', 'DESC']) {
        for (const [name, filter] of Object.entries(filters)) {
          const orderBy = { field, direction };
          const { data, ms } = await ask<Answer>(api, query, { cell, filter, orderBy });
          const { totalCount, nodes } = data.candidates;
          if (nodes.length !== Math.min(totalCount, 100)) throw new Error('A page is too short.');
          times.push(ms);
          if (ms > worst.ms) worst = { ms, name: `${field} ${direction}, ${name}` };
        }
      }
    }
  }
  return { times, note: `the worst: ${worst.name}` };
}
