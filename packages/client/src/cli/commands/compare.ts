import { type Axis, CompareDocument, type CompareQuery } from '../../generated/graphql.ts';
import { budgetFlags, budgetsOf } from '../budget-flags.ts';
import { defineCommand } from '../command.ts';
import { flag } from '../flag.ts';
import { type Column, formatFlag, showRows } from '../rows.ts';

const axes = ['params', 'macs', 'flops-tool', 'activation-bytes', 'latency-ms'] as const;

type Comparison = CompareQuery['compare'];

const searchColumns: readonly Column<Comparison['searches'][number]>[] = [
  { key: 'search', of: ({ search }) => search.name },
  { key: 'loss', of: ({ best }) => best.loss },
  { key: 'params', of: ({ best }) => best.params },
  { key: 'macs', of: ({ best }) => best.macs },
  { key: 'top1', of: ({ bestTop1 }) => bestTop1 },
  { key: 'front', of: ({ frontCount }) => frontCount },
  { key: 'seconds', of: ({ secondsToTarget }) => secondsToTarget },
  { key: 'kendall', of: ({ kendall }) => kendall },
];

const pairColumns: readonly Column<Comparison['pairs'][number]>[] = [
  { key: 'a', of: ({ a }) => a.name },
  { key: 'b', of: ({ b }) => b.name },
  { key: 'overlap', of: ({ frontOverlap }) => frontOverlap },
  { key: 'volumeA', of: ({ hypervolumeA }) => hypervolumeA },
  { key: 'volumeB', of: ({ hypervolumeB }) => hypervolumeB },
  { key: 'layersDiffering', of: ({ layersDiffering }) => layersDiffering },
];

export const compare = defineCommand({
  name: 'compare',
  operands: ['A', 'B', '[C]', '[D]', '[E]'],
  told: 'rated searches side by side: best networks, exact fronts, what they took',
  flags: {
    axis: flag.choice(axes, 'axis of the fronts besides the loss (macs)'),
    target: flag.number('TOP1', 'accuracy that is waited for, 0 to 1'),
    networks: flag.whole('N', 'best networks whose operations are counted (20)'),
    ...formatFlag,
  },
  moreFlags: [budgetFlags],
  async run({ client, print, given }, { axis = 'macs', target, networks, format }, ...searches) {
    const { compare: all } = await client.request(CompareDocument, {
      searches,
      axis: axis.replaceAll('-', '_').toUpperCase() as Axis,
      targetTop1: target,
      networks,
      constraints: budgetsOf(given),
    });
    if (format !== undefined && format !== 'table') {
      print(showRows(all.searches, searchColumns, format, all));
      return 0;
    }
    print(showRows(all.searches, searchColumns, format));
    print(`\n${showRows(all.pairs, pairColumns, format)}`);
    return 0;
  },
});
