import { type SolutionDetailFragment, SolveDocument } from '../../generated/graphql.ts';
import { budgetFlags, budgetsOf } from '../budget-flags.ts';
import { defineCommand } from '../command.ts';
import { flag } from '../flag.ts';
import { type Column, formatFlag, showRows } from '../rows.ts';

const columns: readonly Column<SolutionDetailFragment>[] = [
  { key: 'loss', of: ({ loss }) => loss },
  { key: 'params', of: ({ params }) => params },
  { key: 'macs', of: ({ macs }) => macs },
  { key: 'flopsTool', of: ({ flopsTool }) => flopsTool },
  { key: 'activationBytes', of: ({ activationBytes }) => activationBytes },
  { key: 'latencyMs', of: ({ latencyMs }) => latencyMs },
  { key: 'encoding', of: ({ encoding }) => encoding },
  { key: 'architecture', of: ({ architecture }) => architecture },
];

export const solve = defineCommand({
  name: 'solve',
  operands: ['ID'],
  told: 'the best networks of a rated search under any budgets, exactly',
  flags: {
    networks: flag.whole('K', 'how many (5)'),
    'min-distance': flag.whole('D', 'layers in which any two of them differ at least (0)'),
    lambdas: flag.numbers('X', "weight of each block's loss (the specification's)"),
    table: flag.text('ID', 'latency table (the newest measured one)'),
    ...formatFlag,
  },
  moreFlags: [budgetFlags],
  async run({ client, print, given }, { networks, lambdas, table, format, ...more }, id = '') {
    const { solve: solutions } = await client.request(SolveDocument, {
      search: id,
      constraints: budgetsOf(given),
      networks,
      minDistance: more['min-distance'],
      lambdas,
      latencyTable: table,
    });
    print(showRows(solutions, columns, format));
    return 0;
  },
});
