import { CompareEntriesDocument, type CompareEntriesQuery } from '../../generated/graphql.ts';
import { defineCommand } from '../command.ts';
import { type Column, formatFlag, showRows } from '../rows.ts';

type Comparison = CompareEntriesQuery['compareEntries'];

const layerColumns: readonly Column<Comparison['layers'][number]>[] = [
  { key: 'block', of: ({ block }) => block },
  { key: 'layer', of: ({ layer }) => layer },
  { key: 'a', of: ({ a }) => a },
  { key: 'b', of: ({ b }) => b },
];

const figureColumns: readonly Column<Comparison['costs'][number]>[] = [
  { key: 'cost', of: ({ name }) => name },
  { key: 'a', of: ({ a }) => a },
  { key: 'b', of: ({ b }) => b },
  { key: 'ratio', of: ({ ratio }) => ratio },
];

const fieldColumns: readonly Column<Comparison['training'][number]>[] = [
  { key: 'training', of: ({ field }) => field },
  { key: 'a', of: ({ a }) => a },
  { key: 'b', of: ({ b }) => b },
];

export const compareEntries = defineCommand({
  name: 'compare-entries',
  operands: ['A', 'B'],
  told: 'two entries side by side: accuracy, costs, training, and the layers in which they differ',
  flags: { ...formatFlag },
  async run({ client, print }, { format }, a = '', b = '') {
    const { compareEntries: all } = await client.request(CompareEntriesDocument, { a, b });
    const layers = all.layers.filter(({ differs }) => differs);
    if (format !== undefined && format !== 'table') {
      print(showRows(layers, layerColumns, format, all));
      return 0;
    }
    const spread =
      all.top1DifferenceDeviation == null ? '' : ` ± ${all.top1DifferenceDeviation.toFixed(4)}`;
    print(`top-1 of b less that of a: ${all.top1Difference.toFixed(4)}${spread}`);
    if (!all.sameData) print('They were tested on different data: accuracies do not compare.');
    print(`\n${showRows(all.costs, figureColumns, format)}`);
    if (all.training.length > 0) print(`\n${showRows(all.training, fieldColumns, format)}`);
    print(`\n${all.layersDiffering} of ${all.layers.length} layers differ`);
    if (layers.length > 0) print(showRows(layers, layerColumns, format));
    return 0;
  },
});
