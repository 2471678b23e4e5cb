import { describe, expect, it } from 'vitest';
import { networkCost } from '../network-cost.ts';
import { spaceOf } from '../presets.ts';
import { publishedNetworks } from '../published-networks.ts';
import { rankReport } from './rank-report.ts';
import ranking from './ranking.fixture.json' with { type: 'json' };
import { type RankTableFormat, type RankTableOptions, readRankTable } from './read-rank-table.ts';

const task = { inputSize: 224, classes: 1000 };
const space = spaceOf('dna-rank4');

describe('a table of trained networks', () => {
  const rows = [
    { predicted: 3.5, accuracy: 75.5, params: 4_000_000, macs: 3e8 },
    { predicted: 3.6, accuracy: 75, params: 3_900_000, macs: 2.9e8 },
  ];

  it('is read from CSV in any order of columns, with any separator, quoted or not', () => {
    const csv = [
      '# a comment',
      'name,macs,predicted,params,accuracy',
      '"a, ""best""",3e8,3.5,4000000,75.5',
      '',
      'b, 290000000 ,3.6,"3900000",75',
    ].join('\r\n');
    expect(readRankTable(csv, 'csv')).toEqual(rows);
    expect(readRankTable(csv.replace('"a, ""best"""', 'a').replaceAll(',', ';'), 'csv')).toEqual(
      rows,
    );
    expect(
      readRankTable(`\uFEFF${csv.replace('"a, ""best"""', 'a').replaceAll(',', '\t')}`, 'csv'),
    ).toEqual(rows);
  });

  it('is read from JSON, with numbers or texts', () => {
    expect(readRankTable(JSON.stringify(rows), 'json')).toEqual(rows);
    const [first] = rows;
    const texts = [{ ...first, macs: '3e8', note: ['any'], flopsTool: 1 }];
    expect(readRankTable(JSON.stringify(texts), 'json')).toEqual([{ ...first, flopsTool: 1 }]);
  });

  it('counts the costs of encodings: the published ranking experiment', () => {
    const csv = [
      'encoding,predicted,accuracy',
      ...ranking.networks.map(({ encoding, top1, bossLoss }) => `${encoding},${bossLoss},${top1}`),
    ].join('\n');
    const report = rankReport(readRankTable(csv, 'csv', { space, task }));
    const taus = report.predictors.map(({ predictor, kendall }) => [
      predictor,
      kendall.value?.toFixed(4),
    ]);
    expect(taus).toEqual([
      ['predicted', '0.6443'],
      ['params', '0.7075'],
      ['macs', '0.7549'],
      ['flopsTool', '0.7549'],
    ]);
  });

  it('counts the costs of architectures', () => {
    const json = JSON.stringify([
      { predicted: 1, accuracy: 76.3, architecture: 'efficientnet_b0' },
    ]);
    const { params, macs, flopsTool } = networkCost(publishedNetworks.efficientnet_b0, task);
    expect(readRankTable(json, 'json', { task })).toEqual([
      { predicted: 1, accuracy: 76.3, params, macs, flopsTool },
    ]);
  });
});

describe('what is wrong with a table', () => {
  const refusals: [string, RankTableFormat, string, (string | number)[], string][] = [
    ['no rows', 'csv', 'predicted,accuracy,params,macs', [], 'no rows'],
    [
      'nothing at all',
      'csv',
      '',
      [1, 'predicted'],
      'no column predicted. Its first line names nothing',
    ],
    [
      'a missing column',
      'csv',
      'predicted,top1\n1,2',
      [1, 'accuracy'],
      'no column accuracy. Its first line names predicted, top1',
    ],
    [
      'a word for a number',
      'csv',
      'predicted,accuracy,params,macs\n1,2,3,4\n\n1,high,3,4',
      [4, 'accuracy'],
      'Line 4, column accuracy: "high" is not a number',
    ],
    [
      'a missing number',
      'csv',
      'predicted,accuracy,params,macs\n1,2,,4',
      [2, 'params'],
      'Line 2, column params: a number is missing',
    ],
    [
      'a short line',
      'csv',
      'predicted,accuracy,params,macs\n1,2,3',
      [2],
      'Line 2 has 3 cells for 4',
    ],
    ['an open quote', 'csv', 'predicted,accuracy\n"1,2', [2], 'Line 2: a double quote'],
    ['no JSON', 'json', '[', [], 'not JSON'],
    ['no list', 'json', '{}', [], 'not a JSON list'],
    ['no objects', 'json', '[1]', [0], 'Row 1 is not an object'],
    [
      'a list for a number',
      'json',
      '[{"predicted": [1], "accuracy": 1}]',
      [0, 'predicted'],
      'Row 1, column predicted: not a number or text',
    ],
    [
      'an encoding that is not in the space',
      'csv',
      'predicted,accuracy,encoding\n1,2,19 0000 0000 0000 0000',
      [2, 'encoding'],
      'Line 2, column encoding: "19" is no path of block 1, which has 2 layers with 4 operations',
    ],
    [
      'an unknown network',
      'json',
      '[{"predicted": 1, "accuracy": 1, "architecture": "efficientnet_b99"}]',
      [0, 'architecture'],
      'Row 1, column architecture: ',
    ],
  ];
  it.each(refusals)('%s', (_, format, text, path, message) => {
    expect(() => readRankTable(text, format, { task, space })).toThrow(
      expect.objectContaining({
        path: ['table', ...path],
        message: expect.stringContaining(message),
      }),
    );
  });

  it.each<[string, RankTableOptions, string]>([
    ['encoding', { task }, 'search space must be given'],
    ['encoding', { space }, 'input size and a number of classes must be given'],
    ['architecture', { space }, 'input size and a number of classes must be given'],
  ])('%s without what costs are counted on', (column, options, message) => {
    const text = `predicted,accuracy,${column}\n1,2,x`;
    expect(() => readRankTable(text, 'csv', options)).toThrow(
      expect.objectContaining({ code: 'BAD_INPUT', message: expect.stringContaining(message) }),
    );
  });
});
