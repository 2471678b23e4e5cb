import { expect, test } from 'vitest';
import {
  sampleCell,
  sampleNetwork,
  sampleRetraining,
  sampleSearch,
  sampleTeacher,
} from '../testing/sample-search.ts';
import { formatResult } from './result.ts';

test('a complete search tells teacher, cells, networks, duration and page', () => {
  const best = {
    path: '01',
    layers: ['ir_k3_e3_c16', 'ir_k5_e6_c16'],
    loss: 0.1234567,
    error: null,
    params: '1',
    macs: '1',
  };
  const differences = [{ field: 'epochs', recipe: '12', used: '6' }];
  const training = sampleRetraining({ differences });
  const text = formatResult(
    sampleSearch({
      spec: { constraints: { params: { max: 150_000 }, latencyMs: { max: 1.5 } } },
      state: 'COMPLETE',
      finishedAt: '2026-01-31T12:03:20.000Z',
      teacher: sampleTeacher({}),
      blocks: [{ index: 1, cells: [sampleCell({ best, candidateCount: 7776 })] }],
      networks: [
        sampleNetwork({ id: 'n1', predictedRank: 1, top1: 0.6 }),
        sampleNetwork({
          ...{ id: 'n2', predictedRank: 2, architecture: 'second', retrainings: [training] },
          ...{ top1: 0.65, top1Deviation: 0.004 },
        }),
      ],
    }),
    'http://127.0.0.1:3000/searches/x',
  ).join('\n');
  expect(text).toContain('Search demo is complete after 3 min 20 s.');
  expect(text).toContain('Teacher: top-1 71.3 % (98,765 params, 3 M macs)');
  expect(text).toMatch(/1\.1 +2 × 16 ch, stride 1 +7,776 +01 +0\.1235 +ir_k3_e3_c16 ir_k5_e6_c16/);
  expect(text).toContain('Best networks with params ≤ 150,000, latencyMs ≤ 1.5');
  expect(text).toMatch(/65\.0 % ± 0\.4 % +2 +0\.25 +12,345 +2\.5 M\n +60\.0 % +1 /);
  expect(text).toContain(
    'Trained by small@1, Small images on a laptop; not as it says: epochs 6 (',
  );
  expect(text).toContain('  2: second');
  expect(text).toContain('In the browser: http://127.0.0.1:3000/searches/x');
});

test('a failed search tells why, and leaves out what it does not have', () => {
  const failure = { code: 'DIVERGED', message: 'The loss of cell 2.1 is not finite.' } as const;
  const lines = formatResult(sampleSearch({ state: 'FAILED', failure }), 'http://x');
  expect(lines).toContain('DIVERGED: The loss of cell 2.1 is not finite.');
  expect(lines.join('\n')).not.toContain('Teacher');
});

test('weights from the supernets and a distillation stand beside the recipe', () => {
  const training = sampleRetraining({
    ...{ init: 'SUPERNET', globalDistil: { epochs: 1 }, params: '23456', macs: '3100000' },
  });
  const network = sampleNetwork({ top1: 0.6, retrainings: [training] });
  const lines = formatResult(sampleSearch({ networks: [network] }), 'http://x');
  expect(lines).toContain(
    "Before that: begun with the supernets' weights (23,456 params, 3.1 M macs as trained), " +
      'distilled as a whole from the teacher',
  );
});
