import { expect, test } from 'vitest';
import { exportCsv } from './export.ts';

test('csv has a row for each network and quotes what needs it', () => {
  const network = {
    id: 'n',
    predictedRank: 1,
    loss: 0.5,
    architecture: 'a, "b"',
    choices: [],
    params: '10',
    macs: '20',
    flopsTool: '20',
    state: 'RUNNING' as const,
    top1: null,
    seed: 3,
    sha256: null,
  };
  const search = { networks: [network] };
  expect(exportCsv(search).split('\n')).toEqual([
    'predictedRank,top1,loss,params,macs,seed,architecture',
    '1,,0.5,10,20,3,"a, ""b"""',
  ]);
});
