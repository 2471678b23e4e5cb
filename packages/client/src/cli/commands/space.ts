import {
  type CostRangesDetailFragment,
  DescribeSpaceDocument,
  type SpaceDetailFragment,
} from '../../generated/graphql.ts';
import { defineCommand } from '../command.ts';
import { flag } from '../flag.ts';
import { readSpaceSource } from '../read-space.ts';
import { formatFlag, showRows } from '../rows.ts';
import { taskFlags, taskOf } from '../task-flags.ts';

export const space = defineCommand({
  name: 'space',
  operands: ['FILE|NAME'],
  told: 'checks a search space and tells its size, cells and costs',
  flags: {
    as: flag.choice(['text', 'yaml', 'json'], 'prints only the space, in this form'),
    ...taskFlags,
    ...formatFlag,
  },
  async run({ client, print }, { as: form, format, ...task }, named = '') {
    const { describeSpace } = await client.request(DescribeSpaceDocument, {
      space: await readSpaceSource(named),
      ...taskOf(task),
    });
    if (form !== undefined) {
      print(describeSpace[form].trimEnd());
      return 0;
    }
    if (format !== 'json') {
      if (format !== 'csv') {
        print(describeSpace.text);
        print('');
        print(`${BigInt(describeSpace.size).toLocaleString('en-US')} networks`);
        print('');
      }
      print(showRows(cellsOf(describeSpace), cellColumns, format));
      if (format !== 'csv') {
        print('');
        print(showRows(Object.entries(rangesOf(describeSpace.costs)), rangeColumns, format));
      }
      return 0;
    }
    print(JSON.stringify(describeSpace, undefined, 2));
    return 0;
  },
});

type SpaceBlock = SpaceDetailFragment['blocks'][number];
type CellRow = SpaceBlock['cells'][number] & Pick<SpaceBlock, 'ops'> & { block: number };

function cellsOf({ blocks }: SpaceDetailFragment): CellRow[] {
  return blocks.flatMap(({ index: block, ops, cells }) =>
    cells.map((cell) => ({ ...cell, ops, block })),
  );
}

const cellColumns = [
  { key: 'block', of: ({ block }: CellRow) => block },
  { key: 'cell', of: ({ index }: CellRow) => index },
  { key: 'layers', of: ({ layers }: CellRow) => layers },
  { key: 'channels', of: ({ channels }: CellRow) => channels },
  { key: 'stride', of: ({ stride }: CellRow) => stride },
  { key: 'candidates', of: ({ candidateCount }: CellRow) => candidateCount },
  { key: 'ops', of: ({ ops }: CellRow) => ops.join(' ') },
];

type Range = CostRangesDetailFragment['params'];

function rangesOf({ params, macs, flopsTool, activationBytes }: CostRangesDetailFragment) {
  return { params, macs, flopsTool, activationBytes };
}

const rangeColumns = [
  { key: 'cost', of: ([axis]: [string, Range]) => axis },
  { key: 'least', of: ([, { min }]: [string, Range]) => min },
  { key: 'greatest', of: ([, { max }]: [string, Range]) => max },
];
