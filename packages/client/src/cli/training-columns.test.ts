import { expect, test } from 'vitest';
import { showRows } from './rows.ts';
import { trainingColumns } from './training-columns.ts';

const training = {
  seed: 1,
  init: 'SUPERNET' as const,
  globalDistil: { epochs: 1, logitWeight: 0.5 },
  params: '900',
  macs: '8000',
  recipe: { name: 'small@1' },
  differences: [
    { field: 'epochs', recipe: '40', used: '2' },
    { field: 'imageSize', recipe: null, used: '32' },
  ],
};

test('a training stands beside the accuracy, its costs where they are not those of the network', () => {
  const rows = [
    { params: '700', macs: '8000', retrainings: [training] },
    {
      params: '700',
      macs: '6000',
      retrainings: [
        {
          ...training,
          init: 'SCRATCH' as const,
          globalDistil: null,
          differences: [],
          params: null,
          macs: null,
        },
      ],
    },
  ];
  expect(showRows(rows, trainingColumns, 'csv').split('\n')).toEqual([
    'recipe,differences,init,globalDistil,trainedParams,trainedMacs',
    'small@1,"epochs 40→2, imageSize none→32",SUPERNET,epochs=1 logitWeight=0.5,900,',
    'small@1,,SCRATCH,,,',
  ]);
});
