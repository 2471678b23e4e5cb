import {
  DescribeNetworkDocument,
  type DescribeNetworkQuery,
  type NetworkSummaryFragment,
  PublishedNetworksDocument,
} from '../../generated/graphql.ts';
import { defineCommand } from '../command.ts';
import { flag } from '../flag.ts';
import { type Column, formatFlag, showRows } from '../rows.ts';
import { taskFlags, taskOf } from '../task-flags.ts';

const columns: readonly Column<NetworkSummaryFragment>[] = [
  { key: 'name', of: ({ name }) => name },
  { key: 'params', of: ({ params }) => params },
  { key: 'macs', of: ({ macs }) => macs },
  { key: 'flopsTool', of: ({ flopsTool }) => flopsTool },
  { key: 'activationBytes', of: ({ activationBytes }) => activationBytes },
  {
    key: 'cuts',
    of: ({ cuts }) => cuts.map(({ size, channels }) => `${size}x${channels}`).join(' '),
  },
];

const layerColumns: readonly Column<DescribeNetworkQuery['scaleNetwork']['layers'][number]>[] = [
  { key: 'part', of: ({ part }) => part },
  { key: 'in', of: ({ inSize, inChannels }) => `${inSize}x${inChannels}` },
  { key: 'out', of: ({ outSize, outChannels }) => `${outSize}x${outChannels}` },
  { key: 'params', of: ({ params }) => params },
  { key: 'macs', of: ({ macs }) => macs },
  { key: 'flopsTool', of: ({ flopsTool }) => flopsTool },
  { key: 'activationBytes', of: ({ activationBytes }) => activationBytes },
  { key: 'layer', of: ({ layer }) => layer },
];

export const networks = defineCommand({
  name: 'networks',
  operands: ['[NAME|TEXT]'],
  told: 'published networks, or one network layer by layer, scaled where asked for',
  flags: {
    width: flag.number('X', 'factor on its widths (1)'),
    depth: flag.number('X', 'factor on the layers of its blocks (1)'),
    ...taskFlags,
    ...formatFlag,
  },
  async run({ client, print }, { format, width, depth, ...task }, named) {
    if (named === undefined) {
      const answer = await client.request(PublishedNetworksDocument, taskOf(task));
      print(showRows(answer.publishedNetworks, columns, format));
      return 0;
    }
    const { scaleNetwork: network } = await client.request(DescribeNetworkDocument, {
      architecture: named,
      ...taskOf(task),
      ...(width === undefined ? {} : { width }),
      ...(depth === undefined ? {} : { depth }),
    });
    if (format === undefined || format === 'table') {
      print(network.architecture);
      print('');
      print(showRows([network], columns.slice(1), format));
      print('');
    }
    print(showRows(network.layers, layerColumns, format, network));
    return 0;
  },
});
