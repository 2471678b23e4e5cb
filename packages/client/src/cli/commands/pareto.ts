import { type Axis, ParetoFrontDocument, type ParetoFrontQuery } from '../../generated/graphql.ts';
import { defineCommand } from '../command.ts';
import { flag } from '../flag.ts';
import { type Column, formatFlag, showRows } from '../rows.ts';

const axes = ['loss', 'params', 'macs', 'flops-tool', 'activation-bytes', 'latency-ms'] as const;

type Front = ParetoFrontQuery['paretoFront'];
type Row = { readonly front: Front; readonly i: number };

const columns: readonly Column<Row>[] = [
  { key: 'loss', of: ({ front, i }) => front.losses[i] },
  { key: 'params', of: ({ front, i }) => front.params[i] },
  { key: 'macs', of: ({ front, i }) => front.macs[i] },
  { key: 'flopsTool', of: ({ front, i }) => front.flopsTool[i] },
  { key: 'activationBytes', of: ({ front, i }) => front.activationBytes[i] },
  { key: 'latencyMs', of: ({ front, i }) => front.latencyMs?.[i] },
  { key: 'encoding', of: ({ front, i }) => front.encodings[i] },
  { key: 'architecture', of: ({ front, i }) => front.architectures[i] },
];

export const pareto = defineCommand({
  name: 'pareto',
  operands: ['ID'],
  told: 'all networks of a rated search that no other beats on two axes',
  flags: {
    x: flag.choice(axes, 'what is sorted by (macs)'),
    y: flag.choice(axes, 'the other axis (loss)'),
    lambdas: flag.numbers('X', "weight of each block's loss (the specification's)"),
    table: flag.text('ID', 'latency table (the newest measured one)'),
    ...formatFlag,
  },
  async run({ client, print }, { x = 'macs', y = 'loss', lambdas, table, format }, id = '') {
    const { paretoFront: front } = await client.request(ParetoFrontDocument, {
      search: id,
      x: axisOf(x),
      y: axisOf(y),
      lambdas,
      latencyTable: table,
    });
    const rows = Array.from({ length: front.count }, (_, i) => ({ front, i }));
    print(showRows(rows, columns, format, front));
    return 0;
  },
});

function axisOf(word: string): Axis {
  return word.replaceAll('-', '_').toUpperCase() as Axis;
}
